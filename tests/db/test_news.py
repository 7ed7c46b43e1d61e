"""News by NOTIFY: with the commit or not at all, and again after a lost connection."""

import asyncio
from collections.abc import Iterator

import psycopg
import pytest
from structlog.testing import capture_logs

from callwright.db.embedded import EmbeddedPostgres
from callwright.db.engine import libpq_url
from callwright.db.news import RECONNECTED, Channel, listen, publish
from callwright.db.session import Database
from tests.fixtures_db import folder_for_postgres


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
    await news.aclose()


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
    await news.aclose()


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


async def test_news_that_is_not_ours_is_passed_over(database: Database) -> None:
    news = listen(database.url, Channel.BROWSER)
    assert await anext(news) is RECONNECTED
    async with await psycopg.AsyncConnection.connect(libpq_url(database.url), autocommit=True) as other:
        for payload in ("", "no json", "[1]"):
            await other.execute("SELECT pg_notify(%s, %s)", [Channel.BROWSER.value, payload])
    async with database.system() as session:
        await publish(session, Channel.BROWSER, {"kind": "ours"})
    assert await anext(news) == (Channel.BROWSER, {"kind": "ours"})
    await news.aclose()


@pytest.fixture
def standby() -> Iterator[EmbeddedPostgres]:
    """A server that only reads, as a failover leaves one; ``pg_promote`` ends that."""
    with folder_for_postgres() as folder:
        server = EmbeddedPostgres(folder / "data", folder / "run", durable=False)
        with server:
            pass
        (folder / "data" / "standby.signal").touch()
        with server:
            yield server


async def test_a_standby_that_refuses_to_listen_is_waited_for_with_one_line_in_the_log(
    standby: EmbeddedPostgres,
) -> None:
    with capture_logs() as logged:
        news = listen(standby.url, Channel.BROWSER)
        waiting = asyncio.ensure_future(anext(news))
        done, _ = await asyncio.wait({waiting}, timeout=1.5)
        assert not done
        as_superuser = libpq_url(standby.url_of("postgres", "postgres"))
        async with await psycopg.AsyncConnection.connect(as_superuser, autocommit=True) as other:
            await other.execute("SELECT pg_promote()")
        assert await waiting is RECONNECTED
        await news.aclose()
    lost = [line for line in logged if line["event"] == "news connection lost"]
    assert [line["error"] for line in lost] == ["ReadOnlySqlTransaction"]
    assert [line for line in logged if line["event"] == "news connection is back"]
