"""The numbers of those who have several, as they were merged: of one person, or of a whole file's.

One table is read at a time, for an array: while a first file comes in the planner has no figures, or wrong ones,
and whichever index it takes then reads the table once. Joined, it would be read for each of the others' rows.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

CARDS = text("SELECT id, id, phone FROM customers WHERE id = ANY (CAST(:cards AS uuid[]))")
MERGED_INTO = text("""
    SELECT merged_into, id, phone FROM customers
    WHERE merged_into = ANY (CAST(:cards AS uuid[])) AND merged_into IS NOT NULL
""")


class NumberOfPerson(NamedTuple):
    """One of a person's numbers: the card that has it, or had it before it was merged, and the number (E.164)."""

    customer_id: UUID
    phone: str


async def numbers_of(session: AsyncSession, cards: Collection[UUID]) -> Mapping[UUID, Sequence[NumberOfPerson]]:
    """Return all numbers of each of the ``cards`` that others were merged into (in the tenant's transaction)."""
    people: defaultdict[UUID, list[NumberOfPerson]] = defaultdict(list)
    for statement in (MERGED_INTO, CARDS):
        for card, *number in await session.execute(statement, {"cards": list(cards)}):
            people[card].append(NumberOfPerson(*number))
        cards = people.keys()
    return people
