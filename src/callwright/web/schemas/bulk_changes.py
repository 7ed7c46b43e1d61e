"""Changes of many customers at once."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from callwright.contacts.bulk_statements import BulkAct
from callwright.web.schemas.base import Moment, Request, Response
from callwright.web.schemas.customers import MOST_IDS, BookAsked, Category, Tag


class AddOrRemoveTag(Request):
    """Put a tag on customers, or take it off."""

    act: Literal["add_tag", "remove_tag"]
    tag: Tag


class SetCategory(Request):
    """Give customers a category, or none."""

    act: Literal["set_category"]
    category: Category


class Assign(Request):
    """Give customers to somebody."""

    act: Literal["assign"]
    owner_id: UUID


class Release(Request):
    """Give customers back to the public pool."""

    act: Literal["release"]


class NewBulkChange(Request):
    """What to do with whom: with those of these `ids`, or all that the filters in `matching` find."""

    key: UUID = Field(description="Chosen by the sender: what is asked twice under one key is done once.")
    change: Annotated[AddOrRemoveTag | SetCategory | Assign | Release, Field(discriminator="act")]
    ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_IDS)] | None = None
    matching: BookAsked | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "NewBulkChange":
        if (self.ids is None) == (self.matching is None):
            raise PydanticCustomError("ids_or_matching", "Give ids or matching, and not both")
        return self


class BulkChange(Response):
    """A change of many customers, and how far it is."""

    id: UUID
    act: BulkAct
    value: str = Field(description="The tag or the category.")
    owner: str | None = Field(description="Who was given the customers.")
    asked_by: str | None
    asked_at: Moment
    state: Literal["waiting", "running", "done", "undoing", "undone"]
    total: int = Field(description="How many were meant when it was asked for.")
    looked_at: int = Field(description="How many of them were looked at, by the change or by taking it back.")
    changed: int = Field(description="How many were otherwise before.")
    restored: int = Field(description="How many were as the change left them when it was taken back.")
    failure: str | None = Field(description="Why it was given up: a stable code.")
    ended_at: Moment | None
    undoable: bool = Field(description="Whether it can be taken back: within seven days.")
