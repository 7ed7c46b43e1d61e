"""The do-not-call lists, as planning, dialling and importing obey them.

There is one list for each tenant, which only that tenant's calls obey, and one for the whole installation. Lists
hold numbers, but people ask not to be called: who has several numbers on one card is barred by any of them.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ARRAY, String, any_, func, literal, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.merged_numbers import NumberOfPerson, numbers_of
from callwright.db.tables.contacts import DoNotCallEverywhereRow, DoNotCallRow
from callwright.kit.ids import new_id

Number = tuple[UUID, str]
"""A tenant, and a number (E.164) that it would call."""
NOTE_KEPT = 500
N = TypeVar("N", bound=Hashable)
OWN = text("""
    SELECT listed.tenant_id, listed.phone
    FROM unnest(CAST(:tenants AS uuid[]), CAST(:phones AS text[])) AS given (tenant_id, phone)
    JOIN do_not_call AS listed USING (tenant_id, phone)
    WHERE listed.removed_at IS NULL
""")
CARDS_OF = text("SELECT coalesce(merged_into, id) FROM customers WHERE phone = ANY (CAST(:phones AS text[]))")
ANY_MERGED = text("""
    SELECT EXISTS (SELECT FROM customers WHERE id = ANY (CAST(:cards AS uuid[])) AND merged_into IS NOT NULL)
""")
OTHERS_IN_TENANTS = text("""
    WITH one AS (
        SELECT book.* FROM unnest(CAST(:tenants AS uuid[]), CAST(:phones AS text[])) AS given (tenant_id, phone)
        JOIN customers AS book USING (tenant_id, phone)
    )
    SELECT one.tenant_id, one.phone, other.phone FROM one JOIN customers AS other ON other.id = one.merged_into
    UNION ALL
    SELECT one.tenant_id, one.phone, other.phone FROM one
    JOIN customers AS other ON other.merged_into = coalesce(one.merged_into, one.id)
""")


class Barred(StrEnum):
    """Who says that a number is not to be called; the value is the fault's code."""

    BY_TENANT = "do-not-call"
    EVERYWHERE = "do-not-call-everywhere"


async def put_on_list(
    session: AsyncSession, tenant_id: UUID, phone: str, *, call_id: UUID | None, words: str = ""
) -> None:
    """Put a number on its tenant's list, as the person asked in a call; one that is there stays as it is.

    The note is ``words``, by which they did. A call in which a script is tried is none of those that ``call_id``
    can name.
    """
    row = {
        "id": new_id(),
        "tenant_id": tenant_id,
        "phone": phone,
        "call_id": call_id,
        "source": "call",
        "note": words[:NOTE_KEPT],
    }
    await session.execute(insert(DoNotCallRow).values(row).on_conflict_do_nothing())


async def barred_among(session: AsyncSession, phones: Sequence[str]) -> dict[str, Barred]:
    """Return which of ``phones`` (E.164) may not be called, and by whose list (in the tenant's transaction).

    Those are the listed ones, and those whose customer has another number that is listed.
    """
    others: dict[str, set[str]] = {}
    for numbers in (await _people(session, phones)).values():
        of_person = {number.phone for number in numbers}
        others |= dict.fromkeys(of_person, of_person)
    listed = await listed_among(session, [*{*phones}.union(*others.values())])
    return _of_people(phones, others, listed)


async def _people(session: AsyncSession, phones: Sequence[str]) -> Mapping[UUID, Sequence[NumberOfPerson]]:
    while True:
        cards = list(await session.scalars(CARDS_OF, {"phones": list(phones)}))
        people = await numbers_of(session, cards)
        # Whoever was merged between the two has their numbers on another card now.
        if not cards or not await session.scalar(ANY_MERGED, {"cards": cards}):
            return people


async def listed_among(session: AsyncSession, phones: Sequence[str]) -> dict[str, Barred]:
    """Return which of ``phones`` (E.164) are themselves on a list, and whose (in the tenant's transaction)."""
    given = literal(list(phones), ARRAY(String))  # one parameter, however many numbers
    # The installation's list is no tenant's to read: the function tells only of the numbers that are asked for.
    everywhere = await session.scalars(select(func.do_not_call_everywhere_among(given).column_valued()))
    own = await session.scalars(
        select(DoNotCallRow.phone).where(DoNotCallRow.phone == any_(given), DoNotCallRow.removed_at.is_(None))
    )
    return dict.fromkeys(everywhere, Barred.EVERYWHERE) | dict.fromkeys(own, Barred.BY_TENANT)


async def barred_in_tenants(session: AsyncSession, numbers: Sequence[Number]) -> dict[Number, Barred]:
    """Return which ``numbers`` may not be called, each by its own tenant's list or everybody's (as the system).

    As for a tenant, another number of the same customer counts.
    """
    others: defaultdict[Number, set[Number]] = defaultdict(set)
    for tenant_id, phone, other in await session.execute(OTHERS_IN_TENANTS, _split(numbers)):
        others[(tenant_id, phone)].add((tenant_id, other))
    listed = await _listed_in_tenants(session, [*{*numbers}.union(*others.values())])
    return _of_people(numbers, others, listed)


async def _listed_in_tenants(session: AsyncSession, numbers: Sequence[Number]) -> dict[Number, Barred]:
    given = _split(numbers)
    everywhere = await session.scalars(
        select(DoNotCallEverywhereRow.phone).where(
            DoNotCallEverywhereRow.phone == any_(literal(given["phones"], ARRAY(String))),
            DoNotCallEverywhereRow.removed_at.is_(None),
        )
    )
    barred = set(everywhere)
    own = await session.execute(OWN, given)
    return {number: Barred.EVERYWHERE for number in numbers if number[1] in barred} | dict.fromkeys(
        own, Barred.BY_TENANT
    )


def _split(numbers: Sequence[Number]) -> dict[str, list[UUID] | list[str]]:
    return {"tenants": [tenant_id for tenant_id, _ in numbers], "phones": [phone for _, phone in numbers]}


def _of_people(
    numbers: Iterable[N], others: Mapping[N, Iterable[N]], listed: Mapping[N, Barred]
) -> dict[N, Barred]:
    """Return who bars each number: its own entry, else the tenant's of another one, else everybody's."""
    barred = {}
    for number in numbers:
        whose = [listed[one] for one in (number, *others.get(number, ())) if one in listed]
        if whose:
            barred[number] = listed.get(number) or min(whose, key=list(Barred).index)
    return barred
