"""What an export is asked for with, and what the services hand out."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from pydantic import TypeAdapter

from callwright.calls.schemas import CallFilter, CustomerFilter
from callwright.contacts.schemas import BookFilter, BookOrder
from callwright.db.tables.exports import ExportRow

Language = Literal["en", "zh"]
FileKind = Literal["xlsx", "csv"]
Columns = list[str] | None
"""Keys of columns as ``accounts.lists`` has them, in the order that they have in the file; ``None`` for all."""


@dataclass(frozen=True, slots=True)
class CustomersShown:
    """The customers of a task as its page shows them; what is ``None`` does not matter."""

    task_id: UUID
    state: str | None = None
    phone_state: str | None = None
    grade: str | None = None
    tag: str | None = None
    text: str | None = None
    min_talk_ms: int | None = None
    max_talk_ms: int | None = None
    columns: Columns = None
    what: Literal["customers"] = "customers"

    @property
    def filter(self) -> CustomerFilter:
        """Which of them are shown."""
        return CustomerFilter(
            self.state, self.phone_state, self.grade, self.tag, self.text, self.min_talk_ms, self.max_talk_ms
        )


@dataclass(frozen=True, slots=True)
class CallsShown:
    """Calls that are over as a page shows them, of all tasks or of one."""

    filter: CallFilter = field(default_factory=CallFilter)
    columns: Columns = None
    what: Literal["calls"] = "calls"


@dataclass(frozen=True, slots=True)
class BookShown:
    """Customers of the book in the order of their list; ``masks`` for whoever may not see whole numbers."""

    filter: BookFilter
    order: BookOrder
    masks: bool
    columns: Columns = None
    what: Literal["book"] = "book"


Shown = CustomersShown | CallsShown | BookShown
SHOWN: TypeAdapter[Shown] = TypeAdapter(Shown)


@dataclass(frozen=True, slots=True)
class NewExport:
    """A list as somebody sees it. ``key`` is their own, so that what is asked twice is made once.

    ``time_zone`` (IANA) is whose clock the times are told by.
    """

    key: UUID
    shown: Shown
    file_kind: FileKind
    language: Language
    time_zone: str


@dataclass(frozen=True, slots=True)
class ExportView:
    """An export, with the names of its task, of who asked for it and of who took the file last."""

    row: ExportRow
    task_name: str | None
    asked_by: str | None
    downloaded_by: str | None
