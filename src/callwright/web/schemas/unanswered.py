"""What scripts didn't understand in calls, and calls whose grade was corrected."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from callwright.web.schemas.base import Line, Moment, Request, Response, Revision
from callwright.web.schemas.calls import GradeReason
from callwright.web.schemas.script_content import ScriptContent


class UnansweredWording(Response):
    """One wording of it."""

    text: str
    times: int


class Unanswered(Response):
    """Something that people said in calls and the script didn't understand, in however many wordings."""

    id: str = Field(examples=["2cf24dba5fb0a30e26e83b2ac5b9e29e"])
    text: str = Field(description="Its most frequent wording.", examples=["do you take card"])
    times: int
    wordings: list[UnansweredWording]
    nodes: list[str] = Field(description="Where the script stood.")
    nearest: list[str] = Field(description="Intents or questions that came nearest.")
    last_at: Moment
    last_call_id: UUID


class NewQuestionIn(Request):
    """A question that the script doesn't know yet."""

    label: Line = Field(min_length=1, max_length=120, examples=["Ways to pay"])
    answer: Line = Field(min_length=1, max_length=600)


class UnansweredAdding(Request):
    """What the wordings mean: an intent or question of the draft, or a new question."""

    to: Line | None = Field(None, max_length=40, description="The name of an intent or question.")
    question: NewQuestionIn | None = None
    wordings: list[Annotated[Line, Field(min_length=1, max_length=200)]] | None = Field(
        None, min_length=1, max_length=100, description="What to teach instead of what was heard."
    )
    revision: Revision

    @model_validator(mode="after")
    def _one_meaning(self) -> "UnansweredAdding":
        if (self.to is None) is (self.question is None):
            raise PydanticCustomError("one_meaning", "Send either to or question")
        return self


class CorrectionsCheck(Request):
    """Which script to play the corrected calls with."""

    content: ScriptContent | None = Field(
        None, description="One that may not be kept yet; else the current version."
    )


class CorrectedCall(Response):
    """A call whose grade was corrected, as the script grades it now."""

    call_id: UUID
    dialled_at: Moment
    grade_before: str = Field(description="What the script gave the call.")
    corrected: str
    why: str
    now: str | None = Field(description="What the script gives it now; null where it can't be played.")
    reasons: list[GradeReason]
    trouble: str = Field(description="Why it can't be played.")
    missing: list[str] = Field(description="The variables that the call has no value for, which the script needs.")


class CorrectionsChecked(Response):
    """What a script makes of the calls whose grade was corrected, the latest 200."""

    checked: int
    agreeing: list[CorrectedCall] = Field(description="Graded as people did.")
    differing: list[CorrectedCall]
