"""The ledger as people read it: its movements with the names of what they are for."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.accounts import UserRow
from callwright.db.tables.billing import LedgerEntryRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.lines import LineRow
from callwright.db.tables.tasks import TaskRow

AT_A_TIME = 1000
OF_CALLS = frozenset({"hold", "release", "charge"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement, its parts in the order of the query's; names are missing where what they name was removed."""

    id: UUID
    at: datetime
    kind: str
    amount: int
    task_id: UUID | None
    task: str | None
    line_id: UUID | None
    line: str | None
    call_id: UUID | None
    entered_by: str | None
    note: str

    @property
    def is_for_test_call(self) -> bool:
        """Whether it is for a call that belongs to no task."""
        return self.task_id is None and self.kind in OF_CALLS


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which movements: all, or those of a kind or task, from ``began`` on or before ``ended``."""

    kind: str | None = None
    task_id: UUID | None = None
    began: datetime | None = None
    ended: datetime | None = None


EVERY = EntryFilter()


async def list_entries(
    session: AsyncSession,
    wanted: EntryFilter = EVERY,
    *,
    by_people: bool = False,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Entry]:
    """Return the newest movements (in the tenant's transaction), those older than ``after``.

    ``by_people``: only those that people entered, not those of calls and messages.
    """
    found = _newest(wanted).limit(limit)
    if by_people:
        found = found.where(LedgerEntryRow.attempt_id.is_(None), LedgerEntryRow.message_id.is_(None))
    if after is not None:
        found = found.where(LedgerEntryRow.id < after)
    return [Entry(*row) for row in await session.execute(found)]


async def every_entry(session: AsyncSession, wanted: EntryFilter = EVERY) -> AsyncIterator[Entry]:
    """Give every movement that is wanted, the newest first, few of them at a time in memory."""
    after: UUID | None = None
    while True:
        entries = await list_entries(session, wanted, after=after, limit=AT_A_TIME)
        for entry in entries:
            yield entry
        if len(entries) < AT_A_TIME:
            return
        after = entries[-1].id


def _newest(wanted: EntryFilter) -> Select[*tuple[Any, ...]]:
    row = LedgerEntryRow
    found = (
        select(
            row.id,
            row.created_at,
            row.kind,
            row.amount,
            row.task_id,
            TaskRow.name,
            row.line_id,
            LineRow.name,
            CallRow.id,
            UserRow.name,
            row.note,
        )
        .outerjoin(TaskRow, TaskRow.id == row.task_id)
        .outerjoin(LineRow, LineRow.id == row.line_id)
        .outerjoin(CallRow, CallRow.attempt_id == row.attempt_id)
        .outerjoin(UserRow, UserRow.id == row.user_id)
        .order_by(row.id.desc())
    )
    if wanted.kind is not None:
        found = found.where(row.kind == wanted.kind)
    if wanted.task_id is not None:
        found = found.where(row.task_id == wanted.task_id)
    if wanted.began is not None:
        found = found.where(row.created_at >= wanted.began)
    if wanted.ended is not None:
        found = found.where(row.created_at < wanted.ended)
    return found
