"""Webhooks: addresses that are told of events, and what was sent to them."""

from typing import Annotated, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field

from callwright.channels.addresses import LONGEST
from callwright.db.events import EventData
from callwright.web.schemas.base import Line, Moment, Request, Response
from callwright.webhooks.schemas import DeliveryState

Data = TypeVar("Data", bound=EventData)

KINDS_DESCRIPTION = "Kinds of events, as `webhooks` of this description lists them."


class Webhook(Response):
    """An address that is told of events."""

    id: UUID
    name: str
    url: str
    kinds: list[str] = Field(description=KINDS_DESCRIPTION, examples=[["call.ended"]])
    active: bool
    failing_since: Moment | None = Field(description="Of the first failure since something was taken.")
    given_up_at: Moment | None = Field(description="When it was switched off, as nothing was taken any more.")
    created_at: Moment


class MadeWebhook(Webhook):
    """A webhook with its secret, which is told this once."""

    secret: str = Field(description="What signs: `whsec_` and base64, as Standard Webhooks says.")


class WebhookSecret(Response):
    """Another secret of a webhook, which is told this once."""

    secret: str


class WebhookDraft(Request):
    """A webhook as it shall be; all of it at once."""

    name: Annotated[Line, Field(min_length=1, max_length=80)]
    url: Annotated[Line, Field(min_length=1, max_length=LONGEST)] = Field(examples=["https://crm.example/calls"])
    kinds: list[str] = Field(min_length=1, max_length=50, description=KINDS_DESCRIPTION)
    active: bool = True


class Delivery(Response):
    """Something that was sent to a webhook, or will be, with what came of it last."""

    id: UUID
    event_id: UUID = Field(description="What `webhook-id` says, the same however often it is sent.")
    kind: str
    created_at: Moment
    state: DeliveryState
    tries: int
    next_at: Moment = Field(description="When it is sent next, while it waits.")
    tried_at: Moment | None
    status: int | None = Field(description="HTTP's, of the answer.")
    took_ms: int | None
    failure: str = Field(
        description="Why there was no answer: refused_address, name, connection, encryption, timeout or protocol."
    )
    answer: str = Field(description="How the answer begins.")
    body: str = Field(description="What is sent.")


class Message(BaseModel, Generic[Data]):
    """What a webhook is sent."""

    type: str
    timestamp: Moment = Field(description="When it happened.")
    data: Data
