"""The customer book, however many are in it: a walk along the index that fits what is asked for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, any_, exists, func, literal, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.contacts.found import Found, Within, first_of
from callwright.contacts.reaching import seen_by
from callwright.contacts.schemas import BookEntry, BookFilter, BookOrder, BookPlace, LastCall, Owner
from callwright.contacts.searching import count_cards, pattern
from callwright.contacts.tagging import find_among, find_of_field
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.calls import LastCallRow
from callwright.db.tables.contacts import CustomerRow

# Each step looks up the next category behind the last one: as many as there are, however many customers.
CATEGORIES = text("""
    WITH RECURSIVE found AS (
        SELECT min(category) AS category FROM customers WHERE category > ''
        UNION ALL
        SELECT (SELECT min(category) FROM customers WHERE customers.category > found.category)
        FROM found WHERE found.category IS NOT NULL
    )
    SELECT category FROM found WHERE category IS NOT NULL LIMIT 200
""")


async def list_book(
    session: AsyncSession, wanted: BookFilter, order: BookOrder, *, after: BookPlace | None, limit: int
) -> list[BookEntry]:
    """Return customers in their order, those behind ``after`` (in the tenant's transaction)."""
    ordering, found = _ordering(order), await _found(session, wanted)
    rows = _narrowed(select(CustomerRow.id), wanted, called=order is BookOrder.CALLED).where(*_listed(order, after))
    ids = await first_of(session, rows, ordering, customer_id=CustomerRow.id, found=found, limit=limit)
    page = entries().where(CustomerRow.id == any_(literal(list(ids), ARRAY(Uuid)))).order_by(*ordering)
    return [entry_of(*row) for row in await session.execute(page)]


async def count_book(session: AsyncSession, wanted: BookFilter) -> int:
    """Return how many customers there are of those that are wanted."""
    sought = pattern(wanted.text or "")
    if sought is not None and wanted == BookFilter(text=wanted.text):
        return await count_cards(session, sought)
    found = await matching(session, select(CustomerRow.id), wanted, whole=True)
    return await session.scalar(select(func.count()).select_from(found.subquery())) or 0


async def matching(
    session: AsyncSession, ids: Select[UUID], wanted: BookFilter, *, whole: bool = False
) -> Select[UUID]:
    """Return ``ids`` of customers narrowed to those wanted; ``whole`` where all of them are read at once."""
    found, customer_id = await _found(session, wanted), CustomerRow.id
    met = (one.among(customer_id) if whole else one.one_by_one(customer_id) for one in found)
    return _narrowed(ids, wanted).where(*met)


async def list_categories(session: AsyncSession) -> Sequence[str]:
    """Return the categories in use, at most 200."""
    return (await session.scalars(CATEGORIES)).all()


async def list_owners(session: AsyncSession) -> list[Owner]:
    """Return who may have customers: everybody in the company who changes them."""
    rows = select(UserRow.id, UserRow.name).where(UserRow.role != "inspector").order_by(UserRow.name).limit(500)
    return [Owner(*row) for row in await session.execute(rows)]


def entries() -> Select[CustomerRow, bool, UserRow, LastCallRow]:
    """Return the statement of customers, whether consent was taken back, whose they are and how called last."""
    of_same = aliased(CustomerRow)
    taken_back = exists().where(of_same.merged_into == CustomerRow.id, of_same.consent.is_(False))
    return (
        select(CustomerRow, taken_back, UserRow, LastCallRow)
        .outerjoin(UserRow, UserRow.id == CustomerRow.owner_id)
        .outerjoin(LastCallRow, LastCallRow.customer_id == CustomerRow.id)
    )


def entry_of(row: CustomerRow, taken_back: bool, owner: UserRow | None, last: LastCallRow | None) -> BookEntry:
    """Return a row of :func:`entries` as the book lists it."""
    return BookEntry(
        id=row.id,
        name=row.name,
        phone=row.phone,
        owner=None if owner is None else Owner(owner.id, owner.name),
        category=row.category,
        tags=row.tags,
        follow_up_at=row.follow_up_at,
        consent=False if taken_back else row.consent,
        calls=0 if last is None else last.calls,
        last_call=None if last is None else LastCall(last.call_id, last.called_at, last.phone_state, last.grade),
        fields=row.fields,
    )


def place_of(entry: BookEntry, order: BookOrder) -> BookPlace:
    """Return where a page ends that ends with ``entry``."""
    if order is BookOrder.NAME:
        return BookPlace(entry.id, entry.name)
    if order is BookOrder.CALLED and entry.last_call is not None:
        return BookPlace(entry.id, entry.last_call.called_at.isoformat())
    if order is BookOrder.FOLLOW_UP and entry.follow_up_at is not None:
        return BookPlace(entry.id, entry.follow_up_at.isoformat())
    return BookPlace(entry.id)


def _ordering(order: BookOrder) -> tuple[ColumnElement[Any], ...]:
    if order is BookOrder.NAME:
        return CustomerRow.name.asc(), CustomerRow.id.asc()
    if order is BookOrder.CALLED:
        return LastCallRow.called_at.desc(), LastCallRow.customer_id.desc()
    if order is BookOrder.FOLLOW_UP:
        return CustomerRow.follow_up_at.asc(), CustomerRow.id.asc()
    return (CustomerRow.id.desc(),)


def _listed(order: BookOrder, after: BookPlace | None) -> list[ColumnElement[bool]]:
    has: list[ColumnElement[bool]] = []
    if order is BookOrder.FOLLOW_UP:
        has.append(CustomerRow.follow_up_at.is_not(None))
    if after is None:
        return has
    if order is BookOrder.NAME:
        return [tuple_(CustomerRow.name, CustomerRow.id) > tuple_(after.key, after.id)]
    if order is BookOrder.CALLED:
        moment = datetime.fromisoformat(after.key)
        return [tuple_(LastCallRow.called_at, LastCallRow.customer_id) < tuple_(moment, after.id)]
    if order is BookOrder.FOLLOW_UP:
        moment = datetime.fromisoformat(after.key)
        return [*has, tuple_(CustomerRow.follow_up_at, CustomerRow.id) > tuple_(moment, after.id)]
    return [CustomerRow.id < after.id]


def _narrowed(ids: Select[UUID], wanted: BookFilter, *, called: bool = False) -> Select[UUID]:
    """Return ``ids`` of customers narrowed by what their rows say, and with ``called`` to those who were."""
    if called or wanted.phone_state is not None or wanted.grade is not None:
        ids = ids.join(LastCallRow, LastCallRow.customer_id == CustomerRow.id)
    return ids.where(CustomerRow.merged_into.is_(None), *_equal(wanted), *_among(wanted), *_due(wanted))


async def _found(session: AsyncSession, wanted: BookFilter) -> list[Found]:
    """Look for those with what has to be looked for."""
    found = await find_among(session, text=wanted.text, tag=wanted.tag, within=Within.BOOK)
    return found if wanted.field is None else [*found, await find_of_field(session, *wanted.field)]


def _equal(wanted: BookFilter) -> list[ColumnElement[bool]]:
    return [
        column == value
        for column, value in (
            (CustomerRow.owner_id, wanted.owner_id),
            (CustomerRow.category, wanted.category),
            (LastCallRow.phone_state, wanted.phone_state),
            (LastCallRow.grade, wanted.grade),
        )
        if value is not None
    ]


def _among(wanted: BookFilter) -> list[ColumnElement[bool]]:
    among: list[ColumnElement[bool]] = []
    if wanted.ids is not None:
        among.append(CustomerRow.id == any_(literal(list(wanted.ids), ARRAY(Uuid))))
    if wanted.in_pool:
        among.append(CustomerRow.owner_id.is_(None))
    if wanted.seen_by is not None:
        among.append(seen_by(wanted.seen_by))
    return among


def _due(wanted: BookFilter) -> list[ColumnElement[bool]]:
    at = CustomerRow.follow_up_at
    conditions: list[ColumnElement[bool]] = []
    if wanted.due is not None:
        conditions.append(at.is_not(None) if wanted.due else at.is_(None))
    if wanted.due_since is not None:
        conditions.append(at >= wanted.due_since)
    if wanted.due_before is not None:
        conditions.append(at < wanted.due_before)
    return conditions
