"""Customers of a task moved together: into another task, among those to be called again, or out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class CustomerMoveRow(TenantOwned, Base):
    """What was asked of many customers of a task at once, and how far a job worker got with it."""

    __tablename__ = "customer_moves"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        CheckConstraint("act in ('into', 'again', 'out')", name="act"),
        CheckConstraint("(act = 'into') = (to_task_id is not null)", name="to_task_id"),
        CheckConstraint(
            "state in ('waiting', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone')", name="state"
        ),
        Index("ix_customer_moves_of_task", "task_id", "id"),
    )

    key: Mapped[UUID]
    """Chosen by whoever asked: what comes twice under one key is done once."""
    digest: Mapped[str]
    """Of what was asked for, by which it is told from something else under the same key."""
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    act: Mapped[str]
    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    to_task_id: Mapped[UUID | None] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), index=True)
    chosen: Mapped[dict[str, Any] | None]
    """``moving.schemas.Chosen`` as JSON; nothing once it is over, as it may name or number people."""
    behind: Mapped[int | None] = mapped_column(BigInteger)
    behind_id: Mapped[UUID | None]
    """The place in the task's order up to which they were looked at, and who stands there."""
    state: Mapped[str] = mapped_column(default="waiting")
    failure: Mapped[str] = mapped_column(default="")
    """Why it failed: a stable code."""
    total: Mapped[int]
    """How many were asked for, as it was asked."""
    looked_at: Mapped[int] = mapped_column(default=0)
    moved: Mapped[int] = mapped_column(default=0)
    already: Mapped[int] = mapped_column(default=0)
    """How many were in the other task before."""
    refused: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How many stayed for each ``dialing.moving.Refusal``."""
    put_back: Mapped[int] = mapped_column(default=0)
    """How many came back as it was undone."""
    ended_at: Mapped[datetime | None]
