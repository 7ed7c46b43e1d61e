"""Scripts and their versions."""

from uuid import UUID

from pydantic import Field

from callwright.web.schemas.base import Line, Moment, Request, Response, ScriptFault

SOURCE_CHARACTERS = 200_000


class Variable(Response):
    """What a script must know of a customer: a column of the import."""

    name: str = Field(examples=["last_visit"])
    label: str = Field(examples=["Last visit"])
    required: bool
    example: str = Field(examples=["last April"])


class PublishedVersion(Response):
    """The version that new tasks use."""

    id: UUID
    number: int
    published_at: Moment


class DraftVersion(Response):
    """The newest version, where it is not published."""

    id: UUID
    number: int


class ScriptOut(Response):
    """A script, by its newest version."""

    id: UUID
    name: str = Field(examples=["Check-up reminder"])
    language: str = Field(examples=["en"])
    versions: int = Field(description="How many versions there are.")
    published: PublishedVersion | None
    draft: DraftVersion | None
    variables: list[Variable]
    grades: list[str] = Field(examples=[["A", "B", "C", "D", "E", "F"]])


class ScriptDetail(ScriptOut):
    """A script with the source of its newest version and what keeps that from being published."""

    source: str
    faults: list[ScriptFault]


class NewScript(Request):
    """A script's source; of a name that exists it becomes that script's next version, as a draft."""

    name: Line | None = Field(None, min_length=1, max_length=200, description="Else the name inside the source.")
    source: str = Field(max_length=SOURCE_CHARACTERS, description="YAML.")
