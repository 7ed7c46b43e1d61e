"""The customer book: entries, cards, changes."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from callwright.contacts.do_not_call import Barred
from callwright.contacts.drafts import LONGEST_VALUE, UNPRINTABLE
from callwright.web.schemas.base import Line, Moment, Named, Request, Response, Revision, SomeMoment, Sought
from callwright.web.schemas.calls import PhoneStateName
from callwright.web.schemas.tasks import ConsentNote

MOST_TAGS = 30
MOST_FIELDS = 200
LONGEST_TAG = 40
LONGEST_NOTES = 10_000


def _printable(text: str) -> str:
    if UNPRINTABLE.search(text):
        raise PydanticCustomError("control_characters", "It holds characters that can't be shown")
    return text


def _each_once(tags: list[str]) -> list[str]:
    return list(dict.fromkeys(tags))


Name = Annotated[Line, Field(max_length=200)]
Category = Annotated[Line, Field(max_length=60)]
Tag = Annotated[Line, Field(min_length=1, max_length=LONGEST_TAG)]
Tags = Annotated[list[Tag], Field(max_length=MOST_TAGS), AfterValidator(_each_once)]
Notes = Annotated[str, StringConstraints(max_length=LONGEST_NOTES), AfterValidator(_printable)]
FieldName = Annotated[Line, Field(min_length=1, max_length=100)]
FieldAsked = Annotated[
    Line,
    Field(
        pattern=r"^[a-z][a-z0-9_]{0,39}:.",
        max_length=40 + 1 + LONGEST_VALUE,
        description="A custom field's key, a colon, and its value.",
    ),
]
GradeAsked = Annotated[Line, Field(max_length=20)]
Whose = Literal["me", "nobody"]
WhoseAsked = Annotated[Whose | UUID, Field(description="`nobody` for the public pool, or whose.")]
FieldValue = Annotated[Line, Field(max_length=LONGEST_VALUE)]


MOST_IDS = 1000
"""So many customers can be named one by one."""


class BookAsked(Request):
    """Which customers of the book are meant; what is null does not matter."""

    text: Sought | None = None
    owner: WhoseAsked | None = None
    category: Category | None = None
    tag: Tag | None = None
    phone_state: PhoneStateName | None = Field(default=None, description="Of the latest call.")
    grade: GradeAsked | None = Field(default=None, description="Of the latest call.")
    due_since: SomeMoment | None = Field(default=None, description="To be followed up then or later.")
    due_before: SomeMoment | None = Field(default=None, description="To be followed up earlier.")
    due: bool | None = Field(default=None, description="Whether to be followed up at all.")
    field: FieldAsked | None = None


class CustomerCount(Response):
    """How many customers a list has."""

    count: int


class LatestCall(Response):
    """How a customer was called last."""

    id: UUID | None = Field(description="Null once its task was deleted with it.")
    called_at: Moment
    phone_state: PhoneStateName
    grade: str | None


class BookCustomer(Response):
    """A customer in a list of the book."""

    id: UUID
    name: str
    phone: str
    phone_masked: bool
    owner: Named | None = Field(description="Whose customer it is; null for one of the public pool.")
    category: str
    tags: list[str]
    follow_up_at: Moment | None
    consent: bool | None = Field(description="Agreed to be called, or took that back; null where nobody noted it.")
    calls: int
    last_call: LatestCall | None
    fields: dict[str, str] = Field(
        description="The company's own, and what its scripts ask for, by key; hidden like numbers."
    )


class OtherNumber(Response):
    """Another number of the same person."""

    phone: str
    barred: Barred | None = Field(description="Whose do-not-call list it is on.")


class CustomerChangeNote(Response):
    """That somebody changed a customer."""

    what: list[str] = Field(description="The parts by name; a field of your own as `fields.` and its name.")
    changed_by: str | None
    changed_at: Moment


class CustomerCard(BookCustomer):
    """Everything known of a customer but the calls: `GET /calls?customer_id=` has those."""

    notes: str
    revision: int = Field(description="Counts its changes: who changes it names the one they saw.")
    created_at: Moment
    barred: Barred | None = Field(description="Whose do-not-call list the number is on.")
    other_numbers: list[OtherNumber] = Field(description="Of customers who were merged into this one.")
    consents: list[ConsentNote]
    changes: list[CustomerChangeNote] = Field(description="The latest 50, the newest first.")


class ChangedCustomer(Request):
    """What to change of a customer; what is not named stays."""

    revision: Revision = Field(
        description="The one that was seen. Where somebody changed the same part since, it is refused as"
        " customer-changed."
    )
    name: Name = ""
    category: Category = ""
    tags: Tags = Field(default_factory=list)
    notes: Notes = ""
    owner_id: UUID | None = Field(None, description="Null gives the customer back to the public pool.")
    follow_up_at: SomeMoment | None = None
    fields: dict[FieldName, FieldValue | None] = Field(
        default_factory=dict, max_length=MOST_FIELDS, description="Those named are changed; null takes one away."
    )


class MergedCustomer(Request):
    """One who is merged into another."""

    id: UUID
    revision: Revision = Field(description="The one that was seen.")


class MergeCustomers(ChangedCustomer):
    """Who become one card, and what it says; of what is not named, what is known of any of them.

    Tags and notes come together; whatever else, that of the kept customer first.
    """

    others: Annotated[list[MergedCustomer], Field(min_length=1, max_length=9)]


class DuplicateCustomers(Response):
    """Customers who may be one person: they have `value` in common."""

    value: str
    customers: list[BookCustomer]


class BookChoices(Response):
    """What can be chosen among."""

    me: UUID
    owners: list[Named] = Field(description="Who can have customers; only oneself for those who give to nobody.")
    categories: list[str]
