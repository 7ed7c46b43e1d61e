"""What the task services hand out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ScriptRef:
    """A script that is played, and which version of it."""

    id: UUID
    name: str
    version: int


@dataclass(frozen=True, slots=True)
class LineRef:
    """A line that is called over."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with its counts: ``customers`` in it, those ``called``, and those of them ``connected``."""

    id: UUID
    tenant_id: UUID
    name: str
    state: str
    state_reason: str
    script: ScriptRef
    script_version_id: UUID
    line: LineRef
    concurrency: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    customers: int
    called: int
    connected: int


@dataclass(frozen=True, slots=True)
class PlannedStart:
    """A task that the leader lets start calls: as many as ``calls``."""

    task_id: UUID
    tenant_id: UUID
    line_id: UUID
    calls: int


@dataclass(frozen=True, slots=True)
class ClaimedAttempt:
    """An attempt that a node holds, with what it needs to carry it out."""

    id: UUID
    tenant_id: UUID
    task_id: UUID
    task_customer_id: UUID
    customer_id: UUID
    script_version_id: UUID
    line_id: UUID
    phone: str
    variables: dict[str, str]


@dataclass(frozen=True, slots=True)
class CarriedAttempt:
    """An attempt that a node has under way; ``dialled`` if its customer's telephone may have rung."""

    id: UUID
    dialled: bool


@dataclass(frozen=True, slots=True)
class AttemptOutcome:
    """How an attempt ended: ``rang`` if the far end rang or answered."""

    phone_state: str
    sip_code: int | None
    sip_reason: str
    rang: bool


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
