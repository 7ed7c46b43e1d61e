"""Call tasks, the customers in them, and how they get on."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from callwright.comparing.splitting import MOST_ARMS
from callwright.dialing.attempt import AttemptState
from callwright.dialing.calling_hours import CallingHours
from callwright.dialing.concurrency import ConcurrencyMode
from callwright.dialing.country_rules import Purpose
from callwright.dialing.lifecycle import Waiting as WaitingReason
from callwright.dialing.redial import PROMISED, Redialled, RedialRule
from callwright.dialing.window import ClosedReason
from callwright.tasks.drafts import ArmDraft, Outbound, StartMode, TaskDraft
from callwright.web.schemas.base import (
    GateWord,
    Line,
    Milliseconds,
    Moment,
    Named,
    Request,
    Response,
    ScriptVersionName,
)
from callwright.web.schemas.calls import PhoneStateName
from callwright.web.schemas.hours import Hours, Redials
from callwright.web.schemas.messages import HangUpMessage, HangUpMessageWish
from callwright.web.schemas.pushing import TaskPush
from callwright.web.schemas.scripts import ScriptVariable

TaskStateName = Literal["draft", "running", "paused", "finished"]
CustomerStateName = Literal["uncalled", "waiting", "calling", "called", "denied", "do_not_call", "withdrawn"]
DONE = "Customers whom it need not call any more: called, denied, or on a do-not-call list."
VARIABLES = 200
LINES = 1000


class NewArm(Request):
    """A published version of a script that a share of a task's customers hears."""

    script_id: UUID
    version: int = Field(ge=1, le=1_000_000)
    share: int = Field(ge=1, le=100, description="Percent; those of a task come to 100.")


BESIDE = ("hang_up_message", "push")
"""What is chosen with a task and belongs to others."""


class NewTask(Request):
    """A call task to be made."""

    name: Line = Field(min_length=1, max_length=200, examples=["Spring check-ups"])
    script_id: UUID
    arms: list[NewArm] = Field(
        default_factory=list,
        max_length=MOST_ARMS,
        description="Versions to compare, the first of the script itself; without them its published version.",
    )
    outbound: Outbound = Field(Outbound.FIXED, description="How it reaches the phone network.")
    line_ids: list[UUID] = Field(
        default_factory=list,
        max_length=LINES,
        description="One fixed or pooled line, or any number of mobile ones; none for a policy group.",
    )
    policy_group_id: UUID | None = None
    seats: int | None = Field(
        None, ge=1, le=10_000, examples=[5], description="AI seats; not asked of mobile lines, which take one each."
    )
    mode: ConcurrencyMode = Field(ConcurrencyMode.PLAIN, description="How many calls at once: see `concurrency`.")
    concurrency: int | None = Field(
        None, ge=1, le=40_000, description="For mode multi: n + 1 to 2n calls at once with n seats."
    )
    lost_limit_percent: float = Field(3.0, gt=0, le=10, description="For mode adaptive.")
    hold_s: float = Field(
        2.0, ge=0, le=30, description="How long a person who answers when no seat is free is asked to wait."
    )
    start_mode: StartMode = StartMode.MANUAL
    calling_hours: Hours | None = Field(None, description="Within the company's; those where not given.")
    redial: Redials = Field(
        default_factory=lambda: dict(PROMISED),
        description="What is called again; the rest is not. Where not given, who was told that we call again, as a "
        "technical fault ended the call: once, half an hour later.",
    )
    purpose: Purpose = Purpose.MARKETING
    scramble: bool = Field(False, description="Call in an order in which consecutive numbers are far apart.")
    needs_crowd: bool = Field(False, description="Start only once the script's version has passed before a crowd.")
    hang_up_message: HangUpMessageWish | None = Field(
        None, description="Sent when a call has ended and been graded."
    )
    push: TaskPush | None = Field(None, description="Whom it tells of customers in their chats.")

    def draft(self) -> TaskDraft:
        """Return what is asked for."""
        wanted = {name: getattr(self, name) for name in type(self).model_fields if name not in BESIDE}
        arms = tuple(ArmDraft(arm.script_id, arm.version, arm.share) for arm in self.arms)
        return TaskDraft(**wanted | {"line_ids": tuple(self.line_ids), "arms": arms})


