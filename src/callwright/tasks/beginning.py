"""What a company has of what its first call needs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.lines import LineRow
from callwright.db.tables.scripts import ScriptRow
from callwright.db.tables.tasks import TaskRow
from callwright.seats.service import total_seats


@dataclass(frozen=True, slots=True)
class Beginning:
    """Whether there is a line that takes calls, an AI seat, a published script, and a task."""

    line: bool
    seats: bool
    script: bool
    task: bool


async def get_beginning(session: AsyncSession, now: datetime) -> Beginning:
    """Return what the tenant has at ``now``."""
    line = exists().where(LineRow.retired_at.is_(None))
    script = exists().where(ScriptRow.published_number.is_not(None), ScriptRow.archived_at.is_(None))
    task = select(TaskRow.id).exists()
    has_line, has_script, has_task = (await session.execute(select(line, script, task))).one()
    return Beginning(has_line, await total_seats(session, now) > 0, has_script, has_task)
