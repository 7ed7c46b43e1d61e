"""Tasks that customers of a task may go into, and why they can't go into others."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.dialing.lifecycle import TaskState
from callwright.dialogue.graph import Variable
from callwright.moving import repository
from callwright.moving.schemas import Chosen, Destination, Lack
from callwright.scripts.service import get_graph
from callwright.tasks.repository import get_task_row
from callwright.tasks.schemas import TaskView
from callwright.tasks.service import get_task, list_tasks

AT_ONCE = 20
FINISHED, SAME_TASK, VARIABLES_MISSING = "finished", "same-task", "variables-missing"


async def list_destinations(
    session: AsyncSession, task_id: UUID, chosen: Chosen, *, name: str | None
) -> list[Destination]:
    """Return the newest tasks with ``name`` in theirs, each with what the customers lack. Raises NotFoundError."""
    await get_task_row(session, task_id)
    tasks = [task for task in await list_tasks(session, name=name, limit=AT_ONCE) if task.id != task_id]
    return await _judged(session, task_id, chosen, tasks)


async def get_destination(session: AsyncSession, task_id: UUID, chosen: Chosen, to_task_id: UUID) -> Destination:
    """Return one task, as :func:`list_destinations` does. Raises NotFoundError."""
    (found,) = await _judged(session, task_id, chosen, [await get_task(session, to_task_id)])
    return found


async def _judged(
    session: AsyncSession, task_id: UUID, chosen: Chosen, tasks: Sequence[TaskView]
) -> list[Destination]:
    required = {
        version: [one for one in (await get_graph(session, version)).variables if one.required]
        for version in {task.script_version_id for task in tasks}
    }
    names = sorted({variable.name for variables in required.values() for variable in variables})
    counts = await repository.count_lacking(session, task_id, chosen, names)
    return [_destination(task_id, task, required[task.script_version_id], counts) for task in tasks]


def _destination(
    task_id: UUID, task: TaskView, required: Sequence[Variable], counts: dict[str, int]
) -> Destination:
    lacks = [
        Lack(variable.name, variable.label or variable.name, counts[variable.name])
        for variable in required
        if counts[variable.name]
    ]
    why_not = VARIABLES_MISSING if lacks else None
    if task.state == TaskState.FINISHED:
        why_not = FINISHED
    if task.id == task_id:
        why_not = SAME_TASK
    return Destination(task.id, task.name, task.state, task.script.name, why_not, lacks)