class VersionPlayed(Request):
    """The published version of its script that a task's calls are to play."""

    version: int = Field(ge=1, le=1_000_000)


WAIT_REASONS = ["", *WaitingReason, *ClosedReason]
WaitReason = Annotated[str, WithJsonSchema({"type": "string", "enum": WAIT_REASONS})]


class Waiting(Response):
    """Why a running task dials nobody now; no reason while it dials."""

    reason: WaitReason
    until: Moment | None
    detail: dict[str, Any]


class Arm(Response):
    """A version that a share of a task's customers hears in every call."""

    id: UUID
    script: ScriptVersionName
    share: int
    settled_at: Moment | None = Field(description="When it was chosen for all who had not been called.")


class TaskSummary(Response):
    """A call task as a line of a list."""

    id: UUID
    name: str
    state: TaskStateName
    state_reason: str
    script: ScriptVersionName
    outbound: Outbound
    lines: list[Named]
    policy_group: Named | None
    seats: int
    mode: ConcurrencyMode
    concurrency: int
    lost_limit_percent: float
    hold_s: float
    start_mode: StartMode
    starts_at: Moment | None
    calling_hours: CallingHours | None
    redial: dict[Redialled, RedialRule]
    purpose: Purpose
    scramble: bool
    needs_crowd: bool
    waiting: Waiting
    created_at: Moment
    started_at: Moment | None
    finished_at: Moment | None
    customers: int
    done: int = Field(description=DONE)
    called: int
    calls: int = Field(description="Those that are over.")
    connected: int
    arms: list[Arm] = Field(description="The versions that it is split over; none where it plays just one.")


class Percentiles(Response):
    """Milliseconds: the median, and what 95 of 100 stay under."""

    p50: int
    p95: int


class LiveCall(Response):
    """A call under way."""

    attempt_id: UUID
    call_id: UUID | None
    customer_name: str
    phone: str
    phone_masked: bool
    stage: Literal["dialling", "ringing", "connected"]
    since: Moment
    turns: int
    last_text: str | None


class Pace(Response):
    """Calls that were started, a minute."""

    last_minute: int = Field(description="In the last minute.")
    last_hour: float = Field(
        description="On average in the last hour, since the task began, or of the latest 5,000 calls: the shortest."
    )
    possible: float | None = Field(
        description="With so many calls at once as it may have, as long as the latest were; null before the first."
    )


class LineTotals(Response):
    """What came of a task's calls over one line; of those that are over."""

    line: Named
    calls: int
    connected: int
    lost: int
    talk_ms: Milliseconds
    spent: int = Field(description="In millionths of the company's currency.")


class Trouble(Response):
    """Why calls wait."""

    code: str = Field(examples=["no-media-port"], description="Stable; what the detail says, for programs.")
    detail: str


class Progress(Response):
    """How a task gets on; the counts agree with the lists at any moment."""

    task_id: UUID
    state: TaskStateName
    state_reason: str
    customers: int
    done: int = Field(description=DONE)
    uncalled: int
    waiting: int = Field(description="To be called, but not yet: held, or to be called again.")
    calling: int
    called: int
    denied: int = Field(description="Not to be called in this task; each customer's attempts say by which rule.")
    do_not_call: int
    withdrawn: int = Field(description="Taken out of the task before any call; not among its customers.")
    attempts: int
    calls: int = Field(description="Those of the attempts that are over.")
    connected: int
    lost: int
    lost_percent: float | None = Field(
        description="Of the calls that a person answered; null while there are none."
    )
    by_phone_state: dict[str, int]
    by_grade: dict[str, int]
    talk_ms: Milliseconds
    spent: int = Field(description="In millionths of the company's currency.")
    by_line: list[LineTotals] = Field(description="Of each line over which a call is over, by name.")
    pace: Pace
    under_way: int = Field(description="Calls planned, ringing or spoken.")
    seats: int
    seats_reserved: int = Field(description="AI seats that it has at this moment.")
    seats_busy: int = Field(description="Those of them with a conversation.")
    reply_ms: Percentiles | None
    answer_to_audio_ms: Percentiles | None
    started_at: Moment | None
    finished_at: Moment | None
    finishing_about: Moment | None
    live: list[LiveCall]
    wait: Waiting
    trouble: Trouble | None = Field(description="Why the calls of a running task wait: no call node places any.")


