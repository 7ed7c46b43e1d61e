"""Customers found by a tag, or by what a field says, however many have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Function, Integer, Uuid, any_, false, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from callwright.contacts.searching import MOST, seek
from callwright.db.tables.contacts import CustomerRow


@dataclass(frozen=True, slots=True)
class Tagged:
    """Who has ``tag``, on a card that others may have been merged into, in the task ``task_id``, or without one of
    those who were called: ``ids`` of them all, or nothing there where they are more than ``MOST``.
    """

    tag: str
    ids: Sequence[UUID] | None
    task_id: UUID | None

    def among(self, customer_id: InstrumentedAttribute[UUID], *, whole: bool) -> ColumnElement[bool]:
        """Return the condition that ``customer_id``'s is one of them; of the ``whole`` list, or of a page of it."""
        if self.ids is not None:
            return customer_id == any_(literal(list(self.ids), ARRAY(Uuid)))
        if whole:
            return customer_id.in_(select(_within(self.tag, self.task_id, None)))
        # Asked row by row of a walk, which meets one of so many soon.
        customer, card, tag = aliased(CustomerRow), aliased(CustomerRow), literal(self.tag)
        on_card = select(tag == any_(card.tags)).where(card.id == customer.merged_into).scalar_subquery()
        has = select(func.coalesce(on_card, tag == any_(customer.tags))).where(customer.id == customer_id)
        return func.coalesce(has.scalar_subquery(), false())


async def find_tagged(session: AsyncSession, tag: str) -> Sequence[UUID] | None:
    """Return the tenant's customers with a tag of their own, or nothing where they are more than ``MOST``."""
    found = (await session.scalars(select(func.find_tagged_customers(tag, MOST + 1)))).all()
    return found if len(found) <= MOST else None


async def find_of_field(session: AsyncSession, key: str, value: str) -> Sequence[UUID] | None:
    """Return the tenant's customers whose field says ``value``, or nothing where they are more than ``MOST``."""
    found = (await session.scalars(select(func.find_customers_of_field(key, value, MOST + 1)))).all()
    return found if len(found) <= MOST else None


async def tagged(session: AsyncSession, tag: str | None, task_id: UUID | None) -> Tagged | None:
    """Look for the tenant's customers with ``tag``; ``None`` where none is asked for."""
    if not tag:
        return None
    found = await find_tagged(session, tag)
    if found is None:
        # Many have it, of whom there may be none here: a walk would meet nobody.
        here = (await session.scalars(select(_within(tag, task_id, MOST + 1)))).all()
        return Tagged(tag, here if len(here) <= MOST else None, task_id)
    # Whoever was merged keeps tags of their own, which count no longer: the card's do.
    among = any_(literal(list(found), ARRAY(Uuid)))
    cards = select(CustomerRow.id).where(CustomerRow.id == among, CustomerRow.merged_into.is_(None))
    merged = select(CustomerRow.id).where(CustomerRow.merged_into == among)
    return Tagged(tag, (await session.scalars(cards.union_all(merged))).all(), task_id)


async def among_found(
    session: AsyncSession,
    customer_id: InstrumentedAttribute[UUID],
    *,
    text: str | None,
    tag: str | None,
    task_id: UUID | None,
    whole: bool,
) -> list[ColumnElement[bool]]:
    """Return the conditions that ``customer_id``'s has a text in name or number, and a tag, where asked for.

    They are for rows of the task ``task_id``, or without one for calls; for the ``whole`` list where all of it is
    read, else for a page.
    """
    sought, having = await seek(session, text), await tagged(session, tag, task_id)
    found = [] if sought is None else [sought.among(customer_id)]
    return found if having is None else [*found, having.among(customer_id, whole=whole)]


def _within(tag: str, task_id: UUID | None, most: int | None) -> Function[UUID]:
    limit = literal(most, Integer)
    if task_id is None:
        return func.find_tagged_called(tag, limit, type_=Uuid())
    return func.find_tagged_in_task(task_id, tag, limit, type_=Uuid())
