"""What every request and response shares: strict bodies, moments in UTC, pages of a list, problem documents."""

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

from callwright.dialing.gate import GateRule, Verdict
from callwright.kit.names import UNSHOWABLE

Item = TypeVar("Item")


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Moment = Annotated[datetime, PlainSerializer(_in_utc, when_used="json")]
"""A moment, written as ISO 8601 in UTC with milliseconds."""

REFERENCE = "#/components/schemas/{model}"
"""Where the API's description keeps a model."""

FIRST_YEAR, LAST_YEAR = 2000, 2199


def _of_our_time(moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        message = "It has to lie between the years {first} and {last}"
        raise PydanticCustomError("far_moment", message, {"first": FIRST_YEAR, "last": LAST_YEAR})
    return moment


SomeMoment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
"""A moment as people send it: near enough that every clock, zone and database can tell it."""


def _shown(text: str) -> str:
    if UNSHOWABLE.search(text):
        raise PydanticCustomError("control_characters", "It holds characters that can't be shown or spoken")
    return text


Line = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_shown)]
"""Text of one line as people type it, without the space around it. Not for passwords and sources."""

Sought = Annotated[Line, Field(max_length=200, description="Part of a name or a number.")]
"""Whom a list is searched for: what can't be shown is refused, as a search for nothing would find everybody."""

Milliseconds = Annotated[int, Field(ge=0, description="Milliseconds.")]


HIGHEST = 2**31 - 1
"""Of whole numbers: the database's counts go no further."""

Number = Annotated[int, Field(ge=1, le=HIGHEST)]
"""The number of a version, or of anything else that is counted from 1."""

Revision = Annotated[int, Field(ge=0, le=HIGHEST)]
"""How many changes were seen."""


class Request(BaseModel):
    """A body that is sent to us: an unknown field is an error, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid")


class Response(BaseModel):
    """A body that we send."""

    model_config = ConfigDict(from_attributes=True)


class Page(Response, Generic[Item]):
    """One page of a list; ``next`` is what to pass as ``after`` for the following page, null on the last."""

    items: list[Item]
    next: str | None = None


class FieldFault(Response):
    """What is wrong in one place of what was sent."""

    where: str = Field(examples=["concurrency"], description="A field of the body, or query.field.")
    message: str = Field(examples=["Input should be greater than 0"])


class RowFault(Response):
    """A row that was not taken, and why; ``row`` counts as the spreadsheet shows it, or among the lines sent."""

    row: int
    column: str = Field(examples=["phone"])
    value: str | None = None
    code: str = Field(examples=["phone-length"], description="Stable; `fields` are what its words speak of.")
    fields: dict[str, str | int]
    reason: str = Field(examples=["this is not a phone number: it has too few or too many digits"])


class ScriptFault(Response):
    """What is wrong in one place of a script."""

    node: str | None = Field(description="Where; null for the script as a whole.")
    rule: str = Field(examples=["missing-branch"], description="Stable; `values` are what its words speak of.")
    message: str
    remedy: str
    values: dict[str, str]
    field: str | None = Field(examples=["branches.yes"], description="Where in the node, or in the script.")
    path: list[str] = Field(description="The nodes by which a call comes to it, where that tells something.")


class Problem(BaseModel):
    """An error, as RFC 9457 says; further members depend on ``code``."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["/errors/not-found"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no task 0198c0de-0000-7000-8000-000000000000."])
    code: str = Field(examples=["not-found"])
    errors: list[FieldFault] | None = None
    faults: list[ScriptFault] | None = None
    incident: str | None = Field(None, description="Of an unexpected error: what to look for in the log.")


class Named(Response):
    """Another thing, to be linked to."""

    id: UUID
    name: str


class ScriptVersionName(Named):
    """A version of a script, to be linked to."""

    version: int


Json = dict[str, Any]


class GateWord(Response):
    """What the gate said of a call at the moment of dialling."""

    verdict: Verdict
    rule: GateRule = Field(description="The rule that decided.")
    until: Moment | None
    detail: dict[str, Any]
