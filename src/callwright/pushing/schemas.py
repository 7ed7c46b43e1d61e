"""What the pushing services take and hand out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from callwright.channels.chat_port import Told


class How(StrEnum):
    """Who of a grade's pushers is told of a customer."""

    ALL = "all"
    IN_TURN = "in_turn"


class Purpose(StrEnum):
    """What a push tells of."""

    CALL = "call"
    WARNING = "warning"
    TEST = "test"


class PushState(StrEnum):
    """How far a push is."""

    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"


class PushFailure(StrEnum):
    """Why a push did not get there.

    Beside ``channels.http.Failure``, ``channels.chat_port.ChatFault`` and ``channels.wechat.faults.WeChatFault``.
    """

    REFUSED = "refused"
    """The other side answered that it won't have it."""
    UNANSWERED = "unanswered"
    """It may have arrived: sent again only if somebody wants it."""
    NO_CHAT = "no_chat"
    LEFT = "left"
    """Its reader takes nothing there any more."""
    NOT_THEIRS = "not_theirs"
    """Its reader does not see the customer: a colleague's."""
    UNREADABLE = "unreadable"
    """The chat's address can't be opened with this installation's key."""


@dataclass(frozen=True, slots=True)
class TaskPush:
    """Whom a task tells of customers, by grade, and how."""

    how: How
    assigns: bool
    pushers: Mapping[str, Sequence[UUID]]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A push that this worker sends now."""

    id: UUID
    chat_id: UUID
    purpose: Purpose
    kind: str
    address: Mapping[str, str]
    told: Told
    tries: int
    """With this one."""
    tried_at: datetime


@dataclass(frozen=True, slots=True)
class PushView:
    """A push as it is shown: of a customer's call in a task, or of a warning."""

    id: UUID
    created_at: datetime
    purpose: Purpose
    call_id: UUID | None
    warning_id: UUID | None
    user_id: UUID
    user_name: str
    chat_id: UUID | None
    chat_name: str | None
    chat_kind: str | None
    state: PushState
    tries: int
    next_at: datetime
    tried_at: datetime | None
    failure: str
    answer: str
    customer_name: str | None
    task_name: str | None
    warning_kind: str | None
