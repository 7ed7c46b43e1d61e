"""How quickly a task starts its calls, and how long one takes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import extract, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.listing import CLOCKS_APART
from callwright.calls.schemas import Pace
from callwright.db.tables.tasks import AttemptRow
from callwright.dialing.attempt import AttemptState
from callwright.dialing.estimate import possible_pace
from callwright.kit.ids import first_id_at
from callwright.tasks.schemas import TaskView

LATEST_ATTEMPTS = 50
"""How long a call takes is the mean of so many."""
MOST_STARTS = 1_000
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MOST_OF_HOUR = 5_000
"""Of an hour with more calls than these the latest are looked at, so that a quick task's page stays quick."""


async def get_seconds_per_call(session: AsyncSession, task_id: UUID) -> float | None:
    """Return how long the latest calls took from planning to end, on average; ``None`` before the first's end."""
    latest = (
        select(extract("epoch", AttemptRow.ended_at - AttemptRow.planned_at).label("seconds"))
        .where(AttemptRow.task_id == task_id, AttemptRow.state == AttemptState.ENDED)
        .order_by(AttemptRow.id.desc())
        .limit(LATEST_ATTEMPTS)
        .subquery()
    )
    seconds = await session.scalar(select(func.avg(latest.c.seconds)))
    return None if seconds is None else float(seconds)


async def get_latest_starts(session: AsyncSession, task_id: UUID, *, calls_at_once: int) -> Sequence[datetime]:
    """Return when the latest calls were dialled, the newest first: of more than two rounds where so many were."""
    row = AttemptRow
    latest = select(row.dialled_at).where(row.task_id == task_id, row.dialled_at.is_not(None))
    most = min(LATEST_ATTEMPTS + 2 * calls_at_once, MOST_STARTS)
    starts = await session.scalars(latest.order_by(row.id.desc()).limit(most))
    return sorted((start for start in starts if start is not None), reverse=True)


async def get_pace(session: AsyncSession, task: TaskView, *, seconds_per_call: float | None, now: datetime) -> Pace:
    """Return how many calls were started lately, and how many could be a minute."""
    row = AttemptRow
    latest = (
        select(row.dialled_at.label("at"))
        .where(row.task_id == task.id, row.dialled_at > now - HOUR)
        .where(row.id >= first_id_at(now - HOUR - CLOCKS_APART))
        .order_by(row.id.desc())
        .limit(MOST_OF_HOUR)
        .subquery()
    )
    in_minute = func.count().filter(latest.c.at > now - MINUTE)
    minute, hour, oldest = (await session.execute(select(in_minute, func.count(), func.min(latest.c.at)))).one()
    since = oldest if hour == MOST_OF_HOUR else max(task.started_at or now - HOUR, now - HOUR)
    minutes = max((now - since) / MINUTE, 1.0)
    return Pace(minute, hour / minutes, possible_pace(task.concurrency, seconds_per_call))
