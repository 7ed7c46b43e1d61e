"""The order of a time line, as each source asks the database for it."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from callwright.timeline.schemas import RANK, EntryKind, Place

Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])


def placed(
    query: Query,
    at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    key: InstrumentedAttribute[UUID],
    kind: EntryKind,
    behind: Place | None,
    most: int,
) -> Query:
    """Return ``query`` in the time line's order, from behind a place on, at most so many."""
    if behind is not None:
        here: ColumnElement[Any] = tuple_(at, key, literal(RANK[kind]))
        query = query.where(here < tuple_(literal(behind.at), literal(behind.id), literal(behind.rank)))
    return query.order_by(at.desc(), key.desc()).limit(most)
