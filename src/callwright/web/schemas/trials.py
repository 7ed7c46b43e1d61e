"""Scripts tried by voice: on one's own phone, or by microphone."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callwright.web.schemas.base import GateWord, Line, Moment, Named, Request, Response, ScriptVersionName
from callwright.web.schemas.calls import (
    CallEventOut,
    GradeReason,
    PathStep,
    PhoneStateName,
    ScriptLabels,
    TranscriptTurn,
)
from callwright.web.schemas.lines import TestCallStateName


class Tried(Request):
    """Which version of a script is tried, with what is known of the customer."""

    published: bool = Field(False, description="The published version; else the draft, where there is one.")
    variables: dict[Line, Annotated[Line, Field(max_length=200)]] = Field(
        default={}, max_length=200, description="Else the examples that the script gives."
    )


class Ring(Tried):
    """A call to one's own phone."""

    phone: Line = Field(min_length=1, max_length=32, examples=["+442079460123"])
    own: Literal[True] = Field(description="That it is the phone of whoever asks: nobody else is to be rung.")
    line_id: UUID


class Talk(Tried):
    """The first message of a talk by microphone."""

    script_id: UUID


class TrialCall(Response):
    """A script played on somebody's own phone. It belongs to no task, and grades no customer."""

    id: UUID
    script: ScriptVersionName
    draft: bool = Field(description="Whether that version was still being written.")
    asked_by: Named | None
    own: bool = Field(description="Whether you asked for it; owners see the trials of others, too.")
    line: Named | None
    phone: str
    confirmation: Literal["known", "awaited", "given", "missing"] = Field(
        description="Whether it was shown to be theirs: lately, not yet, by the code in this call, not at all."
    )
    code: str | None = Field(description="To be keyed in on the phone, while it is awaited.")
    variables: dict[str, str]
    state: TestCallStateName
    gate: GateWord | None = Field(description="Null until the gate was asked, just before dialling.")
    asked_at: Moment
    dialled_at: Moment | None
    ringing_at: Moment | None
    answered_at: Moment | None
    ended_at: Moment | None
    talk_ms: int
    phone_state: PhoneStateName | None
    sip_code: int | None
    sip_reason: str = Field(description="What the carrier said, or why no call was placed.")
    hung_up_by: Literal["us", "them", "network"] | None
    caller_number: str
    grade: str | None
    grade_reasons: list[GradeReason]
    labels: ScriptLabels
    collected: dict[str, str]
    path: list[PathStep]
    transcript: list[TranscriptTurn] = Field(description="Also while the call lasts.")
    events: list[CallEventOut]
    answer_to_audio_ms: int | None
    reply_ms: list[int]
    has_recording: bool
    listed: bool = Field(description="Whether the number is on the do-not-call list for what was said in it.")


class Ringing(Response):
    """What whoever tries a script on their phone has done so far."""

    phone: str | None = Field(description="The phone that they last named as their own.")
    latest: TrialCall | None = Field(description="Their latest call with this script.")
