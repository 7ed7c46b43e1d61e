"""Lists that are written to files."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callwright.contacts.schemas import BookOrder
from callwright.web.schemas.base import Line, Moment, Named, Request, Response, SomeMoment, Sought
from callwright.web.schemas.calls import PhoneStateName
from callwright.web.schemas.customers import MOST_IDS, BookAsked, Tag
from callwright.web.schemas.lists import Columns
from callwright.web.schemas.tasks import CustomerStateName

ExportState = Literal["waiting", "running", "done", "failed", "cancelled"]
TalkLength = Annotated[int, Field(ge=0, le=86_400_000)]


ChosenColumns = Annotated[
    Columns,
    Field(
        min_length=1,
        description="Keys of the list's columns, in their order; one that it doesn't have means nothing. "
        "Without them every column is written.",
    ),
]


class CustomersFilter(Request):
    """The customers of a task, as its page shows them."""

    what: Literal["customers"]
    task_id: UUID
    state: CustomerStateName | None = None
    phone_state: PhoneStateName | None = None
    grade: Annotated[Line, Field(max_length=20)] | None = None
    tag: Tag | None = None
    text: Sought | None = None
    min_talk_ms: TalkLength | None = None
    max_talk_ms: TalkLength | None = None


class CallsFilter(Request):
    """Calls that are over, as a page shows them: of all tasks, or of one."""

    what: Literal["calls"]
    task_id: UUID | None = None
    phone_state: PhoneStateName | None = None
    grade: Annotated[Line, Field(max_length=20)] | None = None
    tag: Tag | None = None
    text: Sought | None = None
    min_talk_ms: TalkLength | None = None
    max_talk_ms: TalkLength | None = None
    since: SomeMoment | None = None
    before: SomeMoment | None = None


class BookFilter(BookAsked):
    """Customers of the book, as their list shows them: those of these `ids`, or all that the filters find."""

    what: Literal["book"]
    order: BookOrder = Field(BookOrder.NEWEST, description="Which come first.")
    ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_IDS)] | None = None


class NewExport(Request):
    """A list to be written to a file."""

    key: UUID = Field(description="Chosen by the sender: what is asked twice under one key is made once.")
    shown: Annotated[CustomersFilter | CallsFilter | BookFilter, Field(discriminator="what")]
    columns: ChosenColumns | None = None
    file_kind: Literal["xlsx", "csv"] = "xlsx"
    language: Literal["en", "zh"] = Field(description="Of headings and states.")
    time_zone: Line = Field(max_length=64, examples=["Europe/London"], description="Whose clock times are told by.")


class Export(Response):
    """A list that was, or is to be, written to a file. It tells of it for good; the file is deleted in time."""

    id: UUID
    what: Literal["customers", "calls", "book"]
    task: Named | None
    filters: dict[str, str | int] = Field(description="Those of the list that were set.")
    file_name: str
    file_bytes: int
    file_kept: bool
    asked_by: str | None
    asked_at: Moment
    ended_at: Moment | None
    state: ExportState
    progress: float = Field(description="How much of it is done, 0 to 1.")
    failure: str | None = Field(description="Why it failed: a stable code.")
    rows: int
    downloads: int
    downloaded_by: str | None = Field(description="Who took the file last.")
    downloaded_at: Moment | None
