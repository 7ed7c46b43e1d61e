"""Being the one leader: an advisory lock of PostgreSQL, and the leader's work on the connection that holds it.

The lock lives exactly as long as its connection. As every transaction of the leader runs on that same connection,
one who has lost the lock can't commit anything more: there is no moment in which two lead.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from callwright.db.engine import address, make_engine
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.roles import SYSTEM_ROLE
from callwright.db.session import first_line, is_away, take_role

LOCK_KEY = 0x43414C4C
"""Which advisory lock: the letters CALL."""

log = structlog.get_logger(__name__)


class Lead:
    """The leader's connection, with the lock on it."""

    def __init__(self, connection: AsyncConnection, url: str) -> None:
        self._connection = connection
        self._address = address(url)
        self._lost = ""

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Open a system transaction on the connection that holds the lock.

        Raises DatabaseUnavailableError where the connection is gone, and the leadership with it.
        """
        # SQLAlchemy would open another connection in place of a lost one, but the lock is not on that.
        if self._lost:
            raise DatabaseUnavailableError(address=self._address, why=self._lost)
        try:
            async with AsyncSession(self._connection, expire_on_commit=False) as session, session.begin():
                await take_role(session, SYSTEM_ROLE)
                yield session
        except DBAPIError as error:
            if error.connection_invalidated or is_away(error.orig):
                self._lost = first_line(error.orig)
                raise DatabaseUnavailableError(address=self._address, why=self._lost) from error
            raise


@asynccontextmanager
async def leadership(url: str, *, retry_s: float) -> AsyncIterator[Lead]:
    """Wait until nobody else leads, asking every ``retry_s``; lead until the block ends.

    Raises DatabaseUnavailableError where the database is away.
    """
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            await _wait_for_lock(connection, retry_s)
            log.info("leading")
            yield Lead(connection, url)
    except DBAPIError as error:
        if not is_away(error.orig):
            raise
        raise DatabaseUnavailableError(address=address(url), why=first_line(error.orig)) from error
    finally:
        # Closing the connection is what sets the lock free.
        await engine.dispose()


async def _wait_for_lock(connection: AsyncConnection, retry_s: float) -> None:
    locked = await _try_to_lock(connection)
    while not locked:
        await asyncio.sleep(retry_s)
        locked = await _try_to_lock(connection)


async def _try_to_lock(connection: AsyncConnection) -> bool:
    locked = await connection.scalar(select(func.pg_try_advisory_lock(LOCK_KEY)))
    await connection.commit()
    return bool(locked)
