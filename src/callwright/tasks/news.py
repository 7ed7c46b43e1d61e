"""Telling that something of a task changed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db import outbox
from callwright.db.events import TaskStateChanged
from callwright.db.news import Channel, publish
from callwright.db.outbox import Event
from callwright.db.tables.tasks import TaskRow
from callwright.dialing.lifecycle import TaskState


async def tell_browsers(session: AsyncSession, tenant_id: UUID, task_id: UUID) -> None:
    """Tell open pages that the task's state, counts or calls changed."""
    await publish(session, Channel.BROWSER, {"tenant": tenant_id, "task": task_id, "kind": "task"})


async def tell_of_state(session: AsyncSession, tasks: Sequence[TaskRow]) -> None:
    """Tell open pages, and whoever acts upon it, that tasks are in another state now."""
    for task in tasks:
        await tell_browsers(session, task.tenant_id, task.id)
    await outbox.publish(session, [Event(task.tenant_id, _state(task)) for task in tasks])


def _state(task: TaskRow) -> TaskStateChanged:
    state = TaskState(task.state).value
    return TaskStateChanged.model_validate({"task_id": task.id, "state": state, "reason": task.state_reason})


async def wake_leader(session: AsyncSession, task_id: UUID) -> None:
    """Tell the leader that there is something to decide about the task."""
    await publish(session, Channel.TASKS, {"task": task_id})


async def wake_nodes(session: AsyncSession) -> None:
    """Tell the call nodes that there are attempts to claim."""
    await publish(session, Channel.ATTEMPTS, {})


async def wake_leader_for_all(session: AsyncSession) -> None:
    """Tell the leader to look at every task again: what changed is not one task's own."""
    await publish(session, Channel.TASKS, {})
