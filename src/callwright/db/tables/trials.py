"""Calls in which people try a script on their own phone."""

from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class TrialCallRow(TenantOwned, Base):
    """What a test call that plays a script plays, and what came of it. It belongs to no task and to no customer."""

    __tablename__ = "trial_calls"

    test_call_id: Mapped[UUID] = mapped_column(ForeignKey("test_calls.id", ondelete="CASCADE"), unique=True)
    script_id: Mapped[UUID] = mapped_column(ForeignKey("scripts.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    draft: Mapped[bool]
    """Whether that version was still being written."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the version said then, as in ``script_versions``: a draft may be written on."""
    variables: Mapped[dict[str, str]]
    caller_number: Mapped[str] = mapped_column(default="")
    turns: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """``calls.schemas.TurnEntry`` as JSON, also while the call lasts."""
    events: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """``calls.schemas.EventEntry`` as JSON."""
    path: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    collected: Mapped[dict[str, str]] = mapped_column(default=dict)
    grade: Mapped[str | None]
    grade_reasons: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    answer_to_audio_ms: Mapped[int | None]
    reply_ms: Mapped[list[Any]] = mapped_column(default=list)
    hung_up_by: Mapped[str | None]
    recording_key: Mapped[str | None]
    listed: Mapped[bool] = mapped_column(default=False)
    """Whether the person asked not to be called again, so that the number is on the do-not-call list."""
