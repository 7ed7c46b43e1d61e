"""How a day goes so far: its calls by the hour."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.listing import CLOCKS_APART
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.dialing.outcome import ANSWERED
from callwright.kit.ids import first_id_at

# Every clock's hours begin with one of its quarters.
QUARTER = func.date_bin(
    literal_column("interval '15 minutes'"), CallRow.dialled_at, literal_column("timestamptz 'epoch'")
)


@dataclass(frozen=True, slots=True)
class HourOfDay:
    """Calls dialled between ``hour`` (0 to 23) and the next that are over; ``talk_ms`` of them all.

    ``answered`` are those that a person answered, whatever came of it.
    """

    hour: int
    calls: int
    connected: int
    lost: int
    answered: int
    talk_ms: int


def begin_of_day(now: datetime, zone: str) -> datetime:
    """Return the midnight at which the day of ``now`` began in ``zone`` (IANA)."""
    return now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)


async def get_hours_of_today(
    session: AsyncSession, now: datetime, *, zone: str, whose: UUID | None
) -> list[HourOfDay]:
    """Return the tenant's calls of today by the hour in ``zone``, without hours that had none: those with the
    customers of the user ``whose``, or with everybody.
    """
    query = quarters_since(begin_of_day(now, zone))
    if whose is not None:
        query = query.where(CallRow.customer_id.in_(select(CustomerRow.id).where(CustomerRow.owner_id == whose)))
    hours: defaultdict[int, list[Sequence[int]]] = defaultdict(list)
    for quarter, *counts in await session.execute(query):
        hours[quarter.astimezone(ZoneInfo(zone)).hour].append(counts)
    return [
        HourOfDay(hour, *(sum(column) for column in zip(*quarters, strict=True)))
        for hour, quarters in sorted(hours.items())
    ]


def quarters_since(since: datetime) -> Select[Any]:
    """Return the query of what :class:`HourOfDay` counts by the quarter of an hour, each with its beginning."""
    row, ended = CallRow, CallRow.phone_state
    return (
        select(
            QUARTER,
            func.count(),
            func.count().filter(ended == "connected"),
            func.count().filter(ended == "lost"),
            func.count().filter(ended.in_(ANSWERED)),
            func.coalesce(func.sum(row.talk_ms), 0),
        )
        # Read off the list's index alone, from about midnight on.
        .where(row.id >= first_id_at(since - CLOCKS_APART), row.dialled_at >= since, ended.is_not(None))
        .group_by(QUARTER)
    )
