"""Lists as people like to see them."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from callwright.accounts.lists import ListName
from callwright.web.schemas.base import Line, Named, Request, Response

MOST_COLUMNS = 100
LONGEST_SEARCH = 4000

Columns = Annotated[
    list[Annotated[Line, Field(min_length=1, max_length=80)]],
    Field(
        max_length=MOST_COLUMNS, description="Keys of the list's columns; one that it doesn't have means nothing."
    ),
]
Search = Annotated[
    str,
    Field(
        max_length=LONGEST_SEARCH,
        pattern=r'^[!-"$-~]*$',
        description="Filters, search and order: what stands in the page's address behind the question mark.",
        examples=["whose=mine&due=overdue"],
    ),
]


class ListColumnChoice(Request):
    """Columns that are to be seen or not, whatever the list shows by itself; of others it decides."""

    model_config = ConfigDict(from_attributes=True)

    shown: Columns
    hidden: Columns


class ListColumns(Request):
    """Which columns one sees of a list; with none named, those that it shows by itself."""

    list: ListName
    columns: ListColumnChoice


class ViewDraft(Request):
    """A view as it shall be; all of it at once."""

    name: Annotated[Line, Field(min_length=1, max_length=80, description="Unique among one's views of the list.")]
    search: Search
    columns: ListColumnChoice
    shared: bool = Field(
        default=False, description="Whether everybody in the company who sees the list can use it."
    )


class NewView(ViewDraft):
    """A view to be saved."""

    list: ListName


class SavedView(Response):
    """A list's filters, order and columns under a name."""

    id: UUID
    list: ListName
    name: str
    search: str
    columns: ListColumnChoice
    shared: bool
    owner: Named
    mine: bool = Field(description="Whether one may change and remove it.")
