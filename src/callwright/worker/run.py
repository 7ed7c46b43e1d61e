"""A job worker: takes jobs one after another, tells that it lives, and takes over what the dead left behind."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg
import structlog
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status
from psycopg_pool import PoolTimeout

from callwright.db.engine import CONNECT_S, libpq_url
from callwright.db.jobs import Job, Queue
from callwright.db.roles import SYSTEM_ROLE
from callwright.kit.tabular import SpreadsheetError
from callwright.worker.retrying import Retries, WorkerStoppingError, is_passing, pause_after

log = structlog.get_logger()

KEPT_HOURS = 24 * 7
"""How long a job that failed can be looked at."""
LOST = "worker-lost"
"""Why a job failed whose workers died again and again."""
FAILED = "internal"
ENDING_S = 2.0
"""Far longer than parts take to end once nothing is under way any more."""


@dataclass(frozen=True, slots=True)
class WorkerConfig:
    """How a worker works: times in seconds.

    A worker that told nothing for ``stalled_s`` is taken for dead. A job that is begun for the ``lives``-th time
    and outlives its worker again is given up.
    """

    at_once: int = 1
    """Jobs of one queue."""
    webhooks_at_once: int = 16
    """They wait for others' servers, and take nothing meanwhile."""
    heartbeat_s: float = 5.0
    stalled_s: float = 20.0
    poll_s: float = 2.0
    stop_s: float = 5.0
    lives: int = 10


async def run_worker(url: str, jobs: Sequence[Job], config: WorkerConfig, *, ready: Callable[[], None]) -> None:
    """Do jobs until cancelled; while the database is away, wait for it.

    Only one job of a key is done at a time, whoever does it; companies take turns.
    """
    outages = 0
    while True:
        try:
            async with _opened(url, jobs, config) as app:
                ready()
                outages = 0
                await _work(app, jobs, config)
        except (ConnectorException, psycopg.OperationalError, PoolTimeout) as error:
            log.warning("job worker waits for the database", why=type(error).__name__)
        # The library ends its work without a word where its own connection broke.
        await asyncio.sleep(pause_after(outages))
        outages += 1


@asynccontextmanager
async def _opened(url: str, jobs: Sequence[Job], config: WorkerConfig) -> AsyncIterator[App]:
    connector = PsycopgConnector(
        conninfo=libpq_url(url),
        kwargs={
            "options": f"-c role={SYSTEM_ROLE} -c timezone=UTC",
            "connect_timeout": CONNECT_S,
            "application_name": "callwright",
        },
        min_size=1,
        max_size=len(Queue) * (config.at_once + 1) + 2,
        timeout=CONNECT_S,
    )
    app = App(connector=connector)
    for job in jobs:
        app.task(name=job.name, retry=Retries(), pass_context=True)(_doing(job))
    async with app.open_async():
        yield app


async def _work(app: App, jobs: Sequence[Job], config: WorkerConfig) -> None:
    parts = [asyncio.create_task(_work_at(queue, app, config)) for queue in Queue]
    parts.append(asyncio.create_task(_take_over(app, {job.name: job for job in jobs}, config)))
    try:
        await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await end_all(parts, again_s=config.stop_s + ENDING_S)
    for one in parts:
        if not one.cancelled() and isinstance(error := one.exception(), Exception):
            raise error


async def end_all(parts: Collection[asyncio.Task[None]], *, again_s: float) -> None:
    """Cancel tasks until they have ended, anew every ``again_s`` seconds.

    Before Python 3.12 ``asyncio.wait_for``, with which the library waits for a connection, loses a cancellation
    that comes in the moment in which it has what it waits for.
    """
    left = set(parts)
    while left:
        for one in left:
            one.cancel()
        _, left = await asyncio.wait(left, timeout=again_s)


async def _work_at(queue: Queue, app: App, config: WorkerConfig) -> None:
    await app.run_worker_async(
        queues=[queue.value],
        concurrency=config.webhooks_at_once if queue is Queue.WEBHOOKS else config.at_once,
        install_signal_handlers=False,
        fetch_job_polling_interval=config.poll_s,
        update_heartbeat_interval=config.heartbeat_s,
        stalled_worker_timeout=config.stalled_s,
        shutdown_graceful_timeout=config.stop_s,
        delete_jobs="successful",
    )


def _doing(job: Job) -> Callable[[JobContext, str, str], Awaitable[None]]:
    async def do(context: JobContext, tenant: str, key: str) -> None:
        tenant_id, row = UUID(tenant), UUID(key)
        try:
            await job.run(tenant_id, row)
        except asyncio.CancelledError:
            raise WorkerStoppingError from None
        except Exception as error:
            if not is_passing(error, context.job.attempts):
                _note_failure(job, key, error)
                await job.fail(tenant_id, row, getattr(error, "code", FAILED))
            raise

    return do


def _note_failure(job: Job, key: str, error: Exception) -> None:
    """What is wrong with a person's file is told to that person: the operator has nothing to look for."""
    if isinstance(error, SpreadsheetError):
        log.info("job refused", job=job.name, key=key, why=error.code)
    else:
        log.error("job failed", job=job.name, key=key, exc_info=error)


async def _take_over(app: App, jobs: dict[str, Job], config: WorkerConfig) -> None:
    """Put back what workers that died were doing, for ever."""
    await app.job_manager.delete_old_jobs(KEPT_HOURS, include_failed=True, include_aborted=True)
    while True:
        await app.job_manager.prune_stalled_workers(config.stalled_s)
        for left in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=config.stalled_s):
            # Another worker may have been quicker.
            with contextlib.suppress(ConnectorException):
                await _put_back(app, jobs, left, config)
        await asyncio.sleep(config.heartbeat_s)


async def _put_back(app: App, jobs: dict[str, Job], left: QueuedJob, config: WorkerConfig) -> None:
    log.warning("a job's worker died", job=left.task_name, key=left.task_kwargs.get("key"), lives=left.attempts + 1)
    if left.attempts + 1 < config.lives or left.task_name not in jobs:
        await app.job_manager.retry_job(left)
        return
    await app.job_manager.finish_job(left, Status.FAILED, delete_job=False)
    tenant, key = (UUID(str(left.task_kwargs[name])) for name in ("tenant", "key"))
    await jobs[left.task_name].fail(tenant, key, LOST)
