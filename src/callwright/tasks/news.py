"""Telling that something of a task changed."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.news import Channel, publish


async def tell_browsers(session: AsyncSession, tenant_id: UUID, task_id: UUID) -> None:
    """Tell open pages that the task's state, counts or calls changed."""
    await publish(session, Channel.BROWSER, {"tenant": tenant_id, "task": task_id, "kind": "task"})


async def wake_leader(session: AsyncSession, task_id: UUID) -> None:
    """Tell the leader that there is something to decide about the task."""
    await publish(session, Channel.TASKS, {"task": task_id})


async def wake_nodes(session: AsyncSession) -> None:
    """Tell the call nodes that there are attempts to claim."""
    await publish(session, Channel.ATTEMPTS, {})


async def wake_leader_for_all(session: AsyncSession) -> None:
    """Tell the leader to look at every task again: what changed is not one task's own."""
    await publish(session, Channel.TASKS, {})
