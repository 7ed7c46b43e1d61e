"""What calls cost, by task, by line and by day: sums over the ledger's charges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Date, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.errors import RangeError
from callwright.db.tables.billing import LedgerEntryRow
from callwright.db.tables.lines import LineRow
from callwright.db.tables.tasks import TaskRow

MOST_DAYS = 366


class By(StrEnum):
    """What charges are added up by."""

    TASK = "task"
    LINE = "line"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days by the clock of ``zone``, the last one included. Raises RangeError."""

    first: date
    last: date
    zone: str

    def __post_init__(self) -> None:
        if not timedelta() <= self.last - self.first < timedelta(days=MOST_DAYS):
            raise RangeError(first=self.first, last=self.last, most=MOST_DAYS, where="query.first")

    @property
    def began(self) -> datetime:
        """The moment at which the first day began."""
        return datetime.combine(self.first, time(), ZoneInfo(self.zone))

    @property
    def ended(self) -> datetime:
        """The moment at which the last day was over."""
        return datetime.combine(self.last + timedelta(days=1), time(), ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Spent:
    """What ``calls`` cost together, above 0: of one task or line (nameless once removed), or of one day."""

    id: UUID | None
    name: str | None
    day: date | None
    calls: int
    amount: int


async def spent(session: AsyncSession, by: By, days: Days) -> Sequence[Spent]:
    """Return what was charged within ``days`` (in the tenant's transaction), the dearest first, days in order."""
    row = LedgerEntryRow
    charged = (row.kind == "charge", row.created_at >= days.began, row.created_at < days.ended)
    calls, amount = func.count().label("calls"), -func.sum(row.amount).label("amount")
    if by is By.DAY:
        day = cast(func.timezone(days.zone, row.created_at), Date).label("day")
        found = await session.execute(select(day, calls, amount).where(*charged).group_by("day").order_by("day"))
        return [Spent(None, None, on, count, int(total)) for on, count, total in found]
    key, named = (row.task_id, TaskRow) if by is By.TASK else (row.line_id, LineRow)
    sums = select(key.label("key"), calls, amount.label("total")).where(*charged).group_by(key).subquery()
    named_sums = (
        select(sums.c.key, named.name, sums.c.calls, sums.c.total)
        .outerjoin(named, named.id == sums.c.key)
        .order_by(sums.c.total.desc(), sums.c.key)
    )
    rows = await session.execute(named_sums)
    return [Spent(key, name, None, count, int(total)) for key, name, count, total in rows]
