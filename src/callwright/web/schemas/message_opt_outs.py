"""Who wants no more messages."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from callwright.web.schemas.base import Line, Moment, Named, Request, Response, SomeMoment

WORDS = 500
OptOutStanding = Literal["listed", "removed", "all"]


class MessageOptOut(Response):
    """A number that wants no more messages, or once wanted none. Opted out again it has two entries."""

    id: UUID
    phone: str = Field(examples=["+442079460123"], description="E.164, or masked.")
    customer: Named | None = Field(description="Of the book, by that number.")
    at: Moment = Field(description="When they last asked for it.")
    said: str = Field(description="The words by which they opted out.")
    removed_at: Moment | None
    removed_by: str | None
    removed_why: str


class OptOutRemoval(Request):
    """Why a number may be written to again; kept with it."""

    at: SomeMoment = Field(description="That of the opt-out as it was read: what they asked for later stands.")
    why: Line = Field(min_length=1, max_length=WORDS, examples=["Asked by phone on 3 May for our messages"])
