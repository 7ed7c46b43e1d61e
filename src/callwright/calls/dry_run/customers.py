"""Whom a task still has to call: all of them, or so many drawn at random, and who is on a do-not-call list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.earlier import Earlier, Number, get_earlier_calls
from callwright.contacts.do_not_call import Barred, barred_among
from callwright.tasks.sql import OUTCOMES

EARLIER_CALLS = 50
"""No cap counts further."""
_PARTS = 1 << 20

OPEN = "entry.task_id = :task AND entry.state IN ('uncalled', 'waiting')"
COUNT = text(f"SELECT count(*) FROM task_customers AS entry WHERE {OPEN}")  # noqa: S608
# The same customers each time it is asked, spread evenly: an id's hash knows nothing of the calling order.
SAMPLE = text(f"""
    SELECT entry.id, book.name, book.phone, book.consent, entry.zones, entry.due_at
    FROM task_customers AS entry JOIN customers AS book ON book.id = entry.customer_id
    WHERE {OPEN} AND (uuid_hash_extended(entry.id, 0) & {_PARTS - 1}) < :parts
    ORDER BY entry.position, entry.id
""")  # noqa: S608
LISTED = text(f"""
    WITH cards AS (
        SELECT DISTINCT coalesce(known.merged_into, known.id) AS id
        FROM do_not_call AS own JOIN customers AS known USING (tenant_id, phone) WHERE own.removed_at IS NULL
    ), people AS (
        SELECT id FROM cards
        UNION
        SELECT merged.id FROM customers AS merged JOIN cards ON merged.merged_into = cards.id
    ), listed AS (
        SELECT entry.id, book.name, book.phone, entry.position
        FROM people JOIN customers AS book USING (id)
        JOIN task_customers AS entry ON entry.customer_id = book.id
        WHERE {OPEN}
    )
    SELECT id, name, phone, count(*) OVER () FROM listed ORDER BY position LIMIT :most
""")  # noqa: S608
LISTED_EVERYWHERE = text(f"""
    WITH wanted AS MATERIALIZED (
        SELECT entry.id, book.name, book.phone, entry.position, coalesce(book.merged_into, book.id) AS card
        FROM task_customers AS entry JOIN customers AS book ON book.id = entry.customer_id WHERE {OPEN}
    ), numbers AS MATERIALIZED (
        SELECT wanted.id, card.phone FROM wanted JOIN customers AS card ON card.id = wanted.card
        UNION ALL
        SELECT wanted.id, other.phone FROM wanted JOIN customers AS other ON other.merged_into = wanted.card
    ), listed AS (
        SELECT id, name, phone, position FROM wanted
        WHERE id IN (
            SELECT id FROM numbers
            JOIN do_not_call_everywhere_among(ARRAY(SELECT phone FROM numbers)) AS everywhere (phone) USING (phone)
        ) AND id NOT IN (
            SELECT numbers.id FROM numbers JOIN do_not_call AS own USING (phone) WHERE own.removed_at IS NULL
        )
    )
    SELECT id, name, phone, count(*) OVER () FROM listed ORDER BY position LIMIT :most
""")  # noqa: S608


@dataclass(frozen=True, slots=True)
class Entry:
    """A customer in a task, as a page names them."""

    id: UUID
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class ToCall:
    """A customer who is still to be called, with what the gate will ask about."""

    entry: Entry
    consent: bool | None
    zones: tuple[str, ...]
    due_at: datetime | None
    earlier: Earlier
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """How many of a task's customers are on a do-not-call list, and the first of them."""

    count: int
    first: Sequence[Entry]


async def count_open(session: AsyncSession, task_id: UUID) -> int:
    """Return how many customers are still to be called."""
    return await session.scalar(COUNT, {"task": task_id}) or 0


async def get_listed(session: AsyncSession, task_id: UUID, *, most: int) -> dict[Barred, Listed]:
    """Return who of those still to be called is on a do-not-call list, the tenant's own first."""
    found = {}
    for barred, query in ((Barred.BY_TENANT, LISTED), (Barred.EVERYWHERE, LISTED_EVERYWHERE)):
        rows = (await session.execute(query, {"task": task_id, "most": most})).all()
        entries = [Entry(entry_id, name, phone) for entry_id, name, phone, _ in rows]
        found[barred] = Listed(rows[0][3] if rows else 0, entries)
    return found


async def get_to_call(
    session: AsyncSession, task_id: UUID, tenant_id: UUID, now: datetime, *, share: float
) -> list[ToCall]:
    """Return about ``share`` of those still to be called, in calling order; all of them where it is 1.

    Those on a do-not-call list are left out.
    """
    drawn = (await session.execute(SAMPLE, {"task": task_id, "parts": round(share * _PARTS)})).all()
    barred = await barred_among(session, [row.phone for row in drawn])
    rows = [row for row in drawn if row.phone not in barred]
    numbers: list[Number] = [(tenant_id, phone) for _, _, phone, *_ in rows]
    earlier = await get_earlier_calls(session, numbers, now, most=EARLIER_CALLS)
    outcomes = await _get_outcomes(session, [row[0] for row in rows])
    return [
        ToCall(
            Entry(entry_id, name, phone),
            consent,
            tuple(zones.split()),
            due_at,
            earlier[(tenant_id, phone)],
            outcomes[entry_id],
        )
        for entry_id, name, phone, consent, zones, due_at in rows
    ]


async def _get_outcomes(session: AsyncSession, entries: Sequence[UUID]) -> Mapping[UUID, Mapping[str, int]]:
    counts: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    for entry_id, phone_state, count in await session.execute(OUTCOMES, {"customers": list(entries)}):
        counts[entry_id][phone_state] = count
    return counts
