"""How a task's calls went by the hour of the day and the line they were placed over."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Integer, extract, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.lines import LineRow
from callwright.db.tables.tasks import AttemptRow
from callwright.tasks.schemas import LineRef
from callwright.tasks.service import get_task

LATEST = 100_000
"""So many diallings are looked at, so that a large task's page stays quick."""


@dataclass(frozen=True, slots=True)
class HourOfLine:
    """Calls over a line that were dialled between ``hour`` (0 to 23) and the next, and ended by now."""

    line: LineRef
    hour: int
    calls: int
    connected: int
    lost: int


async def get_hours(session: AsyncSession, task_id: UUID, *, zone: str) -> list[HourOfLine]:
    """Return the task's latest calls by line and hour of the day in ``zone`` (IANA). Raises NotFoundError."""
    await get_task(session, task_id)
    latest = (
        select(AttemptRow.line_id, AttemptRow.dialled_at, AttemptRow.phone_state)
        .where(AttemptRow.task_id == task_id, AttemptRow.phone_state.is_not(None))
        .order_by(AttemptRow.id.desc())
        .limit(LATEST)
        .subquery()
    )
    hour = extract("hour", func.timezone(zone, latest.c.dialled_at)).cast(Integer).label("hour")
    ended = latest.c.phone_state
    query = (
        select(
            latest.c.line_id,
            LineRow.name,
            hour,
            func.count(),
            func.count().filter(ended == "connected"),
            func.count().filter(ended == "lost"),
        )
        .join(LineRow, LineRow.id == latest.c.line_id)
        .where(latest.c.dialled_at.is_not(None))
        .group_by(latest.c.line_id, LineRow.name, hour)
        .order_by(LineRow.name, latest.c.line_id, hour)
    )
    rows = await session.execute(query)
    return [HourOfLine(LineRef(line_id, name), *counts) for line_id, name, *counts in rows]
