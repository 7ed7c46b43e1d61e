"""The do-not-call list: numbers that a tenant never dials, because the person behind asked for it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, String, any_, exists, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from callwright.db.tables.contacts import CustomerRow, DoNotCallRow
from callwright.kit.ids import new_id


async def put_on_list(session: AsyncSession, tenant_id: UUID, phone: str, *, call_id: UUID) -> None:
    """Put a number on its tenant's list; one that is there stays as it is."""
    row = {"id": new_id(), "tenant_id": tenant_id, "phone": phone, "call_id": call_id}
    await session.execute(insert(DoNotCallRow).values(row).on_conflict_do_nothing())


async def listed_among(session: AsyncSession, phones: Sequence[str]) -> set[str]:
    """Return which of ``phones`` (E.164) are on the list (in the tenant's transaction)."""
    given = literal(list(phones), ARRAY(String))  # one parameter, however many numbers
    found = await session.scalars(select(DoNotCallRow.phone).where(DoNotCallRow.phone == any_(given)))
    return set(found)


def is_listed(customer_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Return the condition that a customer's number is on the list of the customer's tenant."""
    return exists(
        select(DoNotCallRow.id)
        .join(
            CustomerRow,
            (CustomerRow.tenant_id == DoNotCallRow.tenant_id) & (CustomerRow.phone == DoNotCallRow.phone),
        )
        .where(CustomerRow.id == customer_id)
    )
