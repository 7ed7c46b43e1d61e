"""Jobs: work to be done by a worker process, entered in the transaction that makes it needed.

A job names what to do and one row to do it with; everything else stands in that row. It is done at least once, so
that doing it must be harmless where it was done already.
"""

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

LOOK_S = 0.5

Result = TypeVar("Result")
Tell = Callable[[float], None]
"""Told now and then how much is done, 0 to 1; it ends the work by raising when it was called off."""


class Queue(StrEnum):
    """Where a job waits. Each has places of its own in a worker, so that no job waits for another queue's.

    In each, companies take turns.
    """

    ORDINARY = "callwright"
    SPEAKING = "callwright-speaking"
    """Takes minutes, and only waits for the speech server meanwhile."""
    REHEARSING = "callwright-rehearsing"
    """Takes minutes, and waits while real calls need the machine."""
    EXPORTING = "callwright-exporting"
    """Takes minutes, and a company may ask for several at once: they are done one after the other."""
    WEBHOOKS = "callwright-webhooks"
    """Waits for others' servers, which may be slow: no company holds more than four places, of all workers'."""


async def enqueue(session: AsyncSession, name: str, key: UUID, queue: Queue = Queue.ORDINARY) -> None:
    """Have job ``name`` done with the row ``key`` once the tenant's transaction of ``session`` commits.

    One that waits already is not entered again. A transaction of no tenant is refused by the database.
    """
    await session.execute(select(func.enqueue_job(name, key, queue.value)))


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of job, as the feature that it belongs to defines it.

    ``run(tenant_id, key)`` does it, in a transaction of its own; an UnavailableError is a reason to try it again.
    ``fail(tenant_id, key, why)`` is told once it is given up; ``why`` is a stable code.
    """

    name: str
    run: Callable[[UUID, UUID], Awaitable[None]]
    fail: Callable[[UUID, UUID, str], Awaitable[None]]


class _CalledOffError(Exception):
    """Ends the thread that computes."""


async def compute(work: Callable[[Tell], Result], note: Callable[[float], Awaitable[bool]]) -> Result | None:
    """Return what ``work`` computes in a thread, ``None`` where it was called off meanwhile.

    Twice a second ``note`` is told how much is done, and answers whether to go on.
    """
    share, off = 0.0, threading.Event()

    def tell(done: float) -> None:
        nonlocal share
        share = done
        if off.is_set():
            raise _CalledOffError

    computing = asyncio.create_task(asyncio.to_thread(work, tell))
    try:
        while not computing.done():
            if not await note(share):
                return None
            await asyncio.wait({computing}, timeout=LOOK_S)
        return computing.result()
    finally:
        off.set()
        with contextlib.suppress(_CalledOffError):
            await computing
