"""Whom somebody reaches who sees not everybody's customers: their own, and those of the public pool."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, false, func, literal, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from callwright.contacts.found import MOST
from callwright.db.tables.contacts import CustomerRow


def seen_by(person: UUID | None, customer: type[CustomerRow] = CustomerRow) -> ColumnElement[bool]:
    """Return the condition that a customer is theirs or in the pool."""
    return or_(customer.owner_id == person, customer.owner_id.is_(None))


async def let_numbers_follow(session: AsyncSession, customer_ids: Sequence[UUID]) -> None:
    """Give those who were merged into these customers to whoever has the card: calls are seen with it."""
    card = aliased(CustomerRow)
    whose = select(card.owner_id).where(card.id == CustomerRow.merged_into).scalar_subquery()
    merged = update(CustomerRow).where(CustomerRow.merged_into == any_(literal(list(customer_ids), ARRAY(Uuid))))
    await session.execute(merged.values(owner_id=whose).execution_options(synchronize_session=False))


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom ``person`` reaches: ``ids`` of them all, or nothing there where they are more than ``MOST``."""

    person: UUID
    ids: Sequence[UUID] | None

    def among(self, customer_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
        """Return the condition that ``customer_id``'s is one of them."""
        if self.ids is None:
            # Asked row by row of a walk, which meets one of so many soon.
            customer = aliased(CustomerRow)
            reached = select(seen_by(self.person, customer)).where(customer.id == customer_id).scalar_subquery()
            return func.coalesce(reached, false())
        return customer_id == any_(literal(list(self.ids), ARRAY(Uuid)))


async def reach_of(session: AsyncSession, person: UUID | None) -> Reach | None:
    """Return whom somebody reaches (in the tenant's transaction); ``None`` for nobody in particular: everybody."""
    if person is None:
        return None
    # Each by itself, so that an index leads to the first of them.
    own, pool = (
        select(CustomerRow.id).where(whose).limit(MOST + 1)
        for whose in (CustomerRow.owner_id == person, CustomerRow.owner_id.is_(None))
    )
    found = (await session.scalars(union_all(own, pool))).all()
    return Reach(person, found if len(found) <= MOST else None)
