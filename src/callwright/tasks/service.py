"""Call tasks: making them, listing them, and what a person may do with one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.conflicts import refusing
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.db.tables.tasks import TaskRow
from callwright.dialing.lifecycle import TaskAct, TaskReason, TaskState, after
from callwright.dialogue.graph import Variable
from callwright.kit.names import checked_name
from callwright.lines.service import get_line
from callwright.scripts.service import get_graph, get_script
from callwright.seats.service import total_seats
from callwright.tasks import attempts_repository, repository
from callwright.tasks.errors import (
    ConcurrencyError,
    ScriptNotPublishedError,
    TaskEmptyError,
    TaskNameTakenError,
)
from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.schemas import TaskView


async def create_task(
    session: AsyncSession, *, name: str, script_id: UUID, line_id: UUID, concurrency: int, now: datetime
) -> TaskView:
    """Make a task that plays the script's published version, as a draft.

    Raises InvalidNameError, TaskNameTakenError, ScriptNotPublishedError, ConcurrencyError, and NotFoundError for
    the script or the line.
    """
    name = checked_name(name, thing="task")
    version = await _get_published_version(session, script_id)
    line = await get_line(session, line_id)
    _check_concurrency(concurrency, "line", line.channels)
    _check_concurrency(concurrency, "number of AI seats", await total_seats(session, now))
    task = TaskRow(
        name=name,
        script_version_id=version.id,
        line_id=line.id,
        concurrency=concurrency,
        state=TaskState.DRAFT,
        state_reason="",
    )
    session.add(task)
    with refusing("uq_tasks_tenant_id_name", TaskNameTakenError(name=name)):
        await session.flush()
    return await repository.get_task_view(session, task.id)


async def get_task(session: AsyncSession, task_id: UUID) -> TaskView:
    """Return a task with its counts. Raises NotFoundError."""
    return await repository.get_task_view(session, task_id)


async def list_tasks(
    session: AsyncSession,
    *,
    state: str | None = None,
    name: str | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[TaskView]:
    """Return tasks, newest first: those in ``state``, with ``name`` in their name, older than ``after``."""
    return await repository.get_newest_task_views(session, state=state, name=name, after=after, limit=limit)


async def variables_of(session: AsyncSession, task_id: UUID) -> list[Variable]:
    """Return what the task's script must know of each customer. Raises NotFoundError."""
    task = await repository.get_task_row(session, task_id)
    return list((await get_graph(session, task.script_version_id)).variables)


async def grades_of(session: AsyncSession, task_id: UUID) -> list[str]:
    """Return the intention grades of the task's script, best first. Raises NotFoundError."""
    task = await repository.get_task_row(session, task_id)
    return list((await get_graph(session, task.script_version_id)).grades.names)


async def seats_in_use(session: AsyncSession) -> int:
    """Return how many AI seats the tenant's attempts hold now, planned ones included."""
    return await repository.count_in_flight(session)


async def start_task(session: AsyncSession, task_id: UUID, *, now: datetime) -> TaskView:
    """Begin calling. Raises NotFoundError, TaskStateError, TaskEmptyError."""
    task = await repository.get_task_for_change(session, task_id)
    state = after(TaskState(task.state), TaskAct.START)
    if not await repository.has_customers(session, task_id):
        raise TaskEmptyError(name=task.name)
    task.started_at = now
    return await _enter(session, task, state)


async def pause_task(session: AsyncSession, task_id: UUID, *, now: datetime) -> TaskView:
    """Dial nobody further; calls under way go on. Raises NotFoundError, TaskStateError."""
    task = await repository.get_task_for_change(session, task_id)
    state = after(TaskState(task.state), TaskAct.PAUSE)
    await attempts_repository.withdraw_planned(session, task_id, now)
    return await _enter(session, task, state)


async def resume_task(session: AsyncSession, task_id: UUID) -> TaskView:
    """Go on calling. Raises NotFoundError, TaskStateError."""
    task = await repository.get_task_for_change(session, task_id)
    state = after(TaskState(task.state), TaskAct.RESUME)
    return await _enter(session, task, state)


async def finish_task(session: AsyncSession, task_id: UUID, *, now: datetime) -> TaskView:
    """End the task for good; calls under way go on. Raises NotFoundError, TaskStateError."""
    task = await repository.get_task_for_change(session, task_id)
    state = after(TaskState(task.state), TaskAct.FINISH)
    await attempts_repository.withdraw_planned(session, task_id, now)
    task.finished_at = now
    return await _enter(session, task, state)


async def finish_tasks_with_nobody_left(session: AsyncSession, now: datetime) -> int:
    """Finish, across tenants, the running tasks whose customers have all been called; return how many."""
    finished = await repository.finish_tasks_with_nobody_left(session, TaskReason.ALL_CALLED, now)
    for task in finished:
        await tell_browsers(session, task.tenant_id, task.id)
    return len(finished)


async def _enter(session: AsyncSession, task: TaskRow, state: TaskState) -> TaskView:
    task.state, task.state_reason = state, ""
    await session.flush()
    await wake_leader(session, task.id)
    await tell_browsers(session, task.tenant_id, task.id)
    return await repository.get_task_view(session, task.id)


async def _get_published_version(session: AsyncSession, script_id: UUID) -> ScriptVersionRow:
    script = await get_script(session, script_id)
    if script.published is None:
        raise ScriptNotPublishedError(name=script.name)
    return script.published


def _check_concurrency(asked: int, limit_of: str, most: int) -> None:
    if not 1 <= asked <= most:
        raise ConcurrencyError(asked=asked, limit_of=limit_of, most=most, where="concurrency")
