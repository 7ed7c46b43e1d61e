"""AI seats: how many calls a tenant's AI may hold at once, and which task has them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class AiSeatPackRow(TenantOwned, Base):
    """A pack of AI seats, usable from ``opens_at`` until ``expires_at``."""

    __tablename__ = "ai_seat_packs"
    __table_args__ = (
        CheckConstraint("seats > 0", name="seats"),
        CheckConstraint("greatest(opens_at, expires_at) < '2200-01-02'", name="moments"),
    )

    seats: Mapped[int]
    opens_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]


class ReservedSeatRow(TenantOwned, Base):
    """One AI seat that a task has reserved; ``attempt_id`` is the conversation that uses it now.

    A task that lets go of its seats keeps those in use until their conversations end.
    """

    __tablename__ = "reserved_seats"
    __table_args__ = (
        UniqueConstraint("attempt_id"),
        Index("ix_reserved_seats_free", "task_id", postgresql_where=text("attempt_id is null")),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey("attempts.id", ondelete="SET NULL"))
    leaving: Mapped[bool] = mapped_column(default=False)
    """Given up by its task: gone once the conversation is over."""
