"""News by NOTIFY: with the commit or not at all, and again after a lost connection."""

import asyncio

import psycopg
import pytest

from callwright.db.engine import libpq_url
from callwright.db.news import RECONNECTED, Channel, listen, publish
from callwright.db.session import Database


async def test_news_comes_with_the_commit(database: Database) -> None:
    news = listen(database.url, Channel.BROWSER, Channel.TASKS)
    assert await anext(news) is RECONNECTED

    async def fail() -> None:
        async with database.system() as session:
            await publish(session, Channel.BROWSER, {"kind": "never"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.system() as session:
        await publish(session, Channel.ATTEMPTS, {})
        await publish(session, Channel.BROWSER, {"kind": "task"})
        await publish(session, Channel.BROWSER, {"kind": "task"})
        await publish(session, Channel.TASKS, {"task": "x"})
    assert await anext(news) == (Channel.BROWSER, {"kind": "task"})
    assert await anext(news) == (Channel.TASKS, {"task": "x"})
    await news.aclose()  # type: ignore[attr-defined]


async def test_a_lost_connection_comes_back_and_says_so(database: Database) -> None:
    news = listen(database.url, Channel.BROWSER)
    assert await anext(news) is RECONNECTED
    waiting = asyncio.ensure_future(anext(news))
    async with await psycopg.AsyncConnection.connect(libpq_url(database.url), autocommit=True) as other:
        await other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%'"
        )
    assert await waiting is RECONNECTED
    async with database.system() as session:
        await publish(session, Channel.BROWSER, {"kind": "after"})
    assert await anext(news) == (Channel.BROWSER, {"kind": "after"})
    await news.aclose()  # type: ignore[attr-defined]


async def test_a_listener_ends_when_it_is_cancelled(database: Database) -> None:
    async def hear() -> None:
        async for _ in listen(database.url, Channel.BROWSER):
            heard.set()

    heard = asyncio.Event()
    listener = asyncio.create_task(hear())
    await heard.wait()
    listener.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listener
