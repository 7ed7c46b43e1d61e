"""Which process keeps which channel open: the one that holds the channel's lock.

Networks allow few sessions, so that one of any number of workers keeps a channel. The lock lives as long as its
connection; who lost it stops. Two that both think they keep one do no harm: messages are claimed row by row.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from callwright.channels.port import MessageChannel, UnusableChannel
from callwright.db.engine import make_engine
from callwright.db.session import Database
from callwright.db.tables.messaging import MessageChannelRow
from callwright.kit.clock import Clock
from callwright.kit.errors import CallwrightError
from callwright.kit.ids import new_id
from callwright.messaging import queue
from callwright.messaging.sending import Keeper

log = structlog.get_logger(__name__)

LOOK_S = 2.0
SEEN_EVERY = timedelta(seconds=20)
_LOCK = text("SELECT pg_try_advisory_lock(hashtextextended('message channel ' || :channel, 0))")
_UNLOCK = text("SELECT pg_advisory_unlock(hashtextextended('message channel ' || :channel, 0))")
Opened = Callable[[MessageChannelRow], MessageChannel]
"""Opens the way that a channel describes."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A channel that this process keeps, as it was at ``revision``."""

    revision: int
    channel: MessageChannel
    running: asyncio.Task[None]


async def keep_channels(database: Database, opened: Opened, clock: Clock, *, look_s: float = LOOK_S) -> None:
    """Keep those channels open that nobody else keeps, until cancelled."""
    while True:
        try:
            await _keep_with_locks(database, opened, clock, look_s)
        except (DBAPIError, CallwrightError, OSError) as error:
            log.warning("message channels wait for the database", why=type(error).__name__)
        await asyncio.sleep(look_s)


async def _keep_with_locks(database: Database, opened: Opened, clock: Clock, look_s: float) -> None:
    engine = make_engine(database.url)
    kept: dict[UUID, _Kept] = {}
    try:
        async with engine.connect() as connection:
            while True:
                await _look(database, connection, kept, opened, clock)
                await asyncio.sleep(look_s)
    finally:
        for channel_id in list(kept):
            await _let_go(kept, channel_id)
        # Closing the connection is what sets the locks free.
        await engine.dispose()


async def _look(
    database: Database, connection: AsyncConnection, kept: dict[UUID, _Kept], opened: Opened, clock: Clock
) -> None:
    async with database.system() as session:
        active = await session.scalars(select(MessageChannelRow).where(MessageChannelRow.active))
        wanted = {row.id: row for row in active}
        await queue.give_up_lost(session, clock.now())
    for channel_id, one in list(kept.items()):
        row = wanted.get(channel_id)
        if row is None or row.revision != one.revision or one.running.done():
            await _let_go(kept, channel_id)
            await connection.execute(_UNLOCK, {"channel": str(channel_id)})
    await connection.scalar(select(func.now()))  # raises where the locks are gone
    for channel_id, row in wanted.items():
        if channel_id not in kept and await connection.scalar(_LOCK, {"channel": str(channel_id)}):
            kept[channel_id] = _begin(database, row, opened, clock)
    await connection.commit()
    await _tell(database, wanted, kept, clock)


def _begin(database: Database, row: MessageChannelRow, opened: Opened, clock: Clock) -> _Kept:
    channel = _opened(row, opened)
    keeper = Keeper(database, row.id, channel, row.per_second, clock, new_id())
    return _Kept(row.revision, channel, asyncio.create_task(keeper.run(), name="message-keeper"))


def _opened(row: MessageChannelRow, opened: Opened) -> MessageChannel:
    """Open a channel; one that can't be read leaves the others alone."""
    try:
        return opened(row)
    except (CallwrightError, ValueError) as error:
        log.error("a message channel can't be opened", channel=str(row.id), why=type(error).__name__)
        return UnusableChannel()


async def _let_go(kept: dict[UUID, _Kept], channel_id: UUID) -> None:
    one = kept.pop(channel_id)
    one.running.cancel()
    (ended,) = await asyncio.gather(one.running, return_exceptions=True)
    if isinstance(ended, Exception):
        log.error("a message channel failed", channel=str(channel_id), why=repr(ended)[:300])


async def _tell(
    database: Database, wanted: dict[UUID, MessageChannelRow], kept: dict[UUID, _Kept], clock: Clock
) -> None:
    """Note how the channels are that this process keeps, when that changed and now and then."""
    now = clock.now()
    for channel_id, one in kept.items():
        row = wanted[channel_id]
        if row.trouble == one.channel.trouble and row.seen_at is not None and now - row.seen_at < SEEN_EVERY:
            continue
        async with database.system() as session:
            await session.execute(
                update(MessageChannelRow)
                .where(MessageChannelRow.id == channel_id)
                .values(trouble=one.channel.trouble, seen_at=now)
            )