class Task(TaskSummary):
    """A call task with its script's columns and its progress."""

    variables: list[ScriptVariable]
    grades: list[str]
    progress: Progress
    hang_up_message: HangUpMessage | None
    push: TaskPush | None


class NewTaskCustomer(Request):
    """One customer for a task."""

    phone: Line = Field(max_length=64, examples=["+44 20 7946 0123"])
    name: Line = Field("", max_length=200)
    variables: dict[str, str] = Field(default_factory=dict, max_length=VARIABLES)


class TaskCustomer(Response):
    """One customer in a task."""

    id: UUID
    customer_id: UUID
    name: str
    phone: str
    phone_masked: bool
    consent: bool | None = Field(description="Agreed to be called, or took that back; null where nobody noted it.")
    variables: dict[str, str]
    state: CustomerStateName
    due_at: Moment | None = Field(
        description="When one who waits is to be called, as soon as everything else allows."
    )
    attempts: int
    last_phone_state: PhoneStateName | None
    last_grade: str | None
    last_called_at: Moment | None
    taken_out_why: Literal["same-person"] | None = Field(
        description="Why it was taken out by itself: another number of the same person is called in its place."
    )
    last_call_id: UUID | None


class Attempt(Response):
    """One attempt at calling a customer, dialled or not."""

    id: UUID
    number: int
    state: AttemptState
    line: Named
    region: str | None = Field(description="Where the number is at home: country/province/city.")
    planned_at: Moment
    claimed_at: Moment | None
    dialled_at: Moment | None
    connected_at: Moment | None
    ended_at: Moment | None
    gate: GateWord | None = Field(description="Null where it was withdrawn before, or has not come so far.")
    phone_state: PhoneStateName | None
    sip_code: int | None
    sip_reason: str
    call_id: UUID | None


class NewConsent(Request):
    """What somebody knows of a customer's consent."""

    given: bool = Field(description="They agreed to be called; false: they took that back.")
    source: Line = Field(min_length=1, max_length=500, examples=["Signed form, 3 March 2026"])


class ConsentNote(Response):
    """What was noted once of a customer's consent."""

    given: bool
    source: str = Field(description="Whence it is known.")
    origin: Literal["person", "file"]
    noted_by: str | None
    noted_at: Moment


class CustomerHistory(Response):
    """Why a customer was called, or was not."""

    customer: TaskCustomer
    attempts: list[Attempt] = Field(description="The latest first, 200 at the most.")
    consents: list[ConsentNote] = Field(description="What was noted of their consent, the latest first.")


class CallAgain(Request):
    """Who is to be called once more: those that are named, or all whose latest call ended so."""

    ids: list[UUID] | None = Field(None, min_length=1, max_length=10_000)
    phone_state: PhoneStateName | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.ids is None) == (self.phone_state is None):
            raise PydanticCustomError("ids_or_phone_state", "Give either ids or phone_state")
        return self


class CalledAgain(Response):
    """How many customers wait to be called once more."""

    put_back: int
    left_out: int = Field(description="On a do-not-call list, on the phone, or still to be called anyway.")


class GroupChoice(Named):
    """A policy group that a task can have."""

    lines: int
    channels: int = Field(description="Calls that its lines hold at once.")


class CallsRange(Response):
    """The numbers of calls at once that can be chosen."""

    lowest: int
    highest: int


class TaskChoices(Response):
    """What can be chosen for a new task, as things stand."""

    seats_total: int
    seats_free: int
    multi: CallsRange | None = Field(
        description="Of multi-concurrency with the seats asked about, if it is possible."
    )
    adaptive_most: int = Field(description="The most calls that an adaptive task of so many seats may place.")
    calling_hours: CallingHours = Field(description="The company's.")
    time_zone: str
    policy_groups: list[GroupChoice]
