"""Jobs: work to be done by a worker process, entered in the transaction that makes it needed.

A job names what to do and one row to do it with; everything else stands in that row. It is done at least once, so
that doing it must be harmless where it was done already.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

QUEUE = "callwright"


async def enqueue(session: AsyncSession, name: str, key: UUID) -> None:
    """Have job ``name`` done with the row ``key`` once the tenant's transaction of ``session`` commits.

    One that waits already is not entered again. A transaction of no tenant is refused by the database.
    """
    await session.execute(select(func.enqueue_job(name, key)))


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of job, as the feature that it belongs to defines it.

    ``run(tenant_id, key)`` does it, in a transaction of its own; an UnavailableError is a reason to try it again.
    ``fail(tenant_id, key, why)`` is told once it is given up; ``why`` is a stable code.
    """

    name: str
    run: Callable[[UUID, UUID], Awaitable[None]]
    fail: Callable[[UUID, UUID, str], Awaitable[None]]
