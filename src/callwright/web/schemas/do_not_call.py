"""The do-not-call lists: the company's own, and the installation's."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callwright.web.schemas.base import Line, Moment, Request, Response, RowFault

NUMBERS = 1000
WORDS = 500

StandingName = Literal["listed", "removed", "all"]
SourceName = Literal["call", "person", "file"]


class DoNotCallEntry(Response):
    """A number that is, or once was, not to be called. A number taken off and listed again has two entries."""

    id: UUID
    phone: str = Field(examples=["+442079460123"], description="E.164, or masked.")
    phone_masked: bool
    source: SourceName = Field(description="Said in a call, entered by a person, or from a file.")
    call_id: UUID | None = Field(description="The call in which the person asked for it.")
    added_at: Moment
    added_by: str | None = Field(description="Name of the person who entered it.")
    note: str = Field(
        description="Kept with it; of a call, the words that asked for it, for whoever may read that call."
    )
    removed_at: Moment | None
    removed_by: str | None
    removed_why: str


class DoNotCallDetail(DoNotCallEntry):
    """An entry with every entry that the same number ever had, itself among them, the newest first."""

    history: list[DoNotCallEntry]


class NewDoNotCall(Request):
    """Numbers to be listed."""

    phones: list[Annotated[Line, Field(max_length=200)]] = Field(
        min_length=1, max_length=NUMBERS, examples=[["+44 20 7946 0123", "020 7946 0124"]]
    )
    note: Line = Field("", max_length=WORDS, examples=["Wrote to us on 3 May"])


class DoNotCallRemoval(Request):
    """Why a number is taken off; kept with it."""

    why: Line = Field(min_length=1, max_length=WORDS, examples=["Asked on 3 May to be called again"])


class DoNotCallAdded(Response):
    """What became of the numbers given."""

    rows: int
    added: int
    already_listed: int
    duplicates: int = Field(description="Rows whose number stood there before.")
    failed: int
    errors: list[RowFault] = Field(description="The first 200.")
