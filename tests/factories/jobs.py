"""A job worker inside a test: it does the jobs that wait, and ends."""

import asyncio
from collections.abc import Sequence

import psycopg

from callwright.db.engine import libpq_url
from callwright.db.jobs import Job
from callwright.worker.run import WorkerConfig, run_worker
from tests.waiting import until

CONFIG = WorkerConfig(heartbeat_s=0.2, stalled_s=3.0, poll_s=0.1, stop_s=0.2)


async def work_off(url: str, jobs: Sequence[Job], config: WorkerConfig = CONFIG) -> None:
    """Run a worker until no job waits or is being done."""
    async with await psycopg.AsyncConnection.connect(libpq_url(url), autocommit=True) as connection:
        await connection.execute("SET ROLE callwright_system")

        async def is_done() -> bool:
            found = await connection.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
            )
            return await found.fetchone() == (0,)

        working = asyncio.create_task(run_worker(url, jobs, config, ready=lambda: None))
        try:
            await until(is_done, "the last job's end")
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
