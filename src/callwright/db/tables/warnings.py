"""Warnings: what needs a person, who was told of it, and who is to be."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class WarningRow(TenantOwned, Base):
    """Something that needs a person, from the moment it came up until it is mended."""

    __tablename__ = "warnings"
    __table_args__ = (
        Index(
            "uq_warnings_open",
            "tenant_id",
            "kind",
            "about_id",
            "stage",
            unique=True,
            postgresql_where=text("cleared_at is null"),
        ),
    )

    kind: Mapped[str]
    """``warnings.schemas.WarningKind``."""
    about_id: Mapped[UUID]
    """The task, line, pack of seats, webhook or tenant that it is about; it may be gone."""
    stage: Mapped[str] = mapped_column(default="")
    """Tells one cause from the next where a thing has several, as a pack of seats on its way to its end."""
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What words about it need, as it was when it came up."""
    raised_at: Mapped[datetime]
    quiet_since: Mapped[datetime | None]
    """Since when the cause is not seen any more; it may come back soon."""
    cleared_at: Mapped[datetime | None]


class WarnedPersonRow(TenantOwned, Base):
    """Who was told of a warning, and when they read it."""

    __tablename__ = "warned_people"
    __table_args__ = (
        UniqueConstraint("warning_id", "user_id"),
        Index("ix_warned_people_newest", "user_id", "warning_id"),
        Index("ix_warned_people_unread", "user_id", postgresql_where=text("read_at is null")),
    )

    warning_id: Mapped[UUID] = mapped_column(ForeignKey("warnings.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    read_at: Mapped[datetime | None]


class WarningChoiceRow(TenantOwned, Base):
    """Somebody who is to be told of one kind of warnings; of no kind, of those for which nobody is chosen."""

    __tablename__ = "warning_choices"
    __table_args__ = (UniqueConstraint("tenant_id", "kind", "user_id"),)

    kind: Mapped[str]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)


class WarningLimitsRow(TenantOwned, Base):
    """From when on a company is warned, where it wants otherwise than usual."""

    __tablename__ = "warning_limits"
    __table_args__ = (UniqueConstraint("tenant_id"), CheckConstraint("low_balance >= 0", name="low_balance"))

    low_balance: Mapped[int] = mapped_column(BigInteger)
    """Under which balance, in millionths of its currency."""
