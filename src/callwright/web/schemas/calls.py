"""Calls: what happened, what was said, how it was graded."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from callwright.dialogue.port import ReasonKind
from callwright.web.schemas.base import (
    Json,
    Line,
    Milliseconds,
    Moment,
    Named,
    Request,
    Response,
    ScriptVersionName,
)

PhoneStateName = Literal[
    "connected",
    "lost",
    "busy",
    "refused",
    "no_answer",
    "unreachable",
    "invalid_number",
    "line_fault",
    "voicemail",
    "technical_fault",
]


class CalledCustomer(Response):
    """The person who was called."""

    id: UUID
    name: str
    phone: str = Field(examples=["+442079460123"], description="E.164, or masked.")
    phone_masked: bool


class CallSummary(Response):
    """A call as a line of a list."""

    id: UUID
    task_id: UUID
    task_name: str
    customer: CalledCustomer
    dialled_at: Moment
    answered_at: Moment | None
    ended_at: Moment | None
    talk_ms: Milliseconds
    phone_state: PhoneStateName | None
    sip_code: int | None
    sip_reason: str
    hung_up_by: Literal["us", "them", "network"] | None
    grade: str | None
    interrupted: bool
    has_recording: bool
    turns: int
    script: ScriptVersionName
    arm: int | None = Field(
        description="The place of the script's version in the `arms` of a split task, from 0; null in others."
    )


class GradeReason(Response):
    """Why a grade was given: the rule in words, and what was said or done that met it."""

    rule: str = Field(description="In its author's words; of evidence, in English.")
    quote: str
    kind: ReasonKind = Field("rule", description="`rule`, or which kind of evidence this is.")
    values: dict[str, str] = Field(
        default_factory=dict,
        description="What the evidence names: a `node`; an `intent`; an `ending`; a `variable` and its `value`; "
        "a `count` of turns; `seconds`. Calls of long ago have none.",
        examples=[{"variable": "size", "value": "7"}],
    )


class PathStep(Response):
    """A node of the script that the call reached."""

    node: str
    kind: str
    title: str
    at_ms: int


class TranscriptTurn(Response):
    """One turn of speech; times count from the answer, so they fit the recording."""

    number: int
    who: Literal["customer", "ai"]
    from_ms: int
    to_ms: int
    text: str
    intent: str | None
    score: float | None
    interrupted: bool


class CallEventOut(Response):
    """Something else that happened; before the answer ``at_ms`` is negative."""

    number: int
    at_ms: int
    kind: str
    data: Json


class ScriptLabels(Response):
    """What people call what the script names for the machine; what has no label is not in here."""

    intents: dict[str, str] = Field(
        description="Of intents and of questions of the knowledge base.",
        examples=[{"busy": "Call later"}],
    )
    variables: dict[str, str] = Field(examples=[{"last_visit": "Last visit"}])
    grades: dict[str, str] = Field(description="Every grade of the script, best first.", examples=[{"A": "Wanted"}])


class NewGradeCorrection(Request):
    """Which grade a call should have had, and why."""

    grade: Line = Field(min_length=1, max_length=20, examples=["B"])
    why: Line = Field(min_length=1, max_length=500, examples=["They only asked for the price"])


class GradeCorrection(Response):
    """The grade that a person gave a call; the call keeps its own. It is a test of the script from now on."""

    grade: str
    grade_before: str
    why: str
    made_by: str | None = Field(description="A person's name.")
    made_at: Moment


class CallDetail(CallSummary):
    """Everything known of one call."""

    sip_call_id: str = Field(description="The Call-ID by which a carrier finds the call (RFC 3261 clause 20.8).")
    caller_number: str
    line: Named
    labels: ScriptLabels
    grade_reasons: list[GradeReason]
    collected: dict[str, str]
    path: list[PathStep]
    transcript: list[TranscriptTurn]
    events: list[CallEventOut]
    answer_to_audio_ms: int | None
    reply_ms: list[int]
    media: Json
    answered_after_ms: int | None = Field(description="From dialling to the answer.")
    grade_correction: GradeCorrection | None = None
