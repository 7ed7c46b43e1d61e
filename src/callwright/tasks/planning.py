"""From waiting to planned: the calls that the leader lets start."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.kit.ids import new_id
from callwright.tasks.dialling import lock_running_tasks
from callwright.tasks.news import tell_browsers, wake_nodes
from callwright.tasks.schemas import PlannedStart
from callwright.tasks.sql import PLAN


async def plan_attempts(session: AsyncSession, starts: Sequence[PlannedStart], now: datetime) -> set[UUID]:
    """Plan calls of running tasks, their customers being called from now on; return whose entries.

    A task that was stopped since it was looked at plans nothing, and so does a customer who waits no more. The
    leader waits for nobody: a task or a customer whom somebody changes at this moment is left to its next look.
    """
    running = await lock_running_tasks(session, {start.task_id for start in starts}, wait=False)
    wanted = [start for start in starts if start.task_id in running]
    if not wanted:
        return set()
    planned = await session.execute(
        PLAN,
        {
            # Nodes take those of one look in the order of their ids, which is that of the customers.
            "ids": sorted(new_id() for _ in wanted),
            "customers": [start.task_customer_id for start in wanted],
            "lines": [start.line_id for start in wanted],
            "regions": [start.region for start in wanted],
            "now": now,
        },
    )
    rows = planned.all()
    for tenant_id, task_id in {(row.tenant_id, row.task_id) for row in rows}:
        await tell_browsers(session, tenant_id, task_id)
    if rows:
        await wake_nodes(session)
    return {row.task_customer_id for row in rows}
