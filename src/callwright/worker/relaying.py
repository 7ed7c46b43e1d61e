"""Events on their way from the outbox to those who act upon them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.jobs import Job, enqueue
from callwright.db.news import Channel, listen
from callwright.db.outbox import (
    Handler,
    StoredEvent,
    leave,
    note_handled,
    take,
    take_left,
    tenants_with_news,
)
from callwright.db.session import Database, is_away
from callwright.kit.errors import UnavailableError

log = structlog.get_logger(__name__)

AT_ONCE = 200
POLL_S = 2.0
REST_S = 0.1
"""Events of a moment are handed on together."""


class EventNotHandledError(UnavailableError):
    """The handler {handler} could not act upon the event {event}: {why}."""

    code = "event-not-handled"


async def relay_events(database: Database, handlers: Sequence[Handler]) -> None:
    """Hand events on as they come, until cancelled; any number of processes may."""
    async with _news(database.url) as told:
        while True:
            try:
                await relay_waiting(database, handlers)
            except UnavailableError as error:
                log.warning("events wait", why=str(error))
            except Exception:
                log.exception("events could not be handed on")
            await asyncio.sleep(REST_S)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):
                    await told.wait()
            told.clear()


async def relay_waiting(database: Database, handlers: Sequence[Handler]) -> int:
    """Hand on what waits; return how many events that was."""
    async with database.system() as session:
        tenants = await tenants_with_news(session)
    handed = 0
    while tenants:  # in turns, so that whoever has many keeps nobody waiting
        counts = {tenant_id: await _relay_some(database, tenant_id, handlers) for tenant_id in tenants}
        handed += sum(counts.values())
        tenants = [tenant_id for tenant_id, count in counts.items() if count == AT_ONCE]
    return handed


def left_events_job(database: Database, handler: Handler) -> Job:
    """Return the job in which ``handler`` acts upon one event that it failed at before."""

    async def run(tenant_id: UUID, event_id: UUID) -> None:
        try:
            async with database.tenant(tenant_id) as session:
                event = await take_left(session, event_id, handler.name)
                if event is not None:
                    await handler.handle(session, [event])
        except UnavailableError:
            raise
        except Exception as error:
            raise EventNotHandledError(handler=handler.name, event=event_id, why=type(error).__name__) from error

    async def fail(tenant_id: UUID, event_id: UUID, why: str) -> None:
        log.error("an event was given up", handler=handler.name, id=str(event_id), why=why)

    return Job(_job_name(handler), run, fail)


def _job_name(handler: Handler) -> str:
    return f"event-{handler.name}"


async def _relay_some(database: Database, tenant_id: UUID, handlers: Sequence[Handler]) -> int:
    try:
        return await _relay(database, tenant_id, handlers)
    except Exception as error:
        if isinstance(error, UnavailableError) or (isinstance(error, DBAPIError) and is_away(error.orig)):
            raise
        log.exception("a company's events could not be handed on", tenant=str(tenant_id))
        return 0


async def _relay(database: Database, tenant_id: UUID, handlers: Sequence[Handler]) -> int:
    async with database.tenant(tenant_id) as session:
        events = await take(session, most=AT_ONCE)
        for handler in handlers:
            of_it = [event for event in events if isinstance(event.data, tuple(handler.of))]
            if of_it:
                await _hand(session, handler, of_it)
        await note_handled(session, events)
    return len(events)


async def _hand(session: AsyncSession, handler: Handler, events: Sequence[StoredEvent]) -> None:
    try:
        async with session.begin_nested():
            await handler.handle(session, events)
    except Exception as error:
        if isinstance(error, DBAPIError) and is_away(error.orig):
            raise
        log.exception("a handler failed at events", handler=handler.name, events=len(events))
        await leave(session, events, handler.name)
        for event in events:
            await enqueue(session, _job_name(handler), event.id)


@asynccontextmanager
async def _news(url: str) -> AsyncIterator[asyncio.Event]:
    """Open an event that is set whenever something was published."""
    told = asyncio.Event()

    async def hear() -> None:
        async with aclosing(listen(url, Channel.EVENTS)) as news:
            async for _ in news:
                told.set()

    hearing = asyncio.create_task(hear(), name="event-news")
    try:
        yield told
    finally:
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
