"""What open pages hear: one listener a process, each task's news at most four times a second, whoever listens.

News only says that something changed; what is sent is read from the database then, so it can't be out of date.
"""

import asyncio
from collections import deque
from collections.abc import Coroutine
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import structlog

from callwright.calls import service as calls
from callwright.calls.progress import get_progress
from callwright.calls.schemas import CallSummary, Progress
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.news import Channel, News, Reconnected, listen
from callwright.kit.errors import NotFoundError
from callwright.tasks import service as tasks
from callwright.web.parts import WebParts

log = structlog.get_logger()

BETWEEN_S = 0.25
AFTER_FAILURE_S = 2.0
CALLS_KEPT = 200
MOST_TASKS = 200

TaskKey = tuple[UUID, UUID]  # tenant, task


@dataclass(frozen=True, slots=True)
class Told:
    """What is new for an open page: tasks' progress, ended calls, what else got on, whether warnings changed."""

    progress: list[Progress]
    calls: list[CallSummary]
    lines: list[UUID]
    imports: list[UUID]
    exports: list[UUID]
    warnings: bool


@dataclass(eq=False)
class Subscriber:
    """One open page: what is new for it and wasn't sent yet.

    A page that reads slowly skips progress in between, and loses the oldest of more than CALLS_KEPT calls.
    """

    tenant_id: UUID
    unfinished: set[UUID] = field(default_factory=set)
    """The tasks whose last told state can still change."""
    progress: dict[UUID, Progress] = field(default_factory=dict)
    calls: deque[CallSummary] = field(default_factory=lambda: deque(maxlen=CALLS_KEPT))
    lines: set[UUID] = field(default_factory=set)
    imports: set[UUID] = field(default_factory=set)
    exports: set[UUID] = field(default_factory=set)
    warnings: bool = False
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, task_id: UUID, progress: Progress) -> None:
        """Have this sent next."""
        self.progress[task_id] = progress
        if progress.state == "finished":
            self.unfinished.discard(task_id)
        else:
            self.unfinished.add(task_id)
        self.ready.set()

    async def next(self) -> Told:
        """Wait for news and take it."""
        await self.ready.wait()
        self.ready.clear()
        found = Told(
            list(self.progress.values()),
            list(self.calls),
            list(self.lines),
            list(self.imports),
            list(self.exports),
            self.warnings,
        )
        self.warnings = False
        for taken in (self.progress, self.calls, self.lines, self.imports, self.exports):
            taken.clear()
        return found


