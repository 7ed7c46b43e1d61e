"""Customers with something in common, few or many, and the pages of lists in which they are looked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Label,
    Select,
    SQLColumnExpression,
    Subquery,
    UnaryExpression,
    Uuid,
    and_,
    any_,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.operators import desc_op

MOST = 2_000
"""So many are looked up before anything else."""
FAR = 20_000
"""So many are looked up where a short walk along a list meets too few of them."""
WALKS = (10_000, 100_000)
"""How many rows of a list are looked at before those are looked up, and before all are: 5 µs each."""


class Within(StrEnum):
    """Among whom customers are looked for."""

    BOOK = "book"
    CALLED = "called"


Place = UUID | Within
"""A task, or one of these."""


@dataclass(frozen=True, slots=True)
class Found:
    """Customers with something in common: ``ids`` of them all, or nothing there where they are more than ``MOST``.

    Then ``fits`` tells of one by their id whether they are among them (in the book, of its row), and ``find`` finds
    at most so many of those in a place, or all. What is ``plain`` is quicker asked of every row than found.
    """

    ids: Sequence[UUID] | None
    fits: Callable[[SQLColumnExpression[UUID]], ColumnElement[bool]]
    find: Callable[[int | None], Select[UUID]]
    plain: bool = False

    def among(self, customer_id: SQLColumnExpression[UUID]) -> ColumnElement[bool]:
        """Return the condition of a list that is read to its end."""
        if self.ids is not None:
            return customer_id == any_(literal(list(self.ids), ARRAY(Uuid)))
        return self.fits(customer_id) if self.plain else customer_id.in_(self.find(None))

    def one_by_one(self, customer_id: SQLColumnExpression[UUID]) -> ColumnElement[bool]:
        """Return the condition of a list that is read bit by bit, in its order."""
        return self.among(customer_id) if self.ids is not None else self.fits(customer_id)


async def first_of(
    session: AsyncSession,
    rows: Select[UUID],
    ordering: Sequence[SQLColumnExpression[Any]],
    *,
    customer_id: SQLColumnExpression[UUID],
    found: Sequence[Found],
    limit: int,
) -> Sequence[UUID]:
    """Return the first ids of ``rows``, in their order, whose ``customer_id`` is among all that were ``found``.

    What many have is soon met by whoever walks along the list, unless all of it stands at the end, or nowhere: then
    it is looked up after all.
    """
    walk = _Walk(rows, ordering, customer_id, limit)
    if all(one.ids is not None for one in found):
        return (await session.scalars(walk.to_the_end(found))).all()
    near, far = WALKS
    met = list(await session.scalars(walk.along(found, near)))
    if len(met) == limit:
        return met
    known = [await _looked_up(session, one) for one in found]
    if known == list(found):
        # From its beginning: behind rows that came meanwhile the last ones would be met again.
        met = list(await session.scalars(walk.along(found, far)))
        if len(met) == limit:
            return met
    return (await session.scalars(walk.to_the_end(known))).all()


async def _looked_up(session: AsyncSession, found: Found) -> Found:
    """Return those who were found with their ids, where they are not more than ``FAR``."""
    if found.ids is not None:
        return found
    ids = (await session.scalars(found.find(FAR + 1))).all()
    return found if len(ids) > FAR else replace(found, ids=ids)


@dataclass(frozen=True, slots=True)
class _Walk:
    """The first ``limit`` of ``rows`` are wanted, in their order."""

    rows: Select[UUID]
    ordering: Sequence[SQLColumnExpression[Any]]
    customer_id: SQLColumnExpression[UUID]
    limit: int

    def to_the_end(self, found: Sequence[Found]) -> Select[UUID]:
        """Return the statement of those who were found, wherever they stand."""
        among = (one.among(self.customer_id) for one in found)
        return self.rows.where(*among).order_by(*self.ordering).limit(self.limit)

    def along(self, found: Sequence[Found], most: int) -> Select[UUID]:
        """Return the statement of those who were found among the first ``most`` rows."""
        few = (one.among(self.customer_id) for one in found if one.ids is not None)
        (row_id,) = self.rows.selected_columns
        keys: list[Label[Any]] = [_key(one).label(f"key_{place}") for place, one in enumerate(self.ordering)]
        fits = and_(*(one.fits(self.customer_id) for one in found if one.ids is None))
        rows = self.rows.with_only_columns(row_id.label("row_id"), fits.label("fits"), *keys).where(*few)
        walked = rows.order_by(*self.ordering).limit(most).subquery()
        page = select(walked.c.row_id).where(walked.c.fits)
        return page.order_by(*_as_before(self.ordering, walked)).limit(self.limit)


def _key(ordered: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
    return ordered.element if isinstance(ordered, UnaryExpression) else ordered


def _as_before(ordering: Sequence[SQLColumnExpression[Any]], walked: Subquery) -> Iterator[ColumnElement[Any]]:
    for place, one in enumerate(ordering):
        key = walked.c[f"key_{place}"]
        yield key.desc() if isinstance(one, UnaryExpression) and one.modifier is desc_op else key.asc()
