"""The fields that a company defines for its customers."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from callwright.contacts.custom_fields import FieldKind
from callwright.contacts.field_list import MOST_FIELDS
from callwright.web.schemas.base import Line, Request, Response

Label = Annotated[Line, Field(min_length=1, max_length=60)]
Choices = Annotated[list[Annotated[Line, Field(min_length=1, max_length=80)]], Field(max_length=100)]


class CustomField(Response):
    """A field of every customer."""

    id: UUID
    key: str = Field(description="Its name in `fields` of a customer, and over a column of a file; never changes.")
    label: str
    kind: FieldKind
    required: bool = Field(description="Whether nobody comes into the book without it.")
    choices: list[str] = Field(description="Of kind `choice`.")
    retired: bool = Field(description="Neither asked for nor taken any longer; what customers have of it stays.")


class NewCustomField(Request):
    """A field to be defined."""

    label: Label
    kind: FieldKind = Field(description="Never changes.")
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")] | None = Field(
        default=None, description="One that fits the label where nothing is said."
    )
    required: bool = False
    choices: Choices = Field(default_factory=list)


class ChangedCustomField(Request):
    """What a field shall be; all of it at once."""

    label: Label
    required: bool
    choices: Choices = Field(description="What customers have stays, also where it is none of them any longer.")
    retired: bool


class FieldOrder(Request):
    """In which order the fields that are in use are shown."""

    ids: Annotated[list[UUID], Field(max_length=MOST_FIELDS)]
