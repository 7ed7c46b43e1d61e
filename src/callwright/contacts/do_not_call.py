"""The do-not-call lists, as planning, dialling and importing obey them.

There is one list for each tenant, which only that tenant's calls obey, and one for the whole installation.
"""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, String, any_, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from callwright.db.tables.contacts import CustomerRow, DoNotCallEverywhereRow, DoNotCallRow
from callwright.kit.ids import new_id


class Barred(StrEnum):
    """Who says that a number is not to be called; the value is the fault's code."""

    BY_TENANT = "do-not-call"
    EVERYWHERE = "do-not-call-everywhere"


async def put_on_list(session: AsyncSession, tenant_id: UUID, phone: str, *, call_id: UUID) -> None:
    """Put a number on its tenant's list, as the person asked in a call; one that is there stays as it is."""
    row = {"id": new_id(), "tenant_id": tenant_id, "phone": phone, "call_id": call_id, "source": "call"}
    await session.execute(insert(DoNotCallRow).values(row).on_conflict_do_nothing())


async def barred_among(session: AsyncSession, phones: Sequence[str]) -> dict[str, Barred]:
    """Return which of ``phones`` (E.164) may not be called, and by whose list (in the tenant's transaction)."""
    given = literal(list(phones), ARRAY(String))  # one parameter, however many numbers
    # The installation's list is no tenant's to read: the function tells only of the numbers that are asked for.
    everywhere = await session.scalars(select(func.do_not_call_everywhere_among(given).column_valued()))
    own = await session.scalars(
        select(DoNotCallRow.phone).where(DoNotCallRow.phone == any_(given), DoNotCallRow.removed_at.is_(None))
    )
    return dict.fromkeys(everywhere, Barred.EVERYWHERE) | dict.fromkeys(own, Barred.BY_TENANT)


def is_listed(customer_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Return the condition that a customer may not be called, by either list (in a system transaction)."""
    own = exists(
        select(DoNotCallRow.id)
        .join(
            CustomerRow,
            (CustomerRow.tenant_id == DoNotCallRow.tenant_id) & (CustomerRow.phone == DoNotCallRow.phone),
        )
        .where(CustomerRow.id == customer_id, DoNotCallRow.removed_at.is_(None))
    )
    everywhere = exists(
        select(DoNotCallEverywhereRow.id)
        .join(CustomerRow, CustomerRow.phone == DoNotCallEverywhereRow.phone)
        .where(CustomerRow.id == customer_id, DoNotCallEverywhereRow.removed_at.is_(None))
    )
    return or_(own, everywhere)
