"""What the customer book is asked for, and what it hands out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from callwright.contacts.consent import ConsentNote
from callwright.contacts.do_not_call import Barred


class BookOrder(StrEnum):
    """Which customers come first: each but ``NEWEST`` and ``NAME`` lists only those who have such a moment."""

    NEWEST = "newest"
    NAME = "name"
    CALLED = "called"
    """The latest call first."""
    FOLLOW_UP = "follow_up"
    """What is due first, first."""


@dataclass(frozen=True, slots=True)
class BookPlace:
    """Where a page of the book ended: a customer, and what it is listed by (nothing where by age)."""

    id: UUID
    key: str = ""


@dataclass(frozen=True, slots=True)
class BookFilter:
    """Which customers are wanted; what is ``None`` does not matter.

    ``seen_by`` sees their own and the pool's alone. ``phone_state`` and ``grade`` are of the latest call. ``field``
    is the key of a custom field, with its value. ``due`` tells whether they are to be followed up at all. ``ids``
    are those chosen one by one.
    """

    text: str | None = None
    seen_by: UUID | None = None
    owner_id: UUID | None = None
    in_pool: bool = False
    category: str | None = None
    tag: str | None = None
    phone_state: str | None = None
    grade: str | None = None
    due_since: datetime | None = None
    due_before: datetime | None = None
    due: bool | None = None
    field: tuple[str, str] | None = None
    ids: Sequence[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a customer is."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class LastCall:
    """How a customer was called last; ``id`` is missing once its task was deleted with it."""

    id: UUID | None
    called_at: datetime
    phone_state: str
    grade: str | None


@dataclass(frozen=True, slots=True)
class BookEntry:
    """A customer as the book lists it. ``phone`` is E.164."""

    id: UUID
    name: str
    phone: str
    owner: Owner | None
    category: str
    tags: list[str]
    follow_up_at: datetime | None
    consent: bool | None
    calls: int
    last_call: LastCall | None
    fields: dict[str, str]
    """Custom ones, and the variables of scripts, by name."""


@dataclass(frozen=True, slots=True)
class Change:
    """That somebody changed ``what``; nobody is named where they are gone."""

    what: list[str]
    changed_by: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """Another number (E.164) of the same person, and whose do-not-call list it is on."""

    phone: str
    barred: Barred | None


@dataclass(frozen=True, slots=True)
class Card:
    """Everything known of a customer but the calls. ``barred`` tells whose do-not-call list the number is on."""

    entry: BookEntry
    notes: str
    revision: int
    created_at: datetime
    barred: Barred | None
    other_numbers: Sequence[OtherNumber]
    consents: Sequence[ConsentNote]
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changes a customer; whoever is not ``leading`` reaches their own and the pool's, and gives to nobody.

    Without an id it is the house itself, which leads.
    """

    id: UUID | None
    leading: bool
