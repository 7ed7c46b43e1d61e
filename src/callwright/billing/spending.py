"""What calls and messages cost, by task, by line and by day: sums over the ledger's charges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Subquery, case, cast, func, literal, select, union_all
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
    """What ``calls`` and ``messages`` cost together: of one task or line (nameless once removed), or of one day.

    Messages have no line: theirs stand in a row of their own. Those that were given back are not counted.
    """

    id: UUID | None
    name: str | None
    day: date | None
    calls: int
    messages: int
    amount: int


async def spent(session: AsyncSession, by: By, days: Days) -> Sequence[Spent]:
    """Return what was charged within ``days`` (in the tenant's transaction), the dearest first, days in order."""
    charged = _charged(days)
    sums = (
        func.sum(charged.c.calls).label("calls"),
        func.sum(charged.c.messages).label("messages"),
        (-func.sum(charged.c.amount)).label("total"),
    )
    if by is By.DAY:
        day = cast(func.timezone(days.zone, charged.c.created_at), Date).label("day")
        found = await session.execute(select(day, *sums).group_by("day").order_by("day"))
        return [Spent(None, None, on, *map(int, counts)) for on, *counts in found]
    key, named = (charged.c.task_id, TaskRow) if by is By.TASK else (charged.c.line_id, LineRow)
    # A line that was removed is none, as that of messages is: they are told apart by what was charged.
    groups = (key,) if by is By.TASK else (key, charged.c.calls)
    of_each = select(key.label("key"), *sums).group_by(*groups).subquery()
    total = of_each.c.total
    named_sums = (
        select(of_each.c.key, named.name, of_each.c.calls, of_each.c.messages, total)
        .outerjoin(named, named.id == of_each.c.key)
        .order_by(total.desc(), of_each.c.key)
    )
    rows = await session.execute(named_sums)
    return [Spent(key, name, None, *map(int, counts)) for key, name, *counts in rows]


def _charged(days: Days) -> Subquery:
    """Return every charge of a call, and every charge and refund of a message, as one or none of them."""
    row = LedgerEntryRow
    within = (row.created_at >= days.began, row.created_at < days.ended)
    what = (row.task_id, row.line_id, row.created_at, row.amount)
    one = case((row.kind == "message_charge", 1), else_=-1)
    of_calls = select(*what, literal(1).label("calls"), literal(0).label("messages")).where(
        row.kind == "charge", *within
    )
    of_messages = select(*what, literal(0).label("calls"), one.label("messages")).where(
        row.kind.in_(("message_charge", "message_refund")), *within
    )
    return union_all(of_calls, of_messages).subquery()
