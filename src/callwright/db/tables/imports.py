"""Files of customers that were imported, or wait to be."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class ImportRow(TenantOwned, Base):
    """One file for one task: taken, told to be imported, under way, or over."""

    __tablename__ = "imports"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        CheckConstraint("state in ('taken', 'waiting', 'running', 'done', 'failed', 'cancelled')", name="state"),
        Index("ix_imports_of_task", "task_id", "id"),
        Index("ix_imports_kept", "state", "ended_at", postgresql_where=text("file_deleted_at IS NULL")),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    key: Mapped[UUID]
    """Chosen by whoever sent the file: what comes twice under one key is one import."""
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    file_name: Mapped[str]
    file_bytes: Mapped[int] = mapped_column(BigInteger)
    file_sha256: Mapped[str]
    file_deleted_at: Mapped[datetime | None]
    columns: Mapped[dict[str, Any]]
    """``contacts.columns.Columns`` as JSON: how it is read."""
    state: Mapped[str] = mapped_column(default="taken")
    progress: Mapped[float] = mapped_column(default=0.0)
    """How much of it is done, 0 to 1."""
    failure: Mapped[str] = mapped_column(default="")
    """Why it failed as a whole: a stable code."""
    ended_at: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    imported: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    """Known customers of whom the file adds nothing to what is known."""
    duplicates: Mapped[int] = mapped_column(default=0)
    changed_in_task: Mapped[int] = mapped_column(default=0)
    """Who was in the task and never called: a first call is held by what the file says."""
    too_late: Mapped[int] = mapped_column(default=0)
    """Of whom the file says something else than the task does, which does not take it any more."""
    already_in_task: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    """Rows that were not taken."""
    faults: Mapped[list[dict[str, Any]]] = mapped_column(default=list, deferred=True)
    """``contacts.drafts.RowFault`` of each, as long as the file is kept."""
