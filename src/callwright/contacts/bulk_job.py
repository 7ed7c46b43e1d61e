"""The job that changes many customers, or changes them back: batch by batch, each in a transaction of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts import bulk
from callwright.contacts.bulk_statements import BulkAct, apply_to, restore
from callwright.contacts.reaching import let_numbers_follow
from callwright.db.jobs import Job
from callwright.db.session import Database
from callwright.db.tables.contacts import BulkChangedRow, BulkChangeRow
from callwright.kit.clock import Clock

AT_A_TIME = 1000
UNDONE_WITHIN = timedelta(days=7)
"""For so long what customers were before is kept."""


def bulk_change_job(database: Database, clock: Clock) -> Job:
    """Return the job; done a second time it goes on where it was, or finds that it was done."""
    changing = _Changing(database, clock)
    return Job(bulk.JOB, changing.run, changing.fail)


@dataclass(frozen=True, slots=True)
class _Changing:
    database: Database
    clock: Clock

    async def run(self, tenant_id: UUID, key: UUID) -> None:
        while True:
            async with self.database.tenant(tenant_id) as session:
                row = await session.scalar(select(BulkChangeRow).where(BulkChangeRow.id == key).with_for_update())
                if row is None or row.state not in bulk.UNDER_WAY:
                    return
                if row.state == "undoing":
                    await _undo_some(session, row, self.clock.now())
                else:
                    await _do_some(session, row, self.clock.now())

    async def fail(self, tenant_id: UUID, key: UUID, why: str) -> None:
        async with self.database.tenant(tenant_id) as session:
            await bulk.fail(session, key, why, now=self.clock.now())


async def forget_undo(database: Database, now: datetime) -> int:
    """Forget what customers were before changes that are no longer to be undone; return of how many changes."""
    over = (BulkChangeRow.ended_at < now - UNDONE_WITHIN, BulkChangeRow.state == "done", BulkChangeRow.undoable)
    async with database.system() as session:
        due = (
            await session.execute(select(BulkChangeRow.tenant_id, BulkChangeRow.id).where(*over).limit(100))
        ).all()
    for tenant_id, change_id in due:
        async with database.tenant(tenant_id) as session:
            done = update(BulkChangeRow).where(BulkChangeRow.id == change_id, BulkChangeRow.state == "done")
            await session.execute(done.values(undoable=False))
            await session.execute(delete(BulkChangedRow).where(BulkChangedRow.bulk_change_id == change_id))
    return len(due)


async def _do_some(session: AsyncSession, row: BulkChangeRow, now: datetime) -> None:
    if row.act == BulkAct.ASSIGN and row.owner_id is None:
        await bulk.fail(session, row.id, "owner-gone", now=now)
        return
    whom = bulk.WHOM.validate_python(row.whom)
    ids = await bulk.next_ids(session, whom, after=row.after, before=row.id, most=AT_A_TIME)
    row.state = "running"
    if ids:
        row.changed += await apply_to(session, row, ids, seen_by=whom.seen_by, now=now)
        await let_numbers_follow(session, ids)
        row.looked_at += len(ids)
        row.after = ids[-1]
    else:
        bulk.finish(row, now)


async def _undo_some(session: AsyncSession, row: BulkChangeRow, now: datetime) -> None:
    record = BulkChangedRow
    of_it = select(record.customer_id).where(record.bulk_change_id == row.id).order_by(record.customer_id)
    if row.after is not None:
        of_it = of_it.where(record.customer_id > row.after)
    ids = (await session.scalars(of_it.limit(AT_A_TIME))).all()
    if ids:
        row.restored += await restore(session, row, ids, now=now)
        await let_numbers_follow(session, ids)
        row.looked_at += len(ids)
        row.after = ids[-1]
    else:
        row.state, row.undone_at, row.undoable = "undone", now, False
        await session.execute(delete(record).where(record.bulk_change_id == row.id))
