"""The job worker process, and which jobs there are."""

import os
from functools import cache

from callwright.billing.ledger import get_available
from callwright.callroom.speaking_ahead import speak_ahead_job
from callwright.calls.dry_run.jobs import dry_run_job
from callwright.crowds.jobs import crowd_job
from callwright.db.jobs import Job
from callwright.db.session import Database
from callwright.kit.clock import SystemClock
from callwright.settings import Settings
from callwright.speech.client import SpeechClient
from callwright.speech.port import Synthesiser
from callwright.speech.protocol import Priority
from callwright.speech.providers import intents
from callwright.wiring import Ready, database, speech
from callwright.worker.run import WorkerConfig, run_worker

AT_ONCE = 2
"""Speaking ahead takes minutes, and only waits for the speech server meanwhile."""
NICENESS = 10
"""Hours of computing must not make a voice wait that is on the same machine."""


async def work(settings: Settings, ready: Ready) -> None:
    """Run a job worker until cancelled."""
    os.nice(NICENESS)
    opened = Database(database.url(settings))
    ahead = SpeechClient.reaching(settings.speech_socket_path, priority=Priority.AHEAD)
    try:
        await opened.check()
        await run_worker(
            opened.url, jobs(opened, settings, ahead), WorkerConfig(at_once=AT_ONCE), ready=lambda: ready(None)
        )
    finally:
        await ahead.close()
        await opened.close()


def jobs(opened: Database, settings: Settings, ahead: Synthesiser) -> list[Job]:
    """Return every kind of job. ``ahead`` says what nobody waits for yet."""
    clock = SystemClock()
    return [
        dry_run_job(opened, clock, get_available),
        speak_ahead_job(opened, ahead),
        crowd_job(opened, clock, cache(lambda: intents(speech.intent_choice(settings, within="worker")))),
    ]
