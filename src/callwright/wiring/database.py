"""Which PostgreSQL: yours, or one of our own in the data folder."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from callwright.db.embedded import EmbeddedPostgres
from callwright.db.errors import DatabaseUnavailableError, EmbeddedDatabaseError
from callwright.db.migrations import migrate
from callwright.db.session import Database
from callwright.settings import Settings

WATCH_EVERY_S = 1.0


def embedded(settings: Settings) -> EmbeddedPostgres:
    """Return the PostgreSQL of the data folder, not started."""
    return EmbeddedPostgres(settings.data_folder / "postgres", settings.run_folder / "postgres")


def url(settings: Settings) -> str:
    """Return where the database is: the one that was named, else that of the data folder."""
    return settings.database_url.get_secret_value() if settings.database_url else embedded(settings).url


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[str]:
    """Have the database run while the block does, up to date; yield its address.

    Our own server ending before the block does cancels the block. Raises EmbeddedDatabaseError,
    DatabaseUnavailableError.
    """
    if settings.database_url:
        await asyncio.to_thread(migrate, url(settings))
        yield url(settings)
        return
    server = embedded(settings)
    try:
        address = await asyncio.to_thread(server.start)
        await asyncio.to_thread(migrate, address)
        async with _ended_with(server, settings):
            yield address
    finally:
        await asyncio.to_thread(server.stop)


@asynccontextmanager
async def _ended_with(server: EmbeddedPostgres, settings: Settings) -> AsyncIterator[None]:
    """Cancel the block when ``server`` dies, and say so: nothing can be kept without it."""
    block = asyncio.current_task()
    died = False

    async def watch() -> None:
        nonlocal died
        while server.pid is not None:  # noqa: ASYNC110 - a child process has no event of its own to wait for
            await asyncio.sleep(WATCH_EVERY_S)
        died = True
        if block is not None:
            block.cancel()

    watching = asyncio.create_task(watch())
    try:
        yield
    except asyncio.CancelledError:
        if not died:
            raise
        raise EmbeddedDatabaseError(
            folder=settings.data_folder / "postgres",
            why="its server ended while it was in use",
            remedy="Start Callwright again: what was committed is kept. The reason is in postgres.log beside it.",
        ) from None
    finally:
        watching.cancel()


@asynccontextmanager
async def at_hand(settings: Settings) -> AsyncIterator[Database]:
    """Open the database: that of a running house if there is one, else started for as long as the block lasts."""
    database = Database(url(settings))
    try:
        await database.check()
    except DatabaseUnavailableError:
        await database.close()
        async with running(settings) as address, _opened(address) as database:
            yield database
        return
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def _opened(address: str) -> AsyncIterator[Database]:
    database = Database(address)
    try:
        yield database
    finally:
        await database.close()
