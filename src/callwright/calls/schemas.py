"""What the call services take and hand out. Durations are in milliseconds, moments aware UTC."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from callwright.tasks.schemas import LineRef, ScriptRef, Trouble, Wait

# Taken --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenedCall:
    """A call about to be dialled."""

    attempt_id: UUID
    tenant_id: UUID
    task_id: UUID
    customer_id: UUID
    script_version_id: UUID
    line_id: UUID
    phone: str
    caller_number: str
    dialled_at: datetime


@dataclass(frozen=True, slots=True)
class TurnEntry:
    """One turn of the transcript; ``who`` is ``customer`` or ``ai``, times from the answer."""

    who: str
    from_ms: int
    to_ms: int
    text: str
    intent: str | None
    score: float | None
    interrupted: bool


@dataclass(frozen=True, slots=True)
class EventEntry:
    """Something else that happened, ``at_ms`` as in the transcript."""

    at_ms: int
    kind: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FinishedCall:
    """Everything kept of a call that is over. ``recording`` is the key of its recording, where there is one."""

    attempt_id: UUID
    sip_call_id: str
    dialled_at: datetime
    ringing_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime
    talk_ms: int
    phone_state: str
    sip_code: int | None
    sip_reason: str
    hung_up_by: str
    grade: str | None
    grade_reasons: list[dict[str, Any]]
    collected: dict[str, str]
    path: list[dict[str, Any]]
    answer_to_audio_ms: int | None
    reply_ms: list[int]
    media: dict[str, Any]
    recording: str | None
    do_not_call: bool = False
    do_not_call_words: str = ""
    interrupted: bool = False
    turns: list[TurnEntry] = field(default_factory=list)
    events: list[EventEntry] = field(default_factory=list)


class CallOrder(StrEnum):
    """Which calls of a list come first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class CallPlace:
    """Where a call stands in a list, in whatever order."""

    id: UUID
    talk_ms: int


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Which calls are wanted; ``text`` is looked for in names and numbers, ``tag`` is one of the customer's.

    What is ``None`` does not matter.

    Moments are of the dialling: ``since`` counts, ``before`` does not any more.
    """

    task_id: UUID | None = None
    customer_id: UUID | None = None
    phone_state: str | None = None
    grade: str | None = None
    tag: str | None = None
    text: str | None = None
    min_talk_ms: int | None = None
    max_talk_ms: int | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Which customers of a task are wanted, by what their latest call in it was; ``None`` does not matter."""

    state: str | None = None
    phone_state: str | None = None
    grade: str | None = None
    tag: str | None = None
    text: str | None = None
    min_talk_ms: int | None = None
    max_talk_ms: int | None = None


# Handed out ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CalledCustomer:
    """Who was called, with the number that was dialled. ``owner_id`` is missing in the public pool."""

    id: UUID
    name: str
    phone: str
    owner_id: UUID | None


@dataclass(frozen=True, slots=True)
class CallSummary:
    """A call in a list; ``turns`` is how many turns were spoken."""

    id: UUID
    tenant_id: UUID
    task_id: UUID
    task_name: str
    customer: CalledCustomer
    dialled_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    talk_ms: int
    phone_state: str | None
    sip_code: int | None
    sip_reason: str
    hung_up_by: str | None
    grade: str | None
    interrupted: bool
    has_recording: bool
    turns: int
    script: ScriptRef
    arm: int | None
    """The place of the script's version among the arms of a split task, counted from 0."""

    @property
    def place(self) -> CallPlace:
        """Where the next page of its list begins, if it is the last of one."""
        return CallPlace(self.id, self.talk_ms)


@dataclass(frozen=True, slots=True)
class NumberedTurn:
    """A turn with its place in the transcript."""

    number: int
    who: str
    from_ms: int
    to_ms: int
    text: str
    intent: str | None
    score: float | None
    interrupted: bool


@dataclass(frozen=True, slots=True)
class NumberedEvent:
    """An event with its place among the call's."""

    number: int
    at_ms: int
    kind: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScriptLabels:
    """What people call the parts of a script that its author named for the machine."""

    intents: dict[str, str]
    """Intents, and questions of the knowledge base."""
    variables: dict[str, str]
    grades: dict[str, str]
    """Every grade of the script, best first."""


