"""The job that makes a dry run of a large task."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.dry_run import service
from callwright.calls.dry_run.answering import answer
from callwright.calls.dry_run.gathering import Gathered, gather
from callwright.db.jobs import Job, compute
from callwright.db.session import Database
from callwright.db.tables.dry_runs import DryRunRow
from callwright.kit.clock import Clock
from callwright.tasks.nodes import get_total_capacity

Balance = Callable[[AsyncSession, UUID], Awaitable[int]]
"""What a tenant has to spend, in micros."""

STALE_S = 10.0
"""A call node that was silent for so long takes no calls."""
GATHERED = 0.4
"""How much of it is done once everything was read."""


def dry_run_job(database: Database, clock: Clock, balance: Balance) -> Job:
    """Return the job; done a second time it finds the same answer, or that it is over."""

    async def run(tenant_id: UUID, key: UUID) -> None:
        async with database.tenant(tenant_id) as session:
            row = await session.get(DryRunRow, key)
            if row is None or not await service.tell_progress(session, key, 0.0):
                return
            task_id = row.task_id
        found, available = await read(database, clock, balance, tenant_id, task_id)

        async def note(done: float) -> bool:
            async with database.tenant(tenant_id) as session:
                return await service.tell_progress(session, key, GATHERED + (1 - GATHERED) * done)

        told = await compute(lambda tell: answer(found, available, tell), note)
        if told is not None:
            async with database.tenant(tenant_id) as session:
                await service.finish(session, key, told)

    async def fail(tenant_id: UUID, key: UUID, why: str) -> None:
        async with database.tenant(tenant_id) as session:
            await service.fail(session, key, why)

    return Job(service.JOB, run, fail)


async def read(
    database: Database, clock: Clock, balance: Balance, tenant_id: UUID, task_id: UUID
) -> tuple[Gathered, int]:
    """Return everything that a dry run rests on, and the balance. Raises what ``gather`` raises."""
    async with database.system() as session:
        nodes = await get_total_capacity(session, STALE_S)  # they are no tenant's
    async with database.tenant(tenant_id) as session:
        found = await gather(session, task_id, clock.now(), nodes=nodes)
        return found, await balance(session, tenant_id)
