"""What scripts didn't understand in calls, and what people made of it."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class UnansweredTurnRow(TenantOwned, Base):
    """Something that a person said in a call and the script didn't understand; forgotten with the call."""

    __tablename__ = "unanswered_turns"

    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), index=True)
    script_version_id: Mapped[UUID] = mapped_column(
        ForeignKey("script_versions.id", ondelete="CASCADE"), index=True
    )
    wording: Mapped[str]
    """Which wording it is: a digest of what it says, the same whatever its case and its commas."""
    text: Mapped[str]
    node: Mapped[str]
    """Where the script stood."""
    nearest: Mapped[str]
    """The intent or question that came nearest; empty where none did."""


class SettledWordingRow(TenantOwned, Base):
    """A wording that somebody added to the script or put aside; it holds nothing of what was said."""

    __tablename__ = "settled_wordings"
    __table_args__ = (
        UniqueConstraint("script_id", "wording"),
        CheckConstraint("how in ('added', 'dismissed')", name="how"),
    )

    script_id: Mapped[UUID] = mapped_column(ForeignKey("scripts.id", ondelete="CASCADE"))
    wording: Mapped[str]
    how: Mapped[str]
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
