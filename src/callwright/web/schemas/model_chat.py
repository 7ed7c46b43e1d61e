"""A brief tried in writing, as the language model answers it."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, RootModel, model_validator
from pydantic_core import PydanticCustomError

from callwright.scripts.model_crowd import FEWEST, MOST
from callwright.web.schemas.base import Line, Request, Response
from callwright.web.schemas.chat import ChatEvent, ChatGrade, ChatMeaning
from callwright.web.schemas.script_content import ScriptBrief

LONGEST_RECORD = 1_500_000


class ModelChat(Request):
    """The next of what the person does in a conversation with a language model. Nothing of it is kept."""

    brief: ScriptBrief | None = Field(None, description="A script that may not be kept yet; or else")
    script_id: UUID | None = Field(None, description="one that is, by its current version.")
    variables: dict[Line, Annotated[Line, Field(max_length=200)]] = Field(
        default={},
        max_length=200,
        description="What is known of the customer; else the examples that the script gives.",
    )
    record: str | None = Field(
        None,
        max_length=LONGEST_RECORD,
        description="What the last answer's `standing` gave: the conversation so far. Null begins one.",
    )
    event: ChatEvent | None = Field(None, description="What the person does now; null only to begin.")

    @model_validator(mode="after")
    def _one_script(self) -> "ModelChat":
        if (self.brief is None) is (self.script_id is None):
            raise PydanticCustomError("one_script", "Send either brief or script_id")
        if (self.record is None) is not (self.event is None):
            raise PydanticCustomError("record_and_event", "Send record and event together, or neither to begin")
        return self


class ModelHeard(Response):
    """What the person's words were taken for beside the model."""

    kind: Literal["heard"] = "heard"
    text: str
    meant: ChatMeaning | None
    likely: list[ChatMeaning]


class ModelSaid(Response):
    """Something that is said to the person. ``by_model``: the model's own words, rather than the script's."""

    kind: Literal["said"] = "said"
    text: str
    by_model: bool


class ModelHeldBack(Response):
    """A sentence of the model that is not said, and the rule that it breaks."""

    kind: Literal["held_back"] = "held_back"
    text: str
    why: str


class ModelSupposed(Response):
    """A text message that a call would send here. Nothing is sent to anybody who tries a brief."""

    kind: Literal["message"] = "message"
    template: str
    values: dict[str, str]


class ModelTool(Response):
    """What the model had done, and what it was told: a receipt or, refused, why not."""

    kind: Literal["tool"] = "tool"
    name: str
    arguments: str
    result: str
    refused: bool


class ModelTrouble(Response):
    """The model failed."""

    kind: Literal["trouble"] = "trouble"
    why: Literal["slow", "silent", "cut_off", "refused", "gone"]


class ModelStanding(Response):
    """Where the conversation stands; the last line of every answer."""

    kind: Literal["standing"] = "standing"
    record: str = Field(description="The conversation so far, sealed: send it with what the person does next.")
    collected: dict[str, str]
    ended: str | None = Field(description="Why we hung up, or `hung_up` where they did; null while it goes on.")
    grade: ChatGrade
    tokens: int = Field(description="What the language model has read and written for it,")
    most_tokens: int = Field(description="and the most that it may.")
    turns: int
    most_turns: int
    talk_s: float = Field(description="How long it would have lasted, spoken.")
    most_s: float


class ModelCrowd(Request):
    """A few simulated people to be called by a language model, in writing. Nothing of it is kept."""

    brief: ScriptBrief
    people: int = Field(default=10, ge=FEWEST, le=MOST)
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="The same one makes the same people.")
    begin: bool = Field(default=True, description="False only estimates what it would cost.")


class ModelEstimate(Response):
    """What a crowd will about cost; the first line of every answer."""

    kind: Literal["estimate"] = "estimate"
    people: int
    tokens: int
    most_tokens: int = Field(description="When it has cost so much, nobody more is called.")


class ModelTalk(Response):
    """One person's conversation, once it is over: its lines as in a chat, their own as `heard`."""

    kind: Literal["talk"] = "talk"
    number: int
    wish: str
    ended: str
    grade: str
    tokens: int
    seconds: float
    lines: list[
        Annotated[
            ModelHeard | ModelSaid | ModelHeldBack | ModelSupposed | ModelTool | ModelTrouble,
            Field(discriminator="kind"),
        ]
    ]


class ModelCrowdHeldBack(Response):
    """A sentence that was not said, in whose conversation."""

    number: int
    text: str
    why: str


class ModelToolCount(Response):
    """How often the model had something done, or was refused it."""

    name: str
    refused: bool
    times: int


class ModelLacking(Response):
    """What people said that the script has no fact for."""

    text: str
    times: int


class ModelReport(Response):
    """What a crowd showed; the last line."""

    kind: Literal["report"] = "report"
    people: int = Field(description="How many were called;")
    wanted: int = Field(description="fewer than were wanted where it cost too much.")
    endings: dict[str, int]
    grades: dict[str, int]
    held_back: list[ModelCrowdHeldBack]
    tools: list[ModelToolCount]
    lacking: list[ModelLacking]
    unheeded: list[int] = Field(description="Who asked never to be called again, and was not heeded.")
    failed: int = Field(description="Conversations that the model's failure ended.")
    tokens: int


class ModelCrowdProblem(Response):
    """It could not be brought to its end: a problem's code and words."""

    kind: Literal["problem"] = "problem"
    code: str
    detail: str


class ModelCrowdLine(
    RootModel[
        Annotated[
            ModelEstimate | ModelTalk | ModelReport | ModelCrowdProblem,
            Field(discriminator="kind"),
        ]
    ]
):
    """One line of a crowd, as JSON."""


class ModelChatLine(
    RootModel[
        Annotated[
            ModelHeard | ModelSaid | ModelHeldBack | ModelSupposed | ModelTool | ModelTrouble | ModelStanding,
            Field(discriminator="kind"),
        ]
    ]
):
    """One line of an answer, as JSON."""
