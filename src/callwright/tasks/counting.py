"""How many of a company's tasks run."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.tasks import TaskRow
from callwright.dialing.lifecycle import TaskState


@dataclass(frozen=True, slots=True)
class RunningTasks:
    """How many tasks run, and how many of those dial nobody at the moment."""

    running: int
    waiting: int


async def count_running(session: AsyncSession) -> RunningTasks:
    """Return how many of the tenant's tasks run."""
    waiting = func.count().filter(TaskRow.waiting_reason != "")
    query = select(func.count(), waiting).where(TaskRow.state == TaskState.RUNNING)
    return RunningTasks(*(await session.execute(query)).one())
