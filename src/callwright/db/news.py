"""News between processes, by PostgreSQL's NOTIFY: sent with the transaction's commit, or not at all.

News is a hint to look, never the fact itself: it is lost while nobody listens, so whoever needs to know also looks
now and then.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterable, Mapping
from enum import StrEnum
from typing import Any

import psycopg
import structlog
from sqlalchemy import ARRAY, String, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.engine import CONNECT_S, libpq_url
from callwright.db.session import first_line

log = structlog.get_logger()

RETRY_FIRST_S = 0.2
RETRY_MOST_S = 5.0
CONNECTION: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": CONNECT_S,
    "application_name": "callwright",
    # Who only listens never notices a peer that vanished without a word, unless the kernel asks now and then.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


class Channel(StrEnum):
    """What the news is about, and so who listens."""

    BROWSER = "callwright_news"
    """``{"tenant", "kind", ...}``: something that an open page shows has changed."""
    ATTEMPTS = "callwright_attempts"
    """Attempts were planned: call nodes wake and claim."""
    TASKS = "callwright_tasks"
    """A task changed its state: the leader wakes and plans."""
    EVENTS = "callwright_events"
    """Events were written: workers wake and hand them on."""


class Reconnected:
    """Told by :func:`listen` after the connection was lost and is back: news may have been missed."""


RECONNECTED = Reconnected()
News = tuple[Channel, dict[str, Any]]


async def publish(session: AsyncSession, channel: Channel, payload: Mapping[str, Any]) -> None:
    """Send ``payload`` (JSON, under 8000 bytes) when the transaction of ``session`` commits.

    The same payload sent twice in one transaction arrives once.
    """
    await session.execute(select(func.pg_notify(channel.value, json.dumps(payload, default=str, sort_keys=True))))


async def publish_many(session: AsyncSession, channel: Channel, payloads: Iterable[Mapping[str, Any]]) -> None:
    """Send each of ``payloads`` as :func:`publish` does, in one statement."""
    written = [json.dumps(payload, default=str, sort_keys=True) for payload in payloads]
    given = func.unnest(literal(written, ARRAY(String))).column_valued("payload")
    await session.execute(select(func.count(func.pg_notify(channel.value, given))))


async def listen(url: str, *channels: Channel) -> AsyncGenerator[News | Reconnected]:
    """Yield news of ``channels`` for ever, over a connection of its own that comes back by itself.

    The first thing yielded is always RECONNECTED, once the channels are being listened to: read the present state
    then, and nothing can be missed in between. Whatever the driver raises begins an outage, which is logged once.
    Whoever stops listening closes it.
    """
    wait, away = RETRY_FIRST_S, False
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(libpq_url(url), **CONNECTION) as connection:
                for channel in channels:
                    await connection.execute(f"LISTEN {channel.value}".encode())
                if away:
                    log.info("news connection is back")
                wait, away = RETRY_FIRST_S, False
                yield RECONNECTED
                async for notice in connection.notifies():
                    news = _read(notice)
                    if news is not None:
                        yield news
        except (psycopg.Error, OSError, UnicodeError) as error:
            # Not only the lost connection is one: a standby that a failover left us with refuses LISTEN itself.
            if not away:
                log.warning("news connection lost", error=type(error).__name__, why=first_line(error))
            away = True
        await asyncio.sleep(wait)
        wait = min(wait * 2, RETRY_MOST_S)


def _read(notice: psycopg.Notify) -> News | None:
    """Return what a notice says, or ``None`` for one that is not ours: anyone with the database may send some."""
    try:
        payload = json.loads(notice.payload)
    except ValueError:
        payload = None
    if not isinstance(payload, dict):
        log.warning("news not understood", channel=notice.channel)
        return None
    return Channel(notice.channel), payload
