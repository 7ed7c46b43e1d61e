"""Crowds of simulated people that scripts are tried on."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from callwright.crowds.schemas import Mode
from callwright.personas.comparing import Comparison
from callwright.personas.people import Wish
from callwright.personas.report import Report
from callwright.web.schemas.base import Line, Moment, Number, Request, Response, ScriptVersionName

LARGEST_SEED = 2**31 - 1


class NewCrowd(Request):
    """A crowd to try a script on. The same seed and number make the same people."""

    mode: Mode = Field(Mode.TEXT, description="In writing, or in sound on real calls within the machine.")
    people: int = Field(300, ge=3, le=5000, description="20 to 5000 in writing, 3 to 50 in sound.")
    seed: int = Field(1, ge=0, le=LARGEST_SEED)
    version: Number | None = Field(None, description="Else the draft or, without one, the published version.")


class CrowdMarks(Request):
    """What a script has to reach before a crowd to pass; shares are 0 to 1.

    Beside these, every wish never to be called again has to be heeded.
    """

    people: int = Field(200, ge=20, le=5000, description="With fewer people a crowd proves too little.")
    accuracy: float = Field(0.8, ge=0, le=1, description="Sentences understood that were never taught.")
    grades: float = Field(0.85, ge=0, le=1, description="People graded as they should have been.")
    gave_up: float = Field(0.08, ge=0, le=1, description="At most so many lost for not being understood.")
    silent_s: float = Field(60.0, ge=10, le=300, description="Seconds after which silent people are let go.")


class CrowdOut(Response):
    """A crowd as a line of a list."""

    id: UUID
    script: ScriptVersionName
    mode: Mode
    people: int
    seed: int
    marks: CrowdMarks
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    progress: float = Field(ge=0, le=1, description="How much of it is done.")
    failure: str | None = Field(description="Why it failed: a stable code.")
    passed: bool | None
    asked_at: Moment
    asked_by: str | None = Field(description="A person's name.")
    ended_at: Moment | None
    changed_since: bool = Field(description="The version was a draft then, and says something else now.")


class CrowdDetail(CrowdOut):
    """A crowd with what it showed."""

    report: Report | None = Field(description="Once it is done.")


class CrowdComparison(Response):
    """What changed from one crowd to another of the same people."""

    before: CrowdOut
    after: CrowdOut
    changes: Comparison


class TaughtSentence(Request):
    """A sentence, and the intent or question of the script that it means."""

    meant: str = Field(max_length=40)
    text: Line = Field(min_length=1, max_length=200)


class Taught(Response):
    """The script's draft, which now has the sentence."""

    script_id: UUID
    draft: int
    revision: int


CrowdWish = Wish
