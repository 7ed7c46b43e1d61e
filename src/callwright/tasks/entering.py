"""Customers into a task, in a few statements whatever their number; the customer book is kept in step."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.drafts import CustomerDraft
from callwright.contacts.repository import Kept, get_incoming_ids, keep_incoming
from callwright.db.copying import copy_rows
from callwright.db.tables.tasks import TaskRow
from callwright.dialing.lifecycle import TaskAct, TaskState, after
from callwright.dialing.scramble import order_key
from callwright.kit.ids import new_id
from callwright.kit.phone_place import time_zones_of
from callwright.tasks import repository
from callwright.tasks.arms import get_split
from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.one_person import come_in
from callwright.tasks.taking_out import COMES_BACK

ASIDE = text("""
    CREATE TEMPORARY TABLE IF NOT EXISTS incoming_entries
    (place integer NOT NULL, id uuid NOT NULL, variables jsonb NOT NULL, position bigint NOT NULL,
     zones text NOT NULL, arm_id uuid)
    ON COMMIT DROP
""")
FORGET = text("TRUNCATE incoming_entries")
ENTER = text("""
    INSERT INTO task_customers (id, task_id, customer_id, variables, position, zones, arm_id, state)
    SELECT entry.id, :task, book.id, entry.variables, entry.position, entry.zones, entry.arm_id, 'uncalled'
    FROM incoming_entries AS entry JOIN incoming_customers AS book USING (place)
    WHERE entry.id <> ALL (CAST(:but AS uuid[]))
    ORDER BY place
    ON CONFLICT (task_id, customer_id) DO NOTHING
    RETURNING id
""")
# Not by ON CONFLICT, which would wait for everybody who is just being called.
REVIVE = text(f"""
    UPDATE task_customers AS known
    SET state = 'uncalled', due_at = NULL, taken_out_by = NULL, due_before = NULL, taken_out_why = NULL,
        variables = entry.variables,
        position = entry.position, arm_id = CASE known.state WHEN 'called' THEN known.arm_id ELSE entry.arm_id END
    FROM incoming_entries AS entry JOIN incoming_customers AS book USING (place)
    WHERE known.task_id = :task AND known.customer_id = book.id AND {COMES_BACK}
      AND known.id <> ALL (CAST(:but AS uuid[]))
    RETURNING known.id
""")  # noqa: S608 - made of constants alone
ENTER_ZONES = text("""
    INSERT INTO task_zones (id, task_id, zones)
    SELECT gen_random_uuid(), :task, zones FROM (SELECT DISTINCT zones FROM incoming_entries) AS given
    ON CONFLICT (task_id, zones) DO NOTHING
""")
PLACES_OF = text("""
    SELECT place FROM incoming_entries WHERE id = ANY (CAST(:ids AS uuid[]))
    UNION
    SELECT book.place FROM incoming_customers AS book
    JOIN task_customers AS entry ON entry.customer_id = book.id WHERE entry.id = ANY (CAST(:ids AS uuid[]))
""")
FIRST = text("""
    SELECT entry.id FROM task_customers AS entry JOIN incoming_customers AS book ON book.id = entry.customer_id
    WHERE entry.task_id = :task AND book.place = 0
""")


@dataclass(frozen=True, slots=True)
class Entered:
    """How many came into the task, and what became of all in the book.

    ``refused`` are the places of those whom another number stands for that is still to be called.
    """

    entered: int
    book: Kept
    refused: frozenset[int]


async def enter(session: AsyncSession, task_id: UUID, drafts: Sequence[CustomerDraft]) -> Entered:
    """Put checked customers, each number once, behind those in the task. Raises NotFoundError, TaskStateError."""
    task = await repository.get_task_to_fill(session, task_id)
    after(TaskState(task.state), TaskAct.ADD_CUSTOMERS)
    kept = await keep_incoming(session, drafts)
    await session.execute(ASIDE)
    await session.execute(FORGET)
    columns = ("place", "id", "variables", "position", "zones", "arm_id")
    await copy_rows(session, "incoming_entries", columns, await _entries(session, task, drafts))
    await session.execute(ENTER_ZONES, {"task": task_id})

    async def bring(but: Collection[UUID]) -> set[UUID]:
        given = {"task": task_id, "but": list(but)}
        return {key for how in (REVIVE, ENTER) for key in await session.scalars(how, given)}

    came, doubled = await come_in(session, task_id, bring)
    refused = await session.scalars(PLACES_OF, {"ids": list(doubled)}) if doubled else ()
    if came:
        await wake_leader(session, task_id)
        await tell_browsers(session, task.tenant_id, task_id)
    return Entered(len(came), kept, frozenset(refused))


async def get_first_entered(session: AsyncSession, task_id: UUID) -> UUID:
    """Return the entry of the first of those entered last into the task (in their transaction)."""
    return UUID(str(await session.scalar(FIRST, {"task": task_id})))


async def _entries(
    session: AsyncSession, task: TaskRow, drafts: Sequence[CustomerDraft]
) -> Iterator[tuple[object, ...]]:
    behind = await repository.get_end(session, task.id)
    split = await get_split(session, task.id)
    ids = await get_incoming_ids(session) if split.arms else ()

    def entry(place: int, draft: CustomerDraft) -> tuple[object, ...]:
        position = order_key(task.id.int, int(draft.phone[1:])) if task.scramble else behind + place
        zones = " ".join(time_zones_of(draft.phone))
        arm = split.of(ids[place]) if split.arms else None
        return place, new_id(), json.dumps(dict(draft.variables)), position, zones, arm

    return (entry(place, draft) for place, draft in enumerate(drafts))