class LiveNews:
    """Listens once for all pages of this process. ``run`` it as a task of the application's life."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._subscribers: dict[UUID, set[Subscriber]] = {}
        self._changed: dict[TaskKey, None] = {}
        self._ended: deque[tuple[UUID, UUID, UUID]] = deque(maxlen=CALLS_KEPT * 10)
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Listen and tell until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._listen())
            group.create_task(self._tell())

    async def subscribe(self, tenant_id: UUID) -> Subscriber:
        """Begin to hear of a tenant's tasks; the present state of those that run comes first."""
        subscriber = Subscriber(tenant_id)
        self._subscribers.setdefault(tenant_id, set()).add(subscriber)
        try:
            await self._look_at_running(tenant_id)
        except BaseException:
            self.unsubscribe(subscriber)
            raise
        return subscriber

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Hear no more."""
        of_tenant = self._subscribers.get(subscriber.tenant_id, set())
        of_tenant.discard(subscriber)
        if not of_tenant:
            self._subscribers.pop(subscriber.tenant_id, None)

    # Listening --------------------------------------------------------------------------------------------

    async def _listen(self) -> None:
        async with aclosing(listen(self._parts.database.url, Channel.BROWSER)) as told:
            async for news in told:
                await self._hear(news)

    async def _hear(self, news: News | Reconnected) -> None:
        if isinstance(news, Reconnected):
            await self._catch_up()
            return
        try:
            if news[1]["kind"] == "nodes":  # why calls wait is part of every running task's progress
                await self._catch_up()
            else:
                self._take(news[1])
        except (KeyError, TypeError, ValueError, AttributeError):
            log.warning("live news not understood")

    async def _catch_up(self) -> None:
        """Look again at what pages show as unfinished, which may have ended unheard, and at what runs now."""
        for tenant_id, subscribers in list(self._subscribers.items()):
            for subscriber in subscribers:
                for task_id in subscriber.unfinished:
                    self._mark(tenant_id, task_id)
            await _tried(self._look_at_running(tenant_id))

    def _take(self, news: dict[str, Any]) -> None:
        tenant_id = UUID(news["tenant"])
        if tenant_id not in self._subscribers:
            return
        if news["kind"] == "line":
            self._tell_line(tenant_id, UUID(news["line"]))
            return
        if news["kind"] == "import":
            self._tell_import(tenant_id, UUID(news["import"]))
            return
        if news["kind"] == "export":
            self._tell_export(tenant_id, UUID(news["export"]))
            return
        if news["kind"] == "warning":
            self._tell_of_warnings(tenant_id)
            return
        task_id = UUID(news["task"])
        if news["kind"] == "call":
            self._ended.append((tenant_id, task_id, UUID(news["call"])))
        self._mark(tenant_id, task_id)

    def _mark(self, tenant_id: UUID, task_id: UUID) -> None:
        self._changed[tenant_id, task_id] = None
        self._wake.set()

    async def _look_at_running(self, tenant_id: UUID) -> None:
        try:
            async with self._parts.database.tenant(tenant_id) as session:
                running = await tasks.list_tasks(session, state="running", limit=MOST_TASKS)
        except DatabaseUnavailableError:
            return  # the listener reconnects and asks again
        for task in running:
            self._mark(tenant_id, task.id)

    def _tell_line(self, tenant_id: UUID, line_id: UUID) -> None:
        for subscriber in self._subscribers[tenant_id]:
            subscriber.lines.add(line_id)
            subscriber.ready.set()

    def _tell_import(self, tenant_id: UUID, import_id: UUID) -> None:
        for subscriber in self._subscribers[tenant_id]:
            subscriber.imports.add(import_id)
            subscriber.ready.set()

    def _tell_export(self, tenant_id: UUID, export_id: UUID) -> None:
        for subscriber in self._subscribers[tenant_id]:
            subscriber.exports.add(export_id)
            subscriber.ready.set()

    def _tell_of_warnings(self, tenant_id: UUID) -> None:
        for subscriber in self._subscribers[tenant_id]:
            subscriber.warnings = True
            subscriber.ready.set()

    # Telling ----------------------------------------------------------------------------------------------

    async def _tell(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._tell_changes()
            except DatabaseUnavailableError:
                log.warning("live news waits for the database")
                self._wake.set()
                await asyncio.sleep(AFTER_FAILURE_S)
            await asyncio.sleep(BETWEEN_S)

    async def _tell_changes(self) -> None:
        while self._ended:
            await _tried(self._tell_call(*self._ended[0]))
            self._ended.popleft()
        for key in list(self._changed):
            del self._changed[key]  # before it is read: what changes during the reading is marked anew
            try:
                await _tried(self._tell_task(*key))
            except DatabaseUnavailableError:
                self._changed[key] = None
                raise

    async def _tell_task(self, tenant_id: UUID, task_id: UUID) -> None:
        hearing = self._hearing(tenant_id)
        if not hearing:
            return
        try:
            async with self._parts.database.tenant(tenant_id) as session:
                progress = await get_progress(session, task_id, now=self._parts.clock.now())
        except NotFoundError:
            return
        for subscriber in hearing:
            subscriber.take(task_id, progress)

    async def _tell_call(self, tenant_id: UUID, task_id: UUID, call_id: UUID) -> None:
        hearing = self._hearing(tenant_id)
        if not hearing:
            return
        try:
            async with self._parts.database.tenant(tenant_id) as session:
                call = await calls.get_call_summary(session, call_id)
        except NotFoundError:
            return
        for subscriber in hearing:
            subscriber.calls.append(call)
            subscriber.ready.set()

    def _hearing(self, tenant_id: UUID) -> list[Subscriber]:
        return list(self._subscribers.get(tenant_id, ()))


async def _tried(telling: Coroutine[None, None, None]) -> None:
    """Tell, or write down why not: what fails with one task's news must not end everyone else's."""
    try:
        await telling
    except DatabaseUnavailableError:
        raise
    except Exception:
        log.exception("live news could not be told")
