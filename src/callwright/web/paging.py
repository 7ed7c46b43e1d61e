"""Pages of lists: services take where to begin and how many, the API gives an opaque cursor."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Query

from callwright.calls.schemas import CallPlace, CallSummary
from callwright.contacts.book import place_of
from callwright.contacts.schemas import BookEntry, BookOrder, BookPlace
from callwright.kit.errors import InvalidInputError
from callwright.kit.names import UNSHOWABLE
from callwright.timeline.schemas import Entry, Place

Item = TypeVar("Item")
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
FURTHEST = 2**63 - 1
"""No position in a list is larger: the database keeps it in 64 bits."""
After = Annotated[str | None, Query(max_length=2000, description="`next` of the page before.")]


class InvalidCursorError(InvalidInputError):
    """What was given as `after` is not where a page of this list ended. Take `next` of the page before."""

    code = "invalid-cursor"


def after_id(cursor: str | None) -> UUID | None:
    """Return the id that a page begins behind. Raises InvalidCursorError."""
    return None if cursor is None else _read(cursor, UUID)


def after_position(cursor: str | None) -> int | None:
    """Return the position that a page begins behind. Raises InvalidCursorError."""
    place = None if cursor is None else _read(cursor, int)
    if place is not None and not -FURTHEST <= place <= FURTHEST:
        raise InvalidCursorError
    return place


def after_call(cursor: str | None) -> CallPlace | None:
    """Return the call that a page begins behind. Raises InvalidCursorError."""
    return None if cursor is None else _read(cursor, _call_place)


def call_cursor(call: CallSummary) -> str:
    """Return what a cursor says of a call, in whatever order it is listed."""
    return f"{call.place.talk_ms}:{call.place.id}"


def after_customer(cursor: str | None, order: BookOrder) -> BookPlace | None:
    """Return the customer that a page of a list in ``order`` begins behind. Raises InvalidCursorError."""
    place = None if cursor is None else _read(cursor, _customer_place)
    if place is not None and order in (BookOrder.CALLED, BookOrder.FOLLOW_UP):
        _moment(place.key)
    return place


def customer_cursor(entry: BookEntry, order: BookOrder) -> str:
    """Return what a cursor says of a customer that is listed in ``order``."""
    place = place_of(entry, order)
    return f"{place.id}:{place.key}"


def after_entry(cursor: str | None) -> Place | None:
    """Return the entry that a page of a time line begins behind. Raises InvalidCursorError."""
    place = None if cursor is None else _read(cursor, _entry_place)
    if place is not None and place.at.tzinfo is None:
        raise InvalidCursorError
    return place


def entry_cursor(entry: Entry) -> str:
    """Return what a cursor says of an entry of a time line."""
    return f"{entry.place.rank}:{entry.id}:{entry.at.isoformat()}"


def page(found: Sequence[Item], limit: int, place: Callable[[Item], object]) -> tuple[Sequence[Item], str | None]:
    """Divide ``limit + 1`` things asked for into a page and the cursor of the next one, if one more was there."""
    if len(found) <= limit:
        return found, None
    shown = found[:limit]
    return shown, _written(place(shown[-1]))


def _call_place(written: str) -> CallPlace:
    talk_ms, _, key = written.partition(":")
    return CallPlace(UUID(key), _in_32_bits(int(talk_ms)))


def _entry_place(written: str) -> Place:
    rank, key, at = written.split(":", 2)
    return Place(datetime.fromisoformat(at), UUID(key), _in_32_bits(int(rank)))


def _customer_place(written: str) -> BookPlace:
    key, _, listed_by = written.partition(":")
    if UNSHOWABLE.search(listed_by):
        raise ValueError(listed_by)
    return BookPlace(UUID(key), listed_by)


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise InvalidCursorError from None
    if moment.tzinfo is None:
        raise InvalidCursorError
    return moment


def _in_32_bits(number: int) -> int:
    if not 0 <= number < 2**31:
        raise ValueError(number)
    return number


Read = TypeVar("Read", UUID, int, CallPlace, BookPlace, Place)


def _written(place: object) -> str:
    return base64.urlsafe_b64encode(str(place).encode()).decode().rstrip("=")


def _read(cursor: str, reader: Callable[[str], Read]) -> Read:
    try:
        return reader(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode())
    except (ValueError, binascii.Error):
        raise InvalidCursorError from None
