"""Lists that were written to files."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class ExportRow(TenantOwned, Base):
    """One list as somebody saw it. The row outlives its file and its task: it tells who took out what, and when."""

    __tablename__ = "exports"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        CheckConstraint("state in ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state"),
        CheckConstraint("what in ('customers', 'calls', 'book')", name="what"),
        CheckConstraint("file_kind in ('xlsx', 'csv')", name="file_kind"),
        Index("ix_exports_kept", "state", "ended_at", postgresql_where=text("file_deleted_at IS NULL")),
    )

    key: Mapped[UUID]
    """Chosen by whoever asked: what comes twice under one key is one export."""
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    what: Mapped[str]
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("tasks.id", ondelete="SET NULL"))
    shown: Mapped[dict[str, Any]]
    """``exports.schemas.Shown`` as JSON: which list, and its filters."""
    file_kind: Mapped[str]
    language: Mapped[str]
    time_zone: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    progress: Mapped[float] = mapped_column(default=0.0)
    """How much of it is done, 0 to 1."""
    failure: Mapped[str] = mapped_column(default="")
    """Why it failed: a stable code."""
    ended_at: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    file_name: Mapped[str]
    file_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    file_deleted_at: Mapped[datetime | None]
    downloads: Mapped[int] = mapped_column(default=0)
    downloaded_at: Mapped[datetime | None]
    downloaded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
