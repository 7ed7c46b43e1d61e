"""The dialer process: one of them leads, the others wait to."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import DBAPIError

from callwright.db.errors import DatabaseUnavailableError
from callwright.db.news import Channel, listen
from callwright.db.session import Database
from callwright.dialer.leadership import Lead, leadership
from callwright.dialer.planner import Planner, PlannerConfig
from callwright.dialer.reaper import reap
from callwright.kit.clock import Clock, SystemClock
from callwright.tasks.service import finish_tasks_with_nobody_left, start_automatic_tasks
from callwright.tasks.tallies import fold_tallies

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DialerConfig:
    """How often the leader looks, and when it gives a node up.

    It looks every ``tick_s`` and whenever a task has news, but not sooner than ``rest_s`` after the last time.
    Every ``reap_every_s`` it looks for nodes that fell silent, and every ``fold_every_s`` it adds up what tasks
    counted. ``retry_s`` is between two attempts to lead.
    """

    planner: PlannerConfig = field(default_factory=PlannerConfig)
    tick_s: float = 0.25
    rest_s: float = 0.1
    reap_every_s: float = 1.0
    fold_every_s: float = 20.0
    retry_s: float = 0.5


async def run_dialer(database: Database, clock: Clock | None = None, config: DialerConfig | None = None) -> None:
    """Lead whenever nobody else does, until cancelled; a database that goes away is waited for."""
    clock, config = clock or SystemClock(), config or DialerConfig()
    while True:
        try:
            async with leadership(database.url, retry_s=config.retry_s) as lead:
                await _Leader(lead, database.url, clock, config).run()
        except DatabaseUnavailableError as error:
            log.warning("not leading", why=str(error))
        await asyncio.sleep(config.retry_s)


class _Leader:
    """Plans, finishes and reaps for as long as the lead lasts."""

    def __init__(self, lead: Lead, url: str, clock: Clock, config: DialerConfig) -> None:
        self._lead = lead
        self._url = url
        self._clock = clock
        self._config = config
        self._planner = Planner(clock, config.planner)
        self._news = asyncio.Event()
        self._reap_after = self._fold_after = clock.monotonic()

    async def run(self) -> None:
        """Tick until the connection is lost. Raises DatabaseUnavailableError then."""
        hearing = asyncio.create_task(self._hear(), name="task-news")
        try:
            while True:
                await self._tick()
                await asyncio.sleep(self._config.rest_s)
                await self._wait()
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)

    async def _hear(self) -> None:
        async with aclosing(listen(self._url, Channel.TASKS)) as news:
            async for _ in news:
                self._news.set()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._config.tick_s):
                await self._news.wait()
        except TimeoutError:
            return
        self._news.clear()

    async def _tick(self) -> None:
        try:
            await self._plan()
            await self._reap_when_due()
            await self._fold_when_due()
        except DBAPIError:
            # The database refused this once, as with a deadlock: nothing was changed, the next tick tries anew.
            log.exception("planning failed")
            await asyncio.sleep(self._config.retry_s)

    async def _plan(self) -> None:
        now = self._clock.now()
        async with self._lead.transaction() as session:
            planned = await self._planner.plan(session, now)
        async with self._lead.transaction() as session:
            await self._planner.tell_waits(session)
        async with self._lead.transaction() as session:
            await start_automatic_tasks(session, now)
            finished = await finish_tasks_with_nobody_left(session, now)
        if planned or finished:
            log.debug("planned", attempts=planned, tasks_finished=finished)

    async def _reap_when_due(self) -> None:
        if self._clock.monotonic() < self._reap_after:
            return
        self._reap_after = self._clock.monotonic() + self._config.reap_every_s
        async with self._lead.transaction() as session:
            await reap(session, self._clock.now(), stale_s=self._config.planner.stale_s)

    async def _fold_when_due(self) -> None:
        if self._clock.monotonic() < self._fold_after:
            return
        self._fold_after = self._clock.monotonic() + self._config.fold_every_s
        async with self._lead.transaction() as session:
            await fold_tallies(session)
