"""No person is called under two numbers in one task: kept so whenever customers are merged or come into a task.

Whoever lets entries be called anew holds the task as one who fills it (:func:`repository.get_task_to_fill`) and
does it by :func:`come_in`. A merge holds every task that has one of the customers in the same way, and the
customers themselves, to whom a new entry refers: of a merge and a filling at once the second sees the first.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts import merging
from callwright.contacts.card import CustomerChange
from callwright.contacts.merged_numbers import numbers_of
from callwright.contacts.schemas import Editor
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import TaskCustomerRow, TaskRow
from callwright.dialing.lifecycle import TaskState
from callwright.dialing.one_person import PlaceInTask, superfluous
from callwright.dialing.outcome import CustomerState
from callwright.tasks.errors import BeingCalledError
from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.repository import get_task_to_fill

SAME_PERSON = "same-person"
"""Why an entry was taken out: another number of the same person is called in its place."""
# From those who came, never from all of a task: it is asked at every single customer put in by hand. And one table
# at a time, as contacts.merged_numbers tells why.
CUSTOMERS_OF = text("SELECT customer_id FROM task_customers WHERE id = ANY (CAST(:ids AS uuid[]))")
MERGED_AMONG = text("""
    SELECT id, merged_into FROM customers WHERE id = ANY (CAST(:ids AS uuid[])) AND merged_into IS NOT NULL
""")
PLACES = text("""
    SELECT id, customer_id, state, last_called_at IS NOT NULL, position FROM task_customers
    WHERE task_id = :task AND customer_id = ANY (CAST(:customers AS uuid[]))
      AND state IN ('uncalled', 'waiting', 'calling')
""")
ANYBODY_MERGED = select(exists().where(CustomerRow.merged_into.is_not(None)))
# The leader plans without waiting, and nobody waits for it here: who is being planned at this moment is told so.
HOLD = text("""
    SELECT id FROM task_customers WHERE id = ANY (CAST(:ids AS uuid[])) AND state IN ('uncalled', 'waiting')
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
""")
TAKE_OUT = text("""
    UPDATE task_customers
    SET state = CASE WHEN last_called_at IS NULL THEN 'withdrawn' ELSE 'called' END, due_at = NULL,
        taken_out_by = NULL, due_before = NULL, taken_out_why = :why
    WHERE id = ANY (CAST(:ids AS uuid[]))
""")


Bring = Callable[[Collection[UUID]], Awaitable[Collection[UUID]]]
"""Lets entries be called anew, but for those that it is given, and returns which."""


async def merge_customers(
    session: AsyncSession,
    kept_id: UUID,
    others: Mapping[UUID, int],
    change: CustomerChange,
    editor: Editor,
    *,
    now: datetime,
) -> None:
    """Merge customers as :func:`contacts.merging.merge` does; from then on a task calls one number of the person.

    Raises what that raises, and BeingCalledError where one of them is being called or put into a task right now.
    """
    held = await _tasks_of(session, [kept_id, *others])
    for task_id in held:
        await get_task_to_fill(session, task_id)
    await merging.merge(session, kept_id, others, change, editor, now=now)
    if not set(await _tasks_of(session, [kept_id, *others])) <= set(held):
        raise BeingCalledError
    for task_id in held:
        await _keep_to_one(session, task_id, kept_id)


async def come_in(session: AsyncSession, task_id: UUID, bring: Bring) -> tuple[set[UUID], set[UUID]]:
    """Let those come who are called under no other number; return them, and who stays as if ``bring`` had not been.

    Somebody merged meanwhile is seen only behind what brings them: it is taken back, and done without the refused.
    """
    refused: set[UUID] = set()
    while True:
        attempt = await session.begin_nested()
        came = set(await bring(refused))
        doubled = await doubled_among(session, task_id, came)
        if not doubled:
            await attempt.commit()
            return came, refused
        await attempt.rollback()
        refused |= doubled


async def doubled_among(session: AsyncSession, task_id: UUID, came_last: Collection[UUID]) -> set[UUID]:
    """Return which of the entries that ``came_last`` would have somebody called under two numbers."""
    # Where nobody was merged nothing is looked for.
    if not came_last or not await session.scalar(ANYBODY_MERGED):
        return set()
    last = set(came_last)
    customers = set(await session.scalars(CUSTOMERS_OF, {"ids": list(last)}))
    merged = dict[UUID, UUID](iter(await session.execute(MERGED_AMONG, {"ids": list(customers)})))
    people = await _places(session, task_id, (customers - merged.keys()) | set(merged.values()))
    return {one for places in people for one in superfluous(places, last)} & last


async def take_out_doubled(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Take out entries that the transaction holds, as another number of the same person is called instead."""
    await session.execute(TAKE_OUT, {"ids": list(ids), "why": SAME_PERSON})


async def _keep_to_one(session: AsyncSession, task_id: UUID, person: UUID) -> None:
    out = [one for places in await _places(session, task_id, [person]) for one in superfluous(places)]
    if not out:
        return
    if len((await session.execute(HOLD, {"ids": out})).all()) < len(out):
        raise BeingCalledError
    await take_out_doubled(session, out)
    await wake_leader(session, task_id)
    tenant_id = await session.scalar(select(TaskRow.tenant_id).where(TaskRow.id == task_id))
    if tenant_id is not None:
        await tell_browsers(session, tenant_id, task_id)


async def _places(session: AsyncSession, task_id: UUID, cards: Collection[UUID]) -> list[list[PlaceInTask]]:
    """Return where the numbers of each person stand in a task, of those ``cards`` that others were merged into."""
    numbers = (await numbers_of(session, cards)).items()
    card_of = {number.customer_id: card for card, of_person in numbers for number in of_person}
    people: defaultdict[UUID, list[PlaceInTask]] = defaultdict(list)
    rows = await session.execute(PLACES, {"task": task_id, "customers": list(card_of)})
    for key, customer_id, state, called_before, position in rows:
        card = card_of[customer_id]
        place = PlaceInTask(key, CustomerState(state), called_before, customer_id == card, position)
        people[card].append(place)
    return list(people.values())


async def _tasks_of(session: AsyncSession, customer_ids: Sequence[UUID]) -> list[UUID]:
    """Return which tasks, of those that may call yet, have any number of these people, by their ids."""
    same = select(CustomerRow.id).where(
        CustomerRow.id.in_(customer_ids) | CustomerRow.merged_into.in_(customer_ids)
    )
    query = (
        select(TaskRow.id)
        .join(TaskCustomerRow, TaskCustomerRow.task_id == TaskRow.id)
        .where(TaskCustomerRow.customer_id.in_(same), TaskRow.state != TaskState.FINISHED)
        .distinct()
        .order_by(TaskRow.id)
    )
    return list(await session.scalars(query))
