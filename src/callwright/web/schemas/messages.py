"""Short messages: templates, the channels of the installation, and what a company may send over them."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from callwright.kit.names import UNSHOWABLE
from callwright.messaging.schemas import MessageState, Provider, TemplateState
from callwright.texting.segments import MOST_SEGMENTS, Alphabet
from callwright.texting.windows import MessageKind
from callwright.texting.wording import MOST_CHARACTERS
from callwright.web.schemas.base import Line, Moment, Named, Request, Response

PRICE = "Of one short message, in millionths of the company's currency."


def _lines(text: str) -> str:
    if any(UNSHOWABLE.search(line) for line in text.replace("\r\n", "\n").split("\n")):
        raise PydanticCustomError("control_characters", "It holds characters that can't be shown")
    return text


Text = Annotated[str, StringConstraints(max_length=MOST_CHARACTERS), AfterValidator(_lines)]


class MessageTemplateVersion(Response):
    """One version of a template's text. One that was approved never changes."""

    id: UUID
    number: int
    kind: MessageKind
    text: str
    state: TemplateState
    reason: str = Field(description="Why it was rejected, in the operator's words.")
    submitted_at: Moment | None
    decided_at: Moment | None


class MessageTemplate(Response):
    """A text that customers are sent, in versions."""

    id: UUID
    name: str
    retired_at: Moment | None = Field(description="Since when it is offered no longer.")
    versions: list[MessageTemplateVersion] = Field(description="The newest first.")
    usable: MessageTemplateVersion | None = Field(description="The newest that was approved: tasks may send it.")


class MessageTemplateDraft(Request):
    """A template as it shall be. Text that differs from what was decided upon begins another version."""

    name: Annotated[Line, Field(min_length=1, max_length=80)]
    kind: MessageKind
    text: Text = Field(examples=["Dear {name}, thank you for your time. {company}"])


class MessagePreviewAsked(Request):
    """A text to be counted, as it would be sent to a number of the company's own country."""

    kind: MessageKind
    text: Text


class MessagePreview(Response):
    """A text as it is sent, with its variables left in."""

    text: str = Field(description="With the signature, and how to end such messages where that is asked for.")
    alphabet: Alphabet
    units: int = Field(description="Septets of GSM 7 bit, or 16 bits each in UCS-2.")
    segments: int = Field(description=f"How many short messages carry it, at the most {MOST_SEGMENTS}.")
    variables: list[str]


class MessageAccount(Response):
    """What the company may send over."""

    sender: str
    signature: str
    price: int = Field(description=PRICE)
    trouble: str = Field(
        description="Why nothing can be sent now, as a code; empty where something can: no_channel, switched_off,"
        " not_kept_open, not_connected, not_trusted, not_encrypted, bind_refused, unusable."
    )
    sends_nothing: bool = Field(
        description="Whether the channel sends nothing, for trying out: messages end as unsent, and cost nothing."
    )
    pays_for: int | None = Field(
        description="How many short messages the balance pays for; null where they cost nothing."
    )


class MessageSubmission(Response):
    """A version of a template that waits for the operator."""

    id: UUID
    tenant_id: UUID
    tenant_name: str
    template_name: str
    number: int
    kind: MessageKind
    text: str
    submitted_at: Moment


class MessageRejection(Request):
    """Why a template can't be used as it is."""

    reason: Annotated[Line, Field(min_length=1, max_length=500)] = Field(examples=["It doesn't say who you are."])


class MessageChannel(Response):
    """A way to a network. Its password or key is never told again."""

    id: UUID
    name: str
    provider: Provider
    config: dict[str, Any]
    per_second: int
    active: bool
    trouble: str = Field(description="Why nothing can be sent over it now, as a code; empty where something can.")
    seen_at: Moment | None
    callback: str | None = Field(description="Where a gateway tells of receipts and replies, with what proves it.")
    created_at: Moment


class MessageChannelDraft(Request):
    """A channel as it shall be."""

    name: Annotated[Line, Field(min_length=1, max_length=80)]
    provider: Provider
    config: dict[str, Any] = Field(
        description="SMPP: host, port, system_id, system_type, encrypted, window. A gateway: its description, see"
        " docs/howto/sms.md. null, which sends nothing: {}.",
        examples=[{"host": "smsc.example", "port": 2775, "system_id": "callwright"}],
    )
    per_second: int = Field(10, ge=1, le=500, description="Most messages handed over in a second.")
    active: bool = True
    secret: str | None = Field(
        None, max_length=500, description="The password, or the key that {secret} stands for; null: as it was."
    )


class CompanyMessageAccount(Response):
    """What a company may send over, as the operator set it up."""

    channel_id: UUID | None
    sender: str
    signature: str
    price: int = Field(description=PRICE)
    sends_nothing: bool = Field(description="Whether the channel sends nothing, for trying out.")


class CompanyMessageAccountDraft(Request):
    """What a company may send over from now on."""

    channel_id: UUID
    sender: Annotated[Line, Field(min_length=1, max_length=16)] = Field(examples=["+442079460000", "Callwright"])
    signature: Annotated[Line, Field(max_length=20)] = Field(
        "", description="Stands before each text in 【】, where the network asks for it."
    )
    price: int = Field(ge=0, le=10**12, description=PRICE)


class MessageReply(Response):
    """What somebody answered to a message."""

    at: Moment
    text: str
    opted_out: bool = Field(description="It asks for no more messages; none are sent to this number any more.")


class Message(Response):
    """A message to a customer, and how far it is."""

    id: UUID
    created_at: Moment
    call_id: UUID
    task: Named
    customer: Named
    recipient: str
    kind: MessageKind
    text: str = Field(description="As it is sent; empty where it could not be written.")
    segments: int
    price: int = Field(description=PRICE)
    sends_nothing: bool = Field(description="Whether its channel sends nothing, for trying out.")
    state: MessageState
    why: str = Field(description="Why it is held or failed, as a code; else empty.")
    detail: str = Field(description="What the network said, or which values are missing.")
    due_at: Moment
    sent_at: Moment | None
    ended_at: Moment | None
    replies: list[MessageReply]


class HangUpMessageWish(Request):
    """A message after calls that got one of some grades."""

    template_id: UUID
    grades: list[Annotated[str, Field(max_length=20)]] = Field(min_length=1, max_length=26)


class HangUpMessage(Response):
    """What a task sends after its calls."""

    template_id: UUID
    template_name: str
    version: MessageTemplateVersion
    grades: list[str]
