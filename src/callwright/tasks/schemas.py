"""What the task services hand out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from callwright.dialing.attempt import AttemptState


@dataclass(frozen=True, slots=True)
class ScriptRef:
    """A script that is played, and which version of it."""

    id: UUID
    name: str
    version: int


@dataclass(frozen=True, slots=True)
class ArmRef:
    """A version that ``share`` percent of a task's customers hear, and since when all the rest hear it."""

    id: UUID
    script: ScriptRef
    script_version_id: UUID
    share: int
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class LineRef:
    """A line, or a policy group, that is called over."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Why a running task dials nobody now, and until when where that is known; no reason while it dials."""

    reason: str
    until: datetime | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with its counts: ``customers`` in it, those of them that it is ``done`` with, called or never to be.

    ``called`` are those of them not on a do-not-call list, nor denied. Of its ``calls`` that are over so many are
    ``connected``.
    """

    id: UUID
    tenant_id: UUID
    name: str
    state: str
    state_reason: str
    script: ScriptRef
    script_version_id: UUID
    outbound: str
    lines: list[LineRef]
    policy_group: LineRef | None
    seats: int
    mode: str
    concurrency: int
    lost_limit_percent: float
    hold_s: float
    start_mode: str
    starts_at: datetime | None
    calling_hours: dict[str, Any] | None
    redial: dict[str, Any]
    purpose: str
    scramble: bool
    needs_crowd: bool
    waiting: Wait
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    customers: int
    done: int
    called: int
    calls: int
    connected: int


@dataclass(frozen=True, slots=True)
class NextCustomer:
    """A customer whom a task would call next."""

    id: UUID
    phone: str


@dataclass(frozen=True, slots=True)
class PlannedStart:
    """A call that the leader lets start: this customer of a task, at home in ``region``, over this line."""

    task_id: UUID
    task_customer_id: UUID
    line_id: UUID
    region: str


@dataclass(frozen=True, slots=True)
class ClaimedAttempt:
    """An attempt that a node holds, with what it needs to carry it out.

    ``calls_again``: its customer is called again if our own speech fails in it.
    """

    id: UUID
    tenant_id: UUID
    task_id: UUID
    task_customer_id: UUID
    customer_id: UUID
    script_version_id: UUID
    line_id: UUID
    phone: str
    variables: dict[str, str]
    hold_s: float
    calls_again: bool = False


@dataclass(frozen=True, slots=True)
class LockedAttempt:
    """An attempt as it stands, locked until the transaction ends."""

    id: UUID
    tenant_id: UUID
    task_id: UUID
    task_customer_id: UUID
    line_id: UUID
    region: str | None
    state: AttemptState
    node_id: UUID | None
    dialled_at: datetime | None
    connected_at: datetime | None


@dataclass(frozen=True, slots=True)
class CarriedAttempt:
    """An attempt that a node has under way; ``dialled`` if its customer's telephone may have rung."""

    id: UUID
    dialled: bool


@dataclass(frozen=True, slots=True)
class AttemptOutcome:
    """How an attempt ended: ``rang`` if the far end rang or answered, ``never_again`` if the person wished that."""

    attempt_id: UUID
    dialled_at: datetime
    ended_at: datetime
    phone_state: str
    grade: str | None
    talk_ms: int
    sip_code: int | None
    sip_reason: str
    rang: bool
    never_again: bool = False


@dataclass(frozen=True, slots=True)
class InterruptedAttempt:
    """An attempt that its dead node leaves behind."""

    id: UUID
    tenant_id: UUID
    task_id: UUID
    dialled: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why calls wait: the stable code of it, and a sentence."""

    code: str
    detail: str
