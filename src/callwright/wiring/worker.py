"""The job worker process, and which jobs there are."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache

from callwright.billing.ledger import get_available
from callwright.blobs.disk import DiskBlobs
from callwright.callroom.speaking_ahead import speak_ahead_job
from callwright.calls.dry_run.jobs import dry_run_job
from callwright.channels.addresses import Reach, networks
from callwright.channels.chat_port import Chats
from callwright.channels.chat_ways import EveryChat
from callwright.channels.http import GuardedHttp
from callwright.chats.wechat_accounts import KeptAccounts
from callwright.contacts.bulk_job import bulk_change_job, forget_undo
from callwright.crowds.jobs import crowd_job
from callwright.db.jobs import Job
from callwright.db.outbox import Handler, forget_events
from callwright.db.session import Database
from callwright.exports.forgetting import forget_exports
from callwright.exports.jobs import export_job
from callwright.imports.forgetting import forget_files
from callwright.imports.jobs import import_job
from callwright.kit.clock import SystemClock
from callwright.kit.secrets import SecretBox
from callwright.messaging.channels import opened as channel_of
from callwright.messaging.hanging_up import HANG_UP_MESSAGES
from callwright.messaging.keeping import keep_channels
from callwright.moving.jobs import move_job
from callwright.pushing.handing import CALL_PUSHES, WARNING_PUSHES
from callwright.pushing.jobs import Pusher, forget_tests
from callwright.pushing.jobs import enter_due as enter_due_pushes
from callwright.rehearsal.holding import House
from callwright.rehearsal.inner_line import LineConfig
from callwright.rehearsal.jobs import Opened, spoken_crowd_job
from callwright.rehearsal.load import is_busy
from callwright.scripts.forgetting import forget_recordings
from callwright.settings import Settings
from callwright.speech.client import SpeechClient
from callwright.speech.port import Synthesiser
from callwright.speech.protocol import Priority
from callwright.speech.providers import intents
from callwright.warnings.watching import watch
from callwright.webhooks.handling import WEBHOOKS
from callwright.webhooks.jobs import enter_due, forget_deliveries, webhook_job
from callwright.wiring import Ready, database, folders, speech
from callwright.worker.chores import Chore, run_chores
from callwright.worker.relaying import left_events_job, relay_events
from callwright.worker.run import WorkerConfig, run_worker

AT_ONCE = 2
"""Jobs of one queue."""
NICENESS = 10
"""Hours of computing must not make a voice wait that is on the same machine."""
CHORES_EVERY_S = 600
DUE_EVERY_S = 2
WATCH_EVERY_S = 10
HANDLERS: Sequence[Handler] = (WEBHOOKS, HANG_UP_MESSAGES, CALL_PUSHES, WARNING_PUSHES)
"""Who acts upon events."""


async def work(settings: Settings, ready: Ready) -> None:
    """Run a job worker until cancelled."""
    os.nice(NICENESS)
    opened = Database(database.url(settings))
    reach = Reach(networks(settings.outside_networks))
    http = GuardedHttp(reach)
    chats = EveryChat(reach, KeptAccounts(opened, SecretBox(folders.secret_key(settings))))
    ahead = SpeechClient.reaching(settings.speech_socket_path, priority=Priority.AHEAD, keeps=True)
    try:
        await opened.check()
        beside = [
            asyncio.create_task(run_chores(chores(opened, settings), every_s=CHORES_EVERY_S)),
            asyncio.create_task(relay_events(opened, HANDLERS)),
            asyncio.create_task(run_chores(_entering_due(opened), every_s=DUE_EVERY_S)),
            asyncio.create_task(_keep_channels(opened, settings, http)),
            asyncio.create_task(run_chores([_watching(opened)], every_s=WATCH_EVERY_S)),
        ]
        try:
            await run_worker(
                opened.url,
                [*jobs(opened, settings, ahead, http), pusher(opened, settings, chats).job()],
                WorkerConfig(at_once=AT_ONCE),
                ready=lambda: ready(None),
            )
        finally:
            for one in beside:
                one.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
    finally:
        chats.close()
        http.close()
        await ahead.close()
        await opened.close()


def jobs(opened: Database, settings: Settings, ahead: Synthesiser, http: GuardedHttp) -> list[Job]:
    """Return every kind of job. ``ahead`` says what nobody waits for yet; ``http`` leads outside."""
    clock = SystemClock()

    async def busy() -> bool:
        async with opened.system() as session:
            return await is_busy(session)

    return [
        dry_run_job(opened, clock, get_available),
        speak_ahead_job(opened, ahead),
        export_job(opened, DiskBlobs(folders.recordings(settings)), clock),
        move_job(opened, clock),
        bulk_change_job(opened, clock),
        import_job(opened, DiskBlobs(folders.recordings(settings)), clock),
        crowd_job(opened, clock, cache(lambda: intents(speech.intent_choice(settings, within="worker")))),
        spoken_crowd_job(opened, clock, _house(settings), busy),
        webhook_job(opened, http, SecretBox(folders.secret_key(settings)), clock),
        *(left_events_job(opened, handler) for handler in HANDLERS),
    ]


def chores(opened: Database, settings: Settings) -> list[Chore]:
    """Return what is to be done now and then."""
    blobs, clock = DiskBlobs(folders.recordings(settings)), SystemClock()
    kept, events_kept = timedelta(days=settings.keep_files_days), timedelta(days=settings.keep_events_days)

    return [
        lambda: forget_files(opened, blobs, clock.now(), kept=kept),
        lambda: forget_exports(opened, blobs, clock.now(), kept=kept),
        lambda: forget_undo(opened, clock.now()),
        lambda: forget_recordings(opened, blobs, clock.now()),
        lambda: forget_events(opened, clock.now(), kept=events_kept),
        lambda: forget_deliveries(opened, clock.now(), kept=events_kept),
        lambda: forget_tests(opened, clock.now(), kept=events_kept),
    ]


async def _keep_channels(opened: Database, settings: Settings, http: GuardedHttp) -> None:
    box = SecretBox(folders.secret_key(settings))
    await keep_channels(opened, lambda row: channel_of(row, box=box, http=http), SystemClock())


def pusher(opened: Database, settings: Settings, chats: Chats) -> Pusher:
    """Return what tells people through ``chats``."""
    box = SecretBox(folders.secret_key(settings))
    # Where this machine listens is not where a phone finds it: without an address there is no link.
    return Pusher(opened, chats, box, SystemClock(), settings.public_url or "")


def _entering_due(opened: Database) -> list[Chore]:
    clock = SystemClock()
    return [lambda: enter_due(opened, clock.now()), lambda: enter_due_pushes(opened, clock.now())]


def _watching(opened: Database) -> Chore:
    return lambda: watch(opened, SystemClock().now())


def _house(settings: Settings) -> Opened:
    """Return what lends the equipment of one rehearsal: real calls go first at the speech server."""

    @asynccontextmanager
    async def house() -> AsyncIterator[House]:
        client = await speech.connect(settings, Priority.TRYING)
        try:
            line = LineConfig(rtp_ports=settings.crowd_rtp_port_range)
            yield House(client, speech.listeners(settings), folders.working(settings), line)
        finally:
            await client.close()

    return house
