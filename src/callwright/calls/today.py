"""How a company's day goes so far: its calls by the hour."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, extract, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.listing import CLOCKS_APART
from callwright.db.tables.calls import CallRow
from callwright.kit.ids import first_id_at


@dataclass(frozen=True, slots=True)
class HourOfDay:
    """Calls dialled between ``hour`` (0 to 23) and the next that are over; ``talk_ms`` of them all."""

    hour: int
    calls: int
    connected: int
    lost: int
    talk_ms: int


def begin_of_day(now: datetime, zone: str) -> datetime:
    """Return the midnight at which the day of ``now`` began in ``zone`` (IANA)."""
    return now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)


async def get_hours_of_today(session: AsyncSession, now: datetime, *, zone: str) -> list[HourOfDay]:
    """Return the tenant's calls of today by the hour in ``zone``, without hours that had none."""
    since = begin_of_day(now, zone)
    row, ended = CallRow, CallRow.phone_state
    hour = extract("hour", func.timezone(zone, row.dialled_at)).cast(Integer).label("hour")
    query = (
        select(
            hour,
            func.count(),
            func.count().filter(ended == "connected"),
            func.count().filter(ended == "lost"),
            func.coalesce(func.sum(row.talk_ms), 0),
        )
        # The list's index, from about midnight on.
        .where(row.id >= first_id_at(since - CLOCKS_APART), row.dialled_at >= since, ended.is_not(None))
        .group_by(hour)
        .order_by(hour)
    )
    return [HourOfDay(*counts) for counts in await session.execute(query)]
