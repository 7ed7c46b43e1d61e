"""The do-not-call lists, as planning, dialling and importing obey them.

There is one list for each tenant, which only that tenant's calls obey, and one for the whole installation.
"""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, String, any_, func, literal, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.contacts import DoNotCallEverywhereRow, DoNotCallRow
from callwright.kit.ids import new_id

Number = tuple[UUID, str]
"""A tenant, and a number (E.164) that it would call."""
OWN = text("""
    SELECT listed.tenant_id, listed.phone
    FROM unnest(CAST(:tenants AS uuid[]), CAST(:phones AS text[])) AS given (tenant_id, phone)
    JOIN do_not_call AS listed USING (tenant_id, phone)
    WHERE listed.removed_at IS NULL
""")


class Barred(StrEnum):
    """Who says that a number is not to be called; the value is the fault's code."""

    BY_TENANT = "do-not-call"
    EVERYWHERE = "do-not-call-everywhere"


async def put_on_list(session: AsyncSession, tenant_id: UUID, phone: str, *, call_id: UUID | None) -> None:
    """Put a number on its tenant's list, as the person asked in a call; one that is there stays as it is.

    A call in which a script is tried is none of those that ``call_id`` can name.
    """
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


async def barred_in_tenants(session: AsyncSession, numbers: Sequence[Number]) -> dict[Number, Barred]:
    """Return which ``numbers`` may not be called, each by its own tenant's list or everybody's (as the system)."""
    tenants, phones = [tenant_id for tenant_id, _ in numbers], [phone for _, phone in numbers]
    everywhere = await session.scalars(
        select(DoNotCallEverywhereRow.phone).where(
            DoNotCallEverywhereRow.phone == any_(literal(phones, ARRAY(String))),
            DoNotCallEverywhereRow.removed_at.is_(None),
        )
    )
    barred = set(everywhere)
    own = await session.execute(OWN, {"tenants": tenants, "phones": phones})
    return {number: Barred.EVERYWHERE for number in numbers if number[1] in barred} | dict.fromkeys(
        own, Barred.BY_TENANT
    )
