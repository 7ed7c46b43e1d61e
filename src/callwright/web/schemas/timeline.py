"""What happened with a customer."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callwright.contacts.bulk_statements import BulkAct
from callwright.messaging.schemas import MessageState
from callwright.web.schemas.base import Moment, Named, Response
from callwright.web.schemas.calls import CallSummary

NumberSource = Literal["call", "person", "file"]


class Happened(Response):
    """Something that happened, by `id` and `kind` told from all else."""

    id: UUID
    at: Moment
    who: str | None = Field(description="Who did it; null where nobody did, or they are gone.")


class CallHappened(Happened):
    """A call that is over."""

    kind: Literal["call"]
    call: CallSummary


class BulkNote(Response):
    """That it was done to many customers at once."""

    act: BulkAct
    value: str | None = Field(description="The tag or the category.")
    undone: bool = Field(description="It was such a change being taken back.")


class CustomerChanged(Happened):
    """Somebody changed parts that no other kind tells of."""

    kind: Literal["change"]
    parts: list[str] = Field(description="By name; a field of your own as `fields.` and its name.")
    bulk: BulkNote | None


class OwnerChanged(Happened):
    """The customer was given to somebody, or to the public pool."""

    kind: Literal["owner"]
    owner: str | None = Field(description="To whom; null for the public pool.")
    known: bool = Field(description="Whether that is known.")
    bulk: BulkNote | None


class NoteChanged(Happened):
    """Somebody changed the notes."""

    kind: Literal["note"]


class FollowUpChanged(Happened):
    """A follow-up was made, or done."""

    kind: Literal["follow_up"]
    due_at: Moment | None = Field(description="When; null once there is none any more.")
    known: bool = Field(description="Whether that is known.")


class CustomersMerged(Happened):
    """Others were merged into this customer."""

    kind: Literal["merge"]


class ConsentHappened(Happened):
    """Consent was given or taken back."""

    kind: Literal["consent"]
    given: bool
    source: str = Field(description="Whence it is known.")
    origin: Literal["person", "file"]


class NumberListed(Happened):
    """A number was put on the company's do-not-call list (`do_not_call`), or taken off it (`call_again`)."""

    kind: Literal["do_not_call", "call_again"]
    phone: str
    why: str
    source: NumberSource = Field(description="How it came there.")
    call_id: UUID | None = Field(description="The call in which the person asked for it.")


class IntoTask(Happened):
    """A number came into a call task."""

    kind: Literal["task"]
    task: Named
    phone: str


class IntoBook(Happened):
    """A number came into the customer book."""

    kind: Literal["book"]
    phone: str


class MessageHappened(Happened):
    """A message after a call was written down; its state is that of now."""

    kind: Literal["message"]
    call_id: UUID
    text: str
    sends_nothing: bool = Field(description="Whether its channel sends nothing, for trying out.")
    state: MessageState
    why: str = Field(description="Why it is held or failed, as a code; else empty.")
    detail: str


TimelineEntry = Annotated[
    CallHappened
    | CustomerChanged
    | OwnerChanged
    | NoteChanged
    | FollowUpChanged
    | CustomersMerged
    | ConsentHappened
    | NumberListed
    | IntoTask
    | IntoBook
    | MessageHappened,
    Field(discriminator="kind"),
]


class Timeline(Response):
    """One page of what happened with a customer; ``next`` is what to pass as ``after`` for the following page."""

    items: list[TimelineEntry]
    next: str | None
