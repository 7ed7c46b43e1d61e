"""What a time line is made of."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.schemas import CallSummary


class EntryKind(StrEnum):
    """What happened. Of one moment, those further down come first."""

    BOOK = "book"
    """A number came into the customer book."""
    TASK = "task"
    """A number came into a call task."""
    CHANGE = "change"
    """Somebody changed what no other kind tells of."""
    OWNER = "owner"
    NOTE = "note"
    FOLLOW_UP = "follow_up"
    MERGE = "merge"
    CONSENT = "consent"
    DO_NOT_CALL = "do_not_call"
    """A number was put on the company's do-not-call list."""
    CALL_AGAIN = "call_again"
    """A number was taken off that list."""
    CALL = "call"
    MESSAGE = "message"
    """A message was written down for them."""


RANK = {kind: rank for rank, kind in enumerate(EntryKind)}


@dataclass(frozen=True, slots=True)
class Person:
    """Whose time line it is: every customer who is this person, and every number (E.164) of theirs."""

    customer_ids: Sequence[UUID]
    phones: Sequence[str]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an entry stands. The latest comes first; no two entries have the same place."""

    at: datetime
    id: UUID
    rank: int


@dataclass(frozen=True, slots=True)
class InBulk:
    """That something was changed of many customers at once: by which act, or by taking that back."""

    act: str
    value: str | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """Which ``parts`` were changed, by name; a field of the company's own as ``fields.`` and its key."""

    parts: Sequence[str]
    bulk: InBulk | None


@dataclass(frozen=True, slots=True)
class OwnerChanged:
    """To whom the customer was given; nobody for the public pool. It is not ``known`` of changes long ago."""

    owner: str | None
    known: bool
    bulk: InBulk | None


@dataclass(frozen=True, slots=True)
class FollowUpChanged:
    """When it is to be followed up; nothing once that is done. It is not ``known`` of changes long ago."""

    due_at: datetime | None
    known: bool


@dataclass(frozen=True, slots=True)
class NothingMore:
    """The kind says it all."""


@dataclass(frozen=True, slots=True)
class ConsentNoted:
    """What was noted of consent, whence it is known, and who said so: a ``person``, or a ``file``."""

    given: bool
    source: str
    origin: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A number put on the do-not-call list or taken off it: why, and ``source`` and call by which it came there."""

    phone: str
    why: str
    source: str
    call_id: UUID | None


@dataclass(frozen=True, slots=True)
class IntoTask:
    """The task that a number came into."""

    task_id: UUID
    task_name: str
    phone: str


@dataclass(frozen=True, slots=True)
class IntoBook:
    """The number that came into the book."""

    phone: str


@dataclass(frozen=True, slots=True)
class MessageSent:
    """A message after a call, how far it is, and why where it is held or failed."""

    call_id: UUID
    text: str
    sends_nothing: bool
    state: str
    why: str
    detail: str


What = (
    Changed
    | OwnerChanged
    | FollowUpChanged
    | NothingMore
    | ConsentNoted
    | Listed
    | IntoTask
    | IntoBook
    | CallSummary
    | MessageSent
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened; ``who`` is a person's name, nothing where nobody did it or they are gone."""

    kind: EntryKind
    at: datetime
    id: UUID
    who: str | None
    what: What

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.at, self.id, RANK[self.kind])


Source = Callable[[AsyncSession, Person, Place | None, int], Awaitable[Sequence[Entry]]]
"""Whence entries of one kind come: at most so many of a person's, those behind the place, in order."""
