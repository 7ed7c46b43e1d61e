"""What the message services take and hand out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from callwright.texting.windows import MessageKind

SEEN_WITHIN = timedelta(seconds=90)
"""Whoever keeps a channel open tells so within this time."""


class TemplateState(StrEnum):
    """How far a version of a template is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"


class Provider(StrEnum):
    """How a network is reached."""

    SMPP = "smpp"
    GATEWAY = "gateway"
    NULL = "null"
    """None is reached: the channel sends nothing."""


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A template as somebody writes it."""

    name: str
    kind: MessageKind
    text: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a template."""

    id: UUID
    number: int
    kind: MessageKind
    text: str
    state: TemplateState
    reason: str
    submitted_at: datetime | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template with its versions, the newest first; ``usable`` is the newest that was approved."""

    id: UUID
    name: str
    retired_at: datetime | None
    versions: list[VersionView]

    @property
    def usable(self) -> VersionView | None:
        """The version that tasks may send."""
        return next((one for one in self.versions if one.state is TemplateState.APPROVED), None)


@dataclass(frozen=True, slots=True)
class Submission:
    """A version that waits for the operator, with whose it is."""

    id: UUID
    tenant_id: UUID
    tenant_name: str
    template_name: str
    number: int
    kind: MessageKind
    text: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class ChannelDraft:
    """A channel as the operator sets it up; without ``secret`` the present one stays."""

    name: str
    provider: Provider
    config: dict[str, Any]
    per_second: int
    active: bool
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """What a company may send over; ``price`` of one short message in micros."""

    channel_id: UUID
    sender: str
    signature: str
    price: int


@dataclass(frozen=True, slots=True)
class Account:
    """What a company may send over, and why nothing can be sent now; ``trouble`` is empty where something can."""

    channel_id: UUID | None
    sender: str
    signature: str
    price: int
    trouble: str
    sends_nothing: bool = False
    """What is sent over it ends as UNSENT."""


class MessageState(StrEnum):
    """How far a message is."""

    QUEUED = "queued"
    HELD = "held"
    """It waits for the hours in which it may leave."""
    SENDING = "sending"
    SENT = "sent"
    """The network took it."""
    DELIVERED = "delivered"
    FAILED = "failed"
    UNSENT = "unsent"
    """Its channel sends nothing."""


class Why(StrEnum):
    """Why a message is held or failed, beside what channels tell."""

    HOURS = "hours"
    UNKNOWN_HOURS = "unknown_hours"
    DO_NOT_CALL = "do_not_call"
    OPTED_OUT = "opted_out"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    NO_CONSENT = "no_consent"
    VALUE_MISSING = "value_missing"
    TOO_LONG = "too_long"
    NO_CHANNEL = "no_channel"
    NO_CREDIT = "no_credit"
    TOO_LATE = "too_late"
    UNANSWERED = "unanswered"
    UNDELIVERABLE = "undeliverable"


@dataclass(frozen=True, slots=True)
class HangUpMessage:
    """What a task sends after calls that got one of ``grades``."""

    template_id: UUID
    template_name: str
    version: VersionView
    grades: list[str]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that whoever claimed it hands over now, once."""

    id: UUID
    tenant_id: UUID
    call_id: UUID
    task_id: UUID
    customer_id: UUID
    channel_id: UUID
    sender: str
    recipient: str
    text: str
    tries: int


@dataclass(frozen=True, slots=True)
class ReplyView:
    """What somebody answered."""

    at: datetime
    text: str
    opted_out: bool


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message, with what was answered to it."""

    id: UUID
    created_at: datetime
    call_id: UUID
    task_id: UUID
    task_name: str
    customer_id: UUID
    customer_name: str
    recipient: str
    kind: MessageKind
    text: str
    segments: int
    price: int
    sends_nothing: bool
    state: MessageState
    why: str
    detail: str
    due_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    replies: list[ReplyView]
