"""What the import services hand out, and how an import's columns and faults are kept as JSON."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, TypeAdapter

from callwright.contacts.columns import Columns
from callwright.contacts.drafts import RowFault
from callwright.db.tables.imports import ImportRow


def _with_corrected(kept: dict[str, Any]) -> dict[str, Any]:
    """Return columns of which all count as chosen by a person where it wasn't noted what they corrected."""
    return {"corrected": kept["places"], **kept}


COLUMNS: TypeAdapter[Columns] = TypeAdapter(Annotated[Columns, BeforeValidator(_with_corrected)])
FAULTS: TypeAdapter[list[RowFault]] = TypeAdapter(list[RowFault])


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import, with the names of its task and of the person who sent the file."""

    row: ImportRow
    task_name: str
    asked_by: str | None


@dataclass(frozen=True, slots=True)
class NewImport:
    """A file as it was sent. ``key`` is the sender's own, so that what is sent twice is imported once."""

    task_id: UUID
    key: UUID
    file_name: str
    content: bytes
    start: bool = False
    """Whether it is imported at once, as its headings are understood."""
