"""Crowds of simulated people that scripts are tried on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class CrowdRunRow(TenantOwned, Base):
    """One crowd on one version of a script: asked for, under way, or reported."""

    __tablename__ = "crowd_runs"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state"),
        CheckConstraint("mode in ('text', 'speech')", name="mode"),
        CheckConstraint("(state = 'done') = (report is not null)", name="report"),
        CheckConstraint("(state = 'done') = (passed is not null)", name="passed"),
    )

    script_id: Mapped[UUID] = mapped_column(ForeignKey("scripts.id", ondelete="CASCADE"), index=True)
    script_version_id: Mapped[UUID] = mapped_column(
        ForeignKey("script_versions.id", ondelete="CASCADE"), index=True
    )
    content_sha256: Mapped[str]
    """Of what the version said then: a draft may be written on."""
    mode: Mapped[str] = mapped_column(default="text", server_default="text")
    """Whether its people write, thousands a minute, or speak on real calls within the machine."""
    people: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger)
    marks: Mapped[dict[str, Any]]
    """``personas.marks.Marks`` as JSON: what had to be reached."""
    state: Mapped[str] = mapped_column(default="waiting")
    progress: Mapped[float] = mapped_column(default=0.0)
    """How much of it is done, 0 to 1."""
    failure: Mapped[str] = mapped_column(default="")
    """Why it failed: a stable code."""
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    passed: Mapped[bool | None]
    report: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    """``personas.report.Report`` as JSON."""
    outcomes: Mapped[list[dict[str, Any]]] = mapped_column(default=list, deferred=True)
    """``personas.comparing.Outcome`` of every person, in their order."""


class CrowdConversationRow(TenantOwned, Base):
    """A conversation of a crowd, kept to be read: what went wrong first, and some of every wish."""

    __tablename__ = "crowd_conversations"
    __table_args__ = (UniqueConstraint("crowd_run_id", "number"),)

    crowd_run_id: Mapped[UUID] = mapped_column(ForeignKey("crowd_runs.id", ondelete="CASCADE"))
    number: Mapped[int]
    """Which one of the people."""
    wish: Mapped[str]
    went_wrong: Mapped[bool]
    content: Mapped[dict[str, Any]]
    """``crowds.schemas.CrowdConversation`` as JSON."""
