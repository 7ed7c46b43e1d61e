"""What the webhook services take and hand out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

TEST = "webhook.test"
"""The kind of what is sent at the touch of a button."""


class DeliveryState(StrEnum):
    """How far a delivery got."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WebhookDraft:
    """A webhook as somebody wants it: where to, of which kinds of events."""

    name: str
    url: str
    kinds: tuple[str, ...]
    active: bool = True


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that this worker sends now."""

    id: UUID
    event_id: UUID
    body: str
    tries: int
    """With this one."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What is to be sent to a webhook now, where to, and what it is signed with."""

    url: str
    secret: str
    claimed: list[Claimed]


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a delivery."""

    delivery: Claimed
    at: datetime
    succeeded: bool
    status: int | None
    took_ms: int
    failure: str
    answer: str
