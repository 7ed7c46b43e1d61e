"""Customers found by a tag, or by what a field says, however many have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, false, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from callwright.contacts.searching import MOST, seek
from callwright.db.tables.contacts import CustomerRow


@dataclass(frozen=True, slots=True)
class Tagged:
    """Who has ``tag``, on a card that others may have been merged into: ``ids`` of them all, or nothing there where
    they are more than ``MOST``.
    """

    tag: str
    ids: Sequence[UUID] | None

    def among(self, customer_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
        """Return the condition that ``customer_id``'s is one of them."""
        if self.ids is None:
            # Asked row by row of a walk, which meets one of so many soon.
            customer, card, tag = aliased(CustomerRow), aliased(CustomerRow), literal(self.tag)
            on_card = select(tag == any_(card.tags)).where(card.id == customer.merged_into).scalar_subquery()
            has = select(func.coalesce(on_card, tag == any_(customer.tags))).where(customer.id == customer_id)
            return func.coalesce(has.scalar_subquery(), false())
        return customer_id == any_(literal(list(self.ids), ARRAY(Uuid)))


async def find_tagged(session: AsyncSession, tag: str) -> Sequence[UUID] | None:
    """Return the tenant's customers with a tag of their own, or nothing where they are more than ``MOST``."""
    found = (await session.scalars(select(func.find_tagged_customers(tag, MOST + 1)))).all()
    return found if len(found) <= MOST else None


async def find_of_field(session: AsyncSession, key: str, value: str) -> Sequence[UUID] | None:
    """Return the tenant's customers whose field says ``value``, or nothing where they are more than ``MOST``."""
    found = (await session.scalars(select(func.find_customers_of_field(key, value, MOST + 1)))).all()
    return found if len(found) <= MOST else None


async def tagged(session: AsyncSession, tag: str | None) -> Tagged | None:
    """Look for the tenant's customers with ``tag``; ``None`` where none is asked for."""
    if not tag:
        return None
    found = await find_tagged(session, tag)
    if found is None:
        return Tagged(tag, None)
    # Whoever was merged keeps tags of their own, which count no longer: the card's do.
    among = any_(literal(list(found), ARRAY(Uuid)))
    cards = select(CustomerRow.id).where(CustomerRow.id == among, CustomerRow.merged_into.is_(None))
    merged = select(CustomerRow.id).where(CustomerRow.merged_into == among)
    return Tagged(tag, (await session.scalars(cards.union_all(merged))).all())


async def among_found(
    session: AsyncSession, customer_id: InstrumentedAttribute[UUID], *, text: str | None, tag: str | None
) -> list[ColumnElement[bool]]:
    """Return the conditions that ``customer_id``'s has a text in name or number, and a tag, where asked for."""
    sought, having = await seek(session, text), await tagged(session, tag)
    return [found.among(customer_id) for found in (sought, having) if found is not None]
