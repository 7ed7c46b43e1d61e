"""From waiting to planned: the calls that the leader lets start."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.tasks import TaskRow
from callwright.dialing.lifecycle import TaskState
from callwright.kit.ids import new_id
from callwright.tasks.news import tell_browsers, wake_nodes
from callwright.tasks.schemas import PlannedStart
from callwright.tasks.sql import PLAN


async def plan_attempts(session: AsyncSession, starts: Sequence[PlannedStart], now: datetime) -> int:
    """Plan calls of running tasks, their customers being called from now on; return how many.

    A task that was stopped since it was looked at plans nothing, and so does a customer who waits no more.
    """
    running = await _let_run({start.task_id for start in starts}, session)
    wanted = [start for start in starts if start.task_id in running]
    if not wanted:
        return 0
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
    for tenant_id, task_id in set(rows):
        await tell_browsers(session, tenant_id, task_id)
    if rows:
        await wake_nodes(session)
    return len(rows)


async def _let_run(task_ids: set[UUID], session: AsyncSession) -> set[UUID]:
    """Return those of the tasks that run, and let nobody stop them before this transaction ends."""
    running = await session.scalars(
        select(TaskRow.id)
        .where(TaskRow.id.in_(task_ids), TaskRow.state == TaskState.RUNNING)
        .order_by(TaskRow.id)
        .with_for_update(read=True)
    )
    return set(running)
