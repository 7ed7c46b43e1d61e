"""The job worker process, and which jobs there are."""

from callwright.billing.ledger import get_available
from callwright.calls.dry_run.jobs import dry_run_job
from callwright.db.jobs import Job
from callwright.db.session import Database
from callwright.kit.clock import SystemClock
from callwright.settings import Settings
from callwright.wiring import Ready, database
from callwright.worker.run import WorkerConfig, run_worker


async def work(settings: Settings, ready: Ready) -> None:
    """Run a job worker until cancelled."""
    opened = Database(database.url(settings))
    try:
        await opened.check()
        await run_worker(opened.url, jobs(opened), WorkerConfig(), ready=lambda: ready(None))
    finally:
        await opened.close()


def jobs(opened: Database) -> list[Job]:
    """Return every kind of job."""
    clock = SystemClock()
    return [dry_run_job(opened, clock, get_available)]
