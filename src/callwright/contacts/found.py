"""Customers with something in common, few or many, and the pages of lists in which they are looked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Function,
    Label,
    Select,
    SQLColumnExpression,
    Subquery,
    UnaryExpression,
    Uuid,
    and_,
    any_,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.operators import desc_op

MOST = 2_000
"""So many are looked up before anything else."""
FAR = 20_000
"""So many are looked up where a short walk along a list meets too few of them."""
WALKS = (3_000, 100_000)
"""How many rows of a list are looked at before those are looked up, and before all are: 5 µs each.

Of a million customers whom more than ``FAR`` are of, a page of fifty is met within the first."""


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
        if self.plain:
            return self.fits(customer_id)
        # As an array they are looked up in their order, and neighbours are read one after another.
        return customer_id == any_(func.array(self.find(None).scalar_subquery(), type_=ARRAY(Uuid)))

    def one_by_one(self, customer_id: SQLColumnExpression[UUID]) -> ColumnElement[bool]:
        """Return the condition of a list that is read bit by bit, in its order."""
        return self.among(customer_id) if self.ids is not None else self.fits(customer_id)


def from_function(found: Function[UUID]) -> Select[UUID]:
    """Return the statement of what a function of the database finds.

    It stands among the tables: elsewhere PostgreSQL asks it for one after another, and by one worker.
    """
    return select(found.column_valued("found"))


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
    if not found:
        return (await session.scalars(walk.to_the_end(found))).all()
    fewest = min(found, key=lambda one: MOST + 1 if one.ids is None else len(one.ids))
    if fewest.ids is not None:
        return (await session.scalars(walk.of_known(fewest, found))).all()
    near, far = WALKS
    met = list(await session.scalars(walk.along(found, near)))
    if len(met) == limit:
        return met
    gathered = await _gathered(session, walk, found)
    if gathered is not None:
        return gathered
    # From its beginning: behind rows that came meanwhile the last ones would be met again.
    met = list(await session.scalars(walk.along(found, far)))
    if len(met) == limit:
        return met
    return (await session.scalars(walk.to_the_end(found))).all()


async def _gathered(session: AsyncSession, walk: "_Walk", found: Sequence[Found]) -> Sequence[UUID] | None:
    """Return the first of those who were found; nothing where each is found with more than ``FAR``."""
    for few in found:
        looked_up, ids = (await session.execute(walk.of_few(few, found))).one()
        if looked_up <= FAR:
            return ids
    return None


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
        fits = and_(*(one.fits(self.customer_id) for one in found))
        rows = self.rows.with_only_columns(*self._columns(), fits.label("fits"))
        walked = rows.order_by(*self.ordering).limit(most).subquery()
        return self._first(select(walked.c.row_id).where(walked.c.fits), walked)

    def of_known(self, few: Found, found: Sequence[Found]) -> Select[UUID]:
        """Return the statement of those who were found, from ``few`` whose ids are known."""
        ids = func.unnest(literal(few.ids, ARRAY(Uuid)), type_=Uuid()).column_valued("known")
        return self._each(select(ids.label("id")).distinct().subquery(), [one for one in found if one is not few])

    def of_few(self, few: Found, found: Sequence[Found]) -> Select[int, Sequence[UUID]]:
        """Return the statement of how many ``few`` finds, at most one more than ``FAR``, and of the first of them.

        Of more than ``FAR`` nobody is looked at.
        """
        looked_up = few.find(FAR + 1).cte("looked_up")
        (customer_id,) = looked_up.c
        count = select(func.count()).select_from(looked_up).scalar_subquery()
        # In the order in which they came into the tables, so that neighbours are read one after another.
        ids = select(customer_id.label("id")).distinct().order_by(customer_id).subquery()
        page = self._each(ids, [one for one in found if one is not few]).where(count <= FAR)
        return select(count, func.array(page.scalar_subquery(), type_=ARRAY(Uuid)))

    def _each(self, ids: Subquery, others: Sequence[Found]) -> Select[UUID]:
        # OFFSET has each looked up by itself: PostgreSQL would read whole tables or an order's whole index instead.
        met = (one.one_by_one(self.customer_id) for one in others)
        rows = self.rows.with_only_columns(*self._columns()).where(self.customer_id == ids.c.id, *met)
        each = rows.offset(0).lateral()
        return self._first(select(each.c.row_id).select_from(ids.join(each, true())), each)

    def _columns(self) -> Iterator[Label[Any]]:
        (row_id,) = self.rows.selected_columns
        yield row_id.label("row_id")
        for place, one in enumerate(self.ordering):
            yield _key(one).label(f"key_{place}")

    def _first(self, page: Select[UUID], of: FromClause) -> Select[UUID]:
        return page.order_by(*_as_before(self.ordering, of)).limit(self.limit)


def _key(ordered: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
    return ordered.element if isinstance(ordered, UnaryExpression) else ordered


def _as_before(ordering: Sequence[SQLColumnExpression[Any]], walked: FromClause) -> Iterator[ColumnElement[Any]]:
    for place, one in enumerate(ordering):
        key = walked.c[f"key_{place}"]
        yield key.desc() if isinstance(one, UnaryExpression) and one.modifier is desc_op else key.asc()