@dataclass(frozen=True, slots=True)
class CallView:
    """A call with everything that is kept of it."""

    summary: CallSummary
    sip_call_id: str
    caller_number: str
    line: LineRef
    labels: ScriptLabels
    ringing_at: datetime | None
    grade_reasons: list[dict[str, Any]]
    collected: dict[str, str]
    path: list[dict[str, Any]]
    transcript: list[NumberedTurn]
    events: list[NumberedEvent]
    answer_to_audio_ms: int | None
    reply_ms: list[int]
    media: dict[str, Any]
    answered_after_ms: int | None


@dataclass(frozen=True, slots=True)
class Percentiles:
    """The middle and the slow end of some durations."""

    p50: int
    p95: int


@dataclass(frozen=True, slots=True)
class LiveCall:
    """An attempt under way: ``stage`` is dialling, ringing or connected; ``since`` is when that began."""

    attempt_id: UUID
    call_id: UUID | None
    customer_name: str
    phone: str
    stage: str
    since: datetime
    turns: int
    last_text: str | None
    owner_id: UUID | None
    """Whose the customer is; nothing in the public pool."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Calls a minute: those started in the ``last_minute``, and on average in the ``last_hour``.

    ``possible`` are so many as its calls at once allow, lasting as long as the latest did; ``None`` while unknown.
    """

    last_minute: int
    last_hour: float
    possible: float | None


@dataclass(frozen=True, slots=True)
class LineTotals:
    """The ``calls`` of a task over one line that are over; ``spent`` in millionths of the tenant's currency."""

    line: LineRef
    calls: int
    connected: int
    lost: int
    talk_ms: int
    spent: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a task stands.

    ``waiting`` customers are to be called, but not yet; with those ``done`` it is done: called, denied, or on a
    do-not-call list. ``attempts`` counts what was dialled, ``calls`` what of it is over. ``lost_percent`` is the
    share of lost calls among those that a person answered. Of the task's ``seats`` it has ``seats_reserved`` at
    this moment, ``seats_busy`` of them with conversations; ``under_way`` are its calls. ``spent`` is in millionths
    of the tenant's currency. ``wait`` is why a running task dials nobody now, ``trouble`` why no call node places
    its calls.
    """

    task_id: UUID
    state: str
    state_reason: str
    customers: int
    done: int
    uncalled: int
    waiting: int
    calling: int
    called: int
    denied: int
    do_not_call: int
    withdrawn: int
    attempts: int
    calls: int
    connected: int
    lost: int
    lost_percent: float | None
    by_phone_state: dict[str, int]
    by_grade: dict[str, int]
    talk_ms: int
    spent: int
    by_line: list[LineTotals]
    pace: Pace
    under_way: int
    seats: int
    seats_reserved: int
    seats_busy: int
    reply_ms: Percentiles | None
    answer_to_audio_ms: Percentiles | None
    started_at: datetime | None
    finished_at: datetime | None
    finishing_about: datetime | None
    live: list[LiveCall]
    wait: Wait
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a task."""

    calls: int
    attempts: int
    connected: int
    by_phone_state: dict[str, int]
    by_grade: dict[str, int]
    recordings: int
    transcripts: int
    reply_ms: Percentiles | None
    answer_to_audio_ms: Percentiles | None


@dataclass(frozen=True, slots=True)
class TaskCustomerView:
    """A customer in a task, with the latest call.

    ``position`` is the place in the calling order; ``due_at`` is when one who waits is to be called.
    """

    id: UUID
    customer_id: UUID
    name: str
    phone: str
    consent: bool | None
    variables: dict[str, str]
    position: int
    state: str
    due_at: datetime | None
    attempts: int
    last_phone_state: str | None
    last_grade: str | None
    last_called_at: datetime | None
    taken_out_why: str | None
    last_call_id: UUID | None


@dataclass(frozen=True, slots=True)
class GateWord:
    """What the gate said of an attempt at the moment of dialling; ``rule`` and its ``detail`` say why."""

    verdict: str
    rule: str
    until: datetime | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One attempt at calling a customer, dialled or not. ``region``: where the number is at home.

    Without the gate's word it was never about to be dialled, or is not yet.
    """

    id: UUID
    number: int
    state: str
    line: LineRef
    region: str | None
    planned_at: datetime
    claimed_at: datetime | None
    dialled_at: datetime | None
    connected_at: datetime | None
    ended_at: datetime | None
    gate: GateWord | None
    phone_state: str | None
    sip_code: int | None
    sip_reason: str
    call_id: UUID | None
