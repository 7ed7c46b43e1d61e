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
