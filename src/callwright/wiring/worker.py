"""The job worker process, and which jobs there are."""

import os
from functools import cache

from callwright.billing.ledger import get_available
from callwright.calls.dry_run.jobs import dry_run_job
from callwright.crowds.jobs import crowd_job
from callwright.db.jobs import Job
from callwright.db.session import Database
from callwright.kit.clock import SystemClock
from callwright.settings import Settings
from callwright.speech.providers import intents
from callwright.wiring import Ready, database, speech
from callwright.worker.run import WorkerConfig, run_worker

NICENESS = 10
"""Hours of computing must not make a voice wait that is on the same machine."""


async def work(settings: Settings, ready: Ready) -> None:
    """Run a job worker until cancelled."""
    os.nice(NICENESS)
    opened = Database(database.url(settings))
    try:
        await opened.check()
        await run_worker(opened.url, jobs(opened, settings), WorkerConfig(), ready=lambda: ready(None))
    finally:
        await opened.close()


def jobs(opened: Database, settings: Settings) -> list[Job]:
    """Return every kind of job."""
    clock = SystemClock()
    return [
        dry_run_job(opened, clock, get_available),
        crowd_job(opened, clock, cache(lambda: intents(speech.intent_choice(settings, within="worker")))),
    ]
