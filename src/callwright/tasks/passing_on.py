"""Customers of one task into another, as if they had been imported there."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.dialing.lifecycle import TaskAct, TaskState, after
from callwright.dialing.scramble import order_key
from callwright.kit.ids import new_id
from callwright.tasks.arms import get_split
from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.one_person import come_in
from callwright.tasks.repository import get_end, get_task_to_fill
from callwright.tasks.taking_out import COMES_BACK

GIVEN = """
    unnest(CAST(:ids AS uuid[]), CAST(:customers AS uuid[]), CAST(:variables AS text[]),
           CAST(:positions AS bigint[]), CAST(:zones AS text[]), CAST(:arms AS uuid[]),
           CAST(:dues AS timestamptz[]))
        AS given (id, customer, variables, position, zones, arm, due)
"""
STATE = "CASE WHEN given.due IS NULL THEN 'uncalled' ELSE 'waiting' END"
REVIVE = text(f"""
    UPDATE task_customers AS known
    SET state = {STATE}, due_at = given.due, taken_out_by = NULL, due_before = NULL, taken_out_why = NULL,
        variables = given.variables::jsonb, position = given.position,
        arm_id = CASE known.state WHEN 'called' THEN known.arm_id ELSE given.arm END
    FROM {GIVEN}
    WHERE known.task_id = :task AND known.customer_id = given.customer AND {COMES_BACK}
      AND known.id <> ALL (CAST(:but AS uuid[]))
    RETURNING known.id, known.customer_id
""")  # noqa: S608 - made of constants alone
ENTER = text(f"""
    INSERT INTO task_customers (id, task_id, customer_id, variables, position, zones, arm_id, state, due_at)
    SELECT given.id, :task, given.customer, given.variables::jsonb, given.position, given.zones, given.arm,
           {STATE}, given.due
    FROM {GIVEN}
    WHERE given.id <> ALL (CAST(:but AS uuid[]))
    ON CONFLICT (task_id, customer_id) DO NOTHING
    RETURNING id, customer_id
""")  # noqa: S608 - made of constants alone
ENTER_ZONES = text("""
    INSERT INTO task_zones (id, task_id, zones)
    SELECT gen_random_uuid(), :task, zones FROM (SELECT DISTINCT unnest(CAST(:zones AS text[])) AS zones) AS given
    ON CONFLICT (task_id, zones) DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A customer who is to come into a task; ``due_at``: not to be called before, where that was so already."""

    customer_id: UUID
    phone: str
    variables: dict[str, str]
    zones: str
    due_at: datetime | None


async def pass_on(session: AsyncSession, task_id: UUID, passed: Sequence[PassedOn]) -> set[UUID]:
    """Put customers of the book behind those in the task; return who was not in it before.

    Whoever is called there under another number does not come into it.
    Raises NotFoundError, and TaskStateError for a finished task.
    """
    task = await get_task_to_fill(session, task_id)
    after(TaskState(task.state), TaskAct.ADD_CUSTOMERS)
    behind, split = await get_end(session, task_id), await get_split(session, task_id)
    given = {
        "task": task_id,
        "ids": [new_id() for _ in passed],
        "customers": [one.customer_id for one in passed],
        "variables": [json.dumps(one.variables) for one in passed],
        "positions": [
            order_key(task.id.int, int(one.phone[1:])) if task.scramble else behind + place
            for place, one in enumerate(passed)
        ],
        "zones": [one.zones for one in passed],
        "arms": [split.of(one.customer_id) for one in passed],
        "dues": [one.due_at for one in passed],
    }
    await session.execute(ENTER_ZONES, given)
    customers: dict[UUID, UUID] = {}

    async def bring(but: Collection[UUID]) -> list[UUID]:
        asked = given | {"but": list(but)}
        came = [pair for how in (REVIVE, ENTER) for pair in await session.execute(how, asked)]
        customers.update((key, customer) for key, customer in came)
        return [key for key, _ in came]

    came, _ = await come_in(session, task_id, bring)
    if came:
        await wake_leader(session, task_id)
        await tell_browsers(session, task.tenant_id, task_id)
    return {customers[key] for key in came}
