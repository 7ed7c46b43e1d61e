"""No person is called under two numbers in one task: kept so whenever customers are merged or come into a task.

Whoever lets entries be called anew holds the task as one who fills it (:func:`repository.get_task_to_fill`) and
asks :func:`keep_to_one` behind that. A merge holds every task that has one of the customers in the same way, and
the customers themselves, to whom a new entry refers: of a merge and a filling at once the second sees the first.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts import merging
from callwright.contacts.card import CustomerChange
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
PLACES = text("""
    WITH numbers AS (
        SELECT id, merged_into AS person FROM customers WHERE merged_into IS NOT NULL
        UNION
        SELECT merged_into, merged_into FROM customers WHERE merged_into IS NOT NULL
    )
    SELECT numbers.person, entry.id, entry.state, entry.last_called_at IS NOT NULL,
           entry.customer_id = numbers.person, entry.position
    FROM numbers JOIN task_customers AS entry ON entry.customer_id = numbers.id
    WHERE entry.task_id = :task AND entry.state IN ('uncalled', 'waiting', 'calling')
""")
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
        await keep_to_one(session, task_id)


async def keep_to_one(session: AsyncSession, task_id: UUID, came_last: Collection[UUID] = ()) -> set[UUID]:
    """Take out what would have somebody called under two numbers, and return it.

    Where entries ``came_last``, only of the people whose they are, and those before others.
    Raises BeingCalledError where one of them is being planned at this moment.
    """
    people: defaultdict[UUID, list[PlaceInTask]] = defaultdict(list)
    for person, *place in await session.execute(PLACES, {"task": task_id}):
        people[person].append(_place(*place))
    last = set(came_last)
    concerned = [places for places in people.values() if not last or any(one.id in last for one in places)]
    out = {one for places in concerned for one in superfluous(places, last)}
    if not out:
        return out
    if len((await session.execute(HOLD, {"ids": list(out)})).all()) < len(out):
        raise BeingCalledError
    await session.execute(TAKE_OUT, {"ids": list(out), "why": SAME_PERSON})
    await wake_leader(session, task_id)
    tenant_id = await session.scalar(select(TaskRow.tenant_id).where(TaskRow.id == task_id))
    if tenant_id is not None:
        await tell_browsers(session, tenant_id, task_id)
    return out


def _place(key: UUID, state: str, called_before: bool, first: bool, position: int) -> PlaceInTask:
    return PlaceInTask(key, CustomerState(state), called_before, first, position)


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
