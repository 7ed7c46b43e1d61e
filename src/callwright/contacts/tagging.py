"""Customers found by a tag, or by what a field says, however many have it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    Uuid,
    any_,
    false,
    func,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.contacts.found import MOST, Found, Place, Within, from_function
from callwright.contacts.searching import seek
from callwright.db.tables.contacts import CustomerRow


async def find_tagged(session: AsyncSession, tag: str | None, within: Place) -> Found | None:
    """Look for the tenant's customers with ``tag``, or whose card has it; ``None`` where none is asked for."""
    if not tag:
        return None
    found = (await session.scalars(_tagged(tag, Within.BOOK, MOST + 1))).all()
    ids = await _with_their_numbers(session, found) if len(found) <= MOST else None
    return Found(
        ids,
        fits=lambda one: _has(tag, one, within),
        find=lambda most: _tagged(tag, within, most),
        plain=within is Within.BOOK,
    )


async def find_of_field(session: AsyncSession, key: str, value: str) -> Found:
    """Look in the tenant's book for customers whose field says ``value``."""
    found = (await session.scalars(_of_field(key, value, MOST + 1))).all()
    return Found(
        found if len(found) <= MOST else None,
        fits=lambda _: CustomerRow.fields[key].astext == value,
        find=lambda most: _of_field(key, value, most),
        plain=True,
    )


async def find_among(session: AsyncSession, *, text: str | None, tag: str | None, within: Place) -> list[Found]:
    """Look for customers with a text in name or number, and with a tag, where asked for."""
    found = [await seek(session, text, within), await find_tagged(session, tag, within)]
    return [one for one in found if one is not None]


async def _with_their_numbers(session: AsyncSession, found: Sequence[UUID]) -> Sequence[UUID]:
    """Return who of them has a card, and those who were merged into it.

    Whoever was merged keeps tags of their own, which count no longer: the card's do.
    """
    among = any_(literal(list(found), ARRAY(Uuid)))
    cards = select(CustomerRow.id).where(CustomerRow.id == among, CustomerRow.merged_into.is_(None))
    merged = select(CustomerRow.id).where(CustomerRow.merged_into == among)
    return (await session.scalars(cards.union_all(merged))).all()


def _has(tag: str, customer_id: SQLColumnExpression[UUID], within: Place) -> ColumnElement[bool]:
    if within is Within.BOOK:
        return literal(tag) == any_(CustomerRow.tags)
    customer, card, wanted = aliased(CustomerRow), aliased(CustomerRow), literal(tag)
    on_card = select(wanted == any_(card.tags)).where(card.id == customer.merged_into).scalar_subquery()
    has = select(func.coalesce(on_card, wanted == any_(customer.tags))).where(customer.id == customer_id)
    return func.coalesce(has.scalar_subquery(), false())


def _tagged(tag: str, within: Place, most: int | None) -> Select[UUID]:
    limit = literal(most, Integer)
    if within is Within.BOOK:
        return from_function(func.find_tagged_customers(tag, limit, type_=Uuid()))
    if within is Within.CALLED:
        return from_function(func.find_tagged_called(tag, limit, type_=Uuid()))
    return from_function(func.find_tagged_in_task(within, tag, limit, type_=Uuid()))


def _of_field(key: str, value: str, most: int | None) -> Select[UUID]:
    return from_function(func.find_customers_of_field(key, value, literal(most, Integer), type_=Uuid()))
