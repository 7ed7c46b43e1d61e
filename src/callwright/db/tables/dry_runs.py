"""Dry runs that a worker makes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class DryRunRow(TenantOwned, Base):
    """One dry run of a task: asked for, under way, or answered."""

    __tablename__ = "dry_runs"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state"),
        CheckConstraint("(state = 'done') = (result is not null)", name="result"),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="waiting")
    progress: Mapped[float] = mapped_column(default=0.0)
    """How much of it is done, 0 to 1."""
    failure: Mapped[str] = mapped_column(default="")
    """Why it failed: a stable code."""
    result: Mapped[dict[str, Any] | None]
    """``calls.dry_run.schemas.DryRun`` as JSON, in which customers are only their ids."""
