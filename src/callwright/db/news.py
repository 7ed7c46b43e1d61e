"""News between processes, by PostgreSQL's NOTIFY: sent with the transaction's commit, or not at all.

News is a hint to look, never the fact itself: it is lost while nobody listens, so whoever needs to know also looks
now and then.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from enum import StrEnum
from typing import Any

import psycopg
import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.engine import libpq_url

log = structlog.get_logger()

RETRY_FIRST_S = 0.2
RETRY_MOST_S = 5.0


class Channel(StrEnum):
    """What the news is about, and so who listens."""

    BROWSER = "callwright_news"
    """``{"tenant", "task", "kind", ...}``: something that an open page shows has changed."""
    ATTEMPTS = "callwright_attempts"
    """Attempts were planned: call nodes wake and claim."""
    TASKS = "callwright_tasks"
    """A task changed its state: the leader wakes and plans."""


class Reconnected:
    """Told by :func:`listen` after the connection was lost and is back: news may have been missed."""


RECONNECTED = Reconnected()
News = tuple[Channel, dict[str, Any]]


async def publish(session: AsyncSession, channel: Channel, payload: Mapping[str, Any]) -> None:
    """Send ``payload`` (JSON, under 8000 bytes) when the transaction of ``session`` commits.

    The same payload sent twice in one transaction arrives once.
    """
    await session.execute(select(func.pg_notify(channel.value, json.dumps(payload, default=str, sort_keys=True))))


async def listen(url: str, *channels: Channel) -> AsyncIterator[News | Reconnected]:
    """Yield news of ``channels`` for ever, over a connection of its own that comes back by itself.

    The first thing yielded is always RECONNECTED, once the channels are being listened to: read the present state
    then, and nothing can be missed in between.
    """
    wait = RETRY_FIRST_S
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(libpq_url(url), autocommit=True) as connection:
                for channel in channels:
                    await connection.execute(f"LISTEN {channel.value}".encode())
                wait = RETRY_FIRST_S
                yield RECONNECTED
                async for notice in connection.notifies():
                    yield Channel(notice.channel), json.loads(notice.payload)
        except psycopg.OperationalError:
            log.warning("news connection lost, trying again", wait_s=wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, RETRY_MOST_S)
