"""Customers who may be one person, as they have a name or what a field says in common, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, SQLColumnExpression, String, func, select, tablesample
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.contacts.book import entries, entry_of
from callwright.contacts.schemas import BookEntry
from callwright.db.tables.contacts import CustomerRow

MOST = 10
"""More customers of one name are hardly one person."""
FEW = 10_000
"""So few customers are grouped sooner than a sample is taken, for which pages of all tenants are read."""
SAMPLED_PERCENT = 1
ENOUGH = 1_000
"""A sample of so many tells how far the first values reach."""
FIRST_SHARE = 0.05
"""In such a share of all values a page of groups is looked for, before it is in all."""
MOST_COMMON = 100


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Customers who have ``value`` in common, and may be one person."""

    value: str
    customers: Sequence[BookEntry]


async def find_duplicates(
    session: AsyncSession, *, field: str | None, after: str | None, limit: int
) -> list[Duplicates]:
    """Return groups of two to ten of one name, or one value of a ``field``, behind the value ``after``."""
    if field is None:
        found = await _groups(session, CustomerRow.name, [CustomerRow.name > (after or "")], limit)
    else:
        found = await _groups_of_field(session, field, after or "", limit)
    everyone = [one for _, ids in found for one in ids]
    rows = await session.execute(entries().where(CustomerRow.id.in_(everyone)))
    known = {entry.id: entry for entry in (entry_of(*row) for row in rows)}
    return [Duplicates(value, [known[one] for one in sorted(ids)]) for value, ids in found]


async def _groups_of_field(
    session: AsyncSession, field: str, after: str, limit: int
) -> Sequence[tuple[str, Sequence[UUID]]]:
    # No index has all fields' values in their order, so all customers are read, and to sort them takes longer than
    # that: a sample tells which values too many have and where the first ones end, to sort few.
    common, first_end = await _sampled(session, field, after) if await _more_than_few(session) else ((), None)
    value = CustomerRow.fields[field].astext
    rare = [value.not_in(common)] if common else []
    if first_end is None:
        return await _groups(session, value, [*rare, value > after], limit)
    first = await _groups(session, value, [value <= first_end, *rare, value > after], limit)
    if len(first) == limit:
        return first
    return [*first, *await _groups(session, value, [*rare, value > first_end], limit - len(first))]


async def _groups(
    session: AsyncSession, value: SQLColumnExpression[str], among: Sequence[ColumnElement[bool]], limit: int
) -> Sequence[tuple[str, Sequence[UUID]]]:
    groups: Select[str, Sequence[UUID]] = (
        select(value.label("value"), func.array_agg(CustomerRow.id).label("ids"))
        .where(*among, CustomerRow.merged_into.is_(None))
        .group_by(value)
        .having(func.count().between(2, MOST))
        .order_by(value)
        .limit(limit)
    )
    return [(value, ids) for value, ids in await session.execute(groups)]


async def _more_than_few(session: AsyncSession) -> bool:
    behind = select(CustomerRow.id).order_by(CustomerRow.id).offset(FEW).limit(1)
    return await session.scalar(behind) is not None


async def _sampled(session: AsyncSession, field: str, after: str) -> tuple[Sequence[str], str | None]:
    """Return values that more than ``MOST`` have, and where the first few of the others end, if that is known."""
    row = aliased(CustomerRow, tablesample(CustomerRow.__table__, func.system(SAMPLED_PERCENT)))
    value = row.fields[field].astext
    sampled = select(value.label("value")).where(value > after, row.merged_into.is_(None)).cte("sampled").c.value
    often = select(sampled).group_by(sampled).having(func.count() > MOST).order_by(func.count().desc())
    common = select(often.limit(MOST_COMMON).cte("common").c.value)
    end = func.percentile_disc(FIRST_SHARE).within_group(sampled)
    rare = select(func.count().label("count"), end.label("first_end")).where(sampled.not_in(common)).subquery()
    asked = select(func.array(common.scalar_subquery(), type_=ARRAY(String)), rare.c.count, rare.c.first_end)
    found, count, first_end = (await session.execute(asked)).one()
    return found, first_end if count >= ENOUGH else None
