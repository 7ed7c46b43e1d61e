"""A script tried in writing."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from callwright.web.schemas.base import Line, Request, Response
from callwright.web.schemas.calls import GradeReason
from callwright.web.schemas.script_content import ScriptContent

MOST_EVENTS = 200


class ChatSaid(Request):
    """The person said something."""

    said: Line = Field(min_length=1, max_length=500)


class ChatKey(Request):
    """The person pressed a key."""

    key: str = Field(pattern=r"^[0-9*#A-D]$")


class ChatSilence(Request):
    """The person said nothing for as long as was waited."""

    silence: Literal[True]


class ChatHangUp(Request):
    """The person hung up."""

    hang_up: Literal[True]


ChatEvent = ChatSaid | ChatKey | ChatSilence | ChatHangUp


class Chat(Request):
    """A conversation from its beginning: what the person did so far. Nothing of it is kept."""

    content: ScriptContent | None = Field(None, description="A script that may not be kept yet; or else")
    script_id: UUID | None = Field(None, description="one that is, by its current version.")
    variables: dict[Line, Annotated[Line, Field(max_length=200)]] = Field(
        default={},
        max_length=200,
        description="What is known of the customer; else the examples that the script gives.",
    )
    events: list[ChatEvent] = Field(default=[], max_length=MOST_EVENTS)

    @model_validator(mode="after")
    def _one_script(self) -> "Chat":
        if (self.content is None) is (self.script_id is None):
            raise PydanticCustomError("one_script", "Send either content or script_id")
        return self


class ChatMeaning(Response):
    """An intent, or a question of the knowledge base, and how sure the classifier is of it."""

    intent: str
    score: float


class ChatHeard(Response):
    """What the person's words were taken for."""

    text: str
    meant: ChatMeaning | None = Field(description="What was acted upon; null where nothing was understood.")
    likely: list[ChatMeaning] = Field(description="The likeliest, best first: the second best shows a close call.")


class ChatSpeech(Response):
    """Something that is said to the person."""

    text: str
    interruptible: bool
    recording: str | None = Field(description="The hash of the recording that is played for it.")


class ChatMessage(Response):
    """A text message that a call would send here. Nothing is sent to anybody who tries a script."""

    template: str
    values: dict[str, str] = Field(description="What the call would know by then, by the names of its variables.")


class ChatStep(Response):
    """What followed from one event; the first step is the beginning of the call."""

    heard: ChatHeard | None = None
    key: str | None = None
    silence: bool = False
    hung_up: bool = False
    said: list[ChatSpeech]
    messages: list[ChatMessage]
    entered: list[str] = Field(description="The nodes that were reached, in their order.")
    node: str = Field(description="Where the conversation stands after it.")
    collected: dict[str, str]


class ChatGrade(Response):
    """The grade that the conversation has so far."""

    name: str
    label: str
    reasons: list[GradeReason]


class ChatReply(Response):
    """The conversation as it went."""

    model_config = ConfigDict(from_attributes=True)

    steps: list[ChatStep]
    node: str
    collected: dict[str, str]
    ended: str | None = Field(description="Why we hung up, or `hung_up` where they did; null while it goes on.")
    grade: ChatGrade
    talk_s: float = Field(description="How long it would have lasted, spoken.")
