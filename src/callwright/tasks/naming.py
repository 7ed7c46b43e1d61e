"""Names of tasks, for what shows them beside other things."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.tasks import TaskRow
from callwright.dialing.lifecycle import TaskState


async def task_names(session: AsyncSession, task_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of tasks."""
    found = await session.execute(select(TaskRow.id, TaskRow.name).where(TaskRow.id.in_(task_ids)))
    return dict(iter(found))


async def tasks_of_groups(
    session: AsyncSession, group_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[tuple[UUID, str]]]:
    """Return the unfinished tasks, id and name, that call over each policy group."""
    found = await session.execute(
        select(TaskRow.policy_group_id, TaskRow.id, TaskRow.name)
        .where(TaskRow.policy_group_id.in_(group_ids), TaskRow.state != TaskState.FINISHED)
        .order_by(TaskRow.name)
    )
    tasks: defaultdict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for group_id, task_id, name in found:
        if group_id is not None:
            tasks[group_id].append((task_id, name))
    return tasks
