"""Calls: what happened, what was said, and how it was graded."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.roles import CURRENT_TENANT
from callwright.db.tables.base import Base, TenantOwned


class CallRow(TenantOwned, Base):
    """An attempt that was dialled, from just before its first message to its end. Durations are in milliseconds."""

    __tablename__ = "calls"
    __table_args__ = (
        UniqueConstraint("attempt_id"),
        Index(
            "ix_calls_newest",
            "tenant_id",
            "id",
            # What the figures of a day are read off.
            postgresql_include=["dialled_at", "phone_state", "talk_ms", "customer_id"],
        ),
        Index("ix_calls_longest", "tenant_id", "talk_ms", "id"),
        Index("ix_calls_by_state", "tenant_id", "phone_state", "id"),
        Index("ix_calls_by_grade", "tenant_id", "grade", "id"),
        Index("ix_calls_of_task", "task_id", "id"),
        Index("ix_calls_of_task_by_state", "task_id", "phone_state", "id"),
        Index("ix_calls_of_task_by_grade", "task_id", "grade", "id"),
        Index("ix_calls_of_customer", "customer_id", "id"),
        # Whoever calls a number counts everybody's calls to it.
        Index("ix_calls_of_number", "phone", "dialled_at"),
    )

    tenant_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenants.id", ondelete="CASCADE"), server_default=text(CURRENT_TENANT)
    )
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"))
    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id"))
    script_version_id: Mapped[UUID] = mapped_column(ForeignKey("script_versions.id"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lines.id"))
    phone: Mapped[str]
    caller_number: Mapped[str]
    sip_call_id: Mapped[str] = mapped_column(default="")
    dialled_at: Mapped[datetime]
    ringing_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    talk_ms: Mapped[int] = mapped_column(default=0)
    phone_state: Mapped[str | None]
    sip_code: Mapped[int | None]
    sip_reason: Mapped[str] = mapped_column(default="")
    hung_up_by: Mapped[str | None]
    interrupted: Mapped[bool] = mapped_column(default=False)
    """The process that held it died; what is known of it ends there."""
    grade: Mapped[str | None]
    grade_reasons: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """``[{"rule": ..., "quote": ...}]``."""
    collected: Mapped[dict[str, str]] = mapped_column(default=dict)
    path: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """``[{"node": ..., "kind": ..., "title": ..., "at_ms": ...}]``, milliseconds from the answer."""
    answer_to_audio_ms: Mapped[int | None]
    reply_ms: Mapped[list[Any]] = mapped_column(default=list)
    """End of each turn of the customer's to our first audio."""
    media: Mapped[dict[str, Any]] = mapped_column(default=dict)
    recording_key: Mapped[str | None]
    """Where the blob store keeps the stereo recording (customer left, us right)."""


class LastCallRow(TenantOwned, Base):
    """How a customer was called last, in whatever task, and how many calls there were."""

    __tablename__ = "last_calls"
    __table_args__ = (
        Index("ix_last_calls_newest", "tenant_id", "called_at", "customer_id"),
        Index("ix_last_calls_by_state", "tenant_id", "phone_state", "customer_id"),
        Index("ix_last_calls_by_grade", "tenant_id", "grade", "customer_id"),
    )

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), unique=True)
    call_id: Mapped[UUID | None] = mapped_column(ForeignKey("calls.id", ondelete="SET NULL"), index=True)
    """Nothing once its task was deleted with it."""
    called_at: Mapped[datetime]
    phone_state: Mapped[str]
    grade: Mapped[str | None]
    calls: Mapped[int]


class TranscriptTurnRow(TenantOwned, Base):
    """One turn of speech; times in milliseconds from the answer, so they fit the recording."""

    __tablename__ = "transcript_turns"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    number: Mapped[int]
    who: Mapped[str]
    """``customer`` or ``ai``."""
    from_ms: Mapped[int]
    to_ms: Mapped[int]
    text: Mapped[str]
    intent: Mapped[str | None]
    score: Mapped[float | None]
    interrupted: Mapped[bool] = mapped_column(default=False)


class CallEventRow(TenantOwned, Base):
    """Everything else that happened in a call.

    ``at_ms`` counts from the answer, so it is negative before that; from the dialling where nobody answered.
    """

    __tablename__ = "call_events"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    number: Mapped[int]
    at_ms: Mapped[int]
    kind: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
