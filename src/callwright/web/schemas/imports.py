"""Files of customers, and what becomes of them."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callwright.web.schemas.base import Moment, Named, Request, Response

ImportState = Literal["taken", "waiting", "running", "done", "failed", "cancelled"]
ColumnKey = Annotated[
    str, Field(pattern=r"^(phone|name|consent|consent_source|(variables|fields)\.[a-z][a-z0-9_]{0,39})$")
]


class Import(Response):
    """A file of customers for a task: `taken` until it is told to be imported."""

    id: UUID
    task: Named
    file_name: str
    file_bytes: int
    file_kept: bool = Field(description="Whether the file, and what its failed rows said, is still there.")
    asked_by: str | None
    asked_at: Moment
    ended_at: Moment | None
    state: ImportState
    progress: float = Field(description="How much of it is done, 0 to 1.")
    failure: str | None = Field(description="Why it failed as a whole: a stable code.")
    rows: int
    imported: int = Field(description="New in the task.")
    updated: int = Field(description="Known customers whom the file changed.")
    unchanged: int = Field(description="Known customers of whom it adds nothing to what is known.")
    duplicates: int = Field(description="Rows whose number stood in the file before.")
    changed_in_task: int = Field(
        description="In the task already and never called: a first call is held by what the file says."
    )
    too_late: int = Field(
        description="In the task already, called, being called, or barred from it by a do-not-call list: what the"
        " file says else is in the book alone."
    )
    already_in_task: int = Field(description="In the task already: the file says nothing else for their calls.")
    failed: int = Field(description="Rows that were not taken.")


class ColumnChoice(Response):
    """What can stand in a column of the file."""

    key: str = Field(examples=["phone", "variables.last_visit", "fields.city"])
    label: str = Field(description="Of a variable or a field; else as the key.")
    required: bool


class ImportPreview(Response):
    """The beginning of a file, and how its columns were understood."""

    heading_row: int = Field(description="From 1; 0 where the file has no headings.")
    headings: list[str] = Field(
        description="Empty once the file was started as one without headings: `rows` begin with its first row."
    )
    rows: list[list[str]] = Field(description="The first below the headings; the file's first where it has none.")
    places: dict[str, int] = Field(description="In which column, from 0, each of `choices` stands.")
    missing: list[str] = Field(description="What a file has to have and this one doesn't seem to.")
    choices: list[ColumnChoice]


class ImportTaken(Response):
    """A file that was taken."""

    import_: Import = Field(alias="import")
    preview: ImportPreview


class StartImport(Request):
    """How the columns are to be read; as they were understood where nothing is said."""

    heading_row: Annotated[int, Field(ge=0, le=1_000_000)] | None = Field(
        default=None, description="From 1; 0 where the file has no headings."
    )
    places: dict[ColumnKey, Annotated[int, Field(ge=0, lt=500)]] | None = Field(
        default=None, description="In which column, from 0, each stands."
    )
