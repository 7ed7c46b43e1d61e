"""Transactions: one session each, begun under a role, committed at the end or rolled back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import psycopg
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db import engine as engines
from callwright.db.errors import DatabaseUnavailableError, NulCharacterError
from callwright.db.roles import APP_ROLE, SYSTEM_ROLE, TENANT_SETTING
from callwright.db.scope import scope_to

TAKE_ROLE = text(
    f"SELECT set_config('role', :role, true), set_config('{TENANT_SETTING}', :tenant, true),"
    " set_config('plan_cache_mode', :plans, true)"
)
# What people ask for differs so much, and companies so much in size, that one plan for all is a thousand times too
# slow for some; the dialer asks the same again and again.
PLANS = {APP_ROLE: "force_custom_plan", SYSTEM_ROLE: "auto"}
AWAY_STATES = ("08", "57P")  # connection exception; operator intervention (shutdown, crash, not yet up)


class Database:
    """The database at ``url``, with a pool of connections. ``close`` it at the end."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.address = engines.address(url)
        self._engine = engines.make_engine(url)

    async def close(self) -> None:
        """Close every connection of the pool."""
        await self._engine.dispose()

    @asynccontextmanager
    async def tenant(self, tenant_id: UUID) -> AsyncIterator[AsyncSession]:
        """Open a transaction that sees and writes the rows of one tenant; committed when the block ends."""
        async with self._transaction(APP_ROLE, str(tenant_id)) as session:
            scope_to(session.sync_session, tenant_id)
            yield session

    @asynccontextmanager
    async def system(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that sees every tenant's rows: for sign-in, dialer, call nodes, operator."""
        async with self._transaction(SYSTEM_ROLE, "") as session:
            yield session

    async def check(self) -> None:
        """Raise DatabaseUnavailableError unless the database answers."""
        async with self.system() as session:
            await session.execute(select(1))

    @asynccontextmanager
    async def _transaction(self, role: str, tenant: str) -> AsyncIterator[AsyncSession]:
        session = AsyncSession(self._engine, expire_on_commit=False, autoflush=True)
        try:
            async with session, session.begin():
                await take_role(session, role, tenant)
                yield session
        except PoolTimeoutError as error:
            why = f"all {engines.POOL_SIZE + engines.OVERFLOW} connections of this process are in use"
            raise DatabaseUnavailableError(address=self.address, why=why) from error
        except DBAPIError as error:
            if is_away(error.orig):
                raise DatabaseUnavailableError(address=self.address, why=first_line(error.orig)) from error
            if isinstance(error.orig, psycopg.DataError) and "NUL" in str(error.orig):
                raise NulCharacterError() from None
            raise


async def take_role(session: AsyncSession, role: str, tenant: str = "") -> None:
    """Let the transaction run under ``role`` until it ends, for one tenant where ``tenant`` names one."""
    await session.execute(TAKE_ROLE, {"role": role, "tenant": tenant, "plans": PLANS[role]})


def is_away(error: BaseException | None) -> bool:
    """Tell whether ``error`` means that the server can't be reached, rather than that it refused a statement."""
    if not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate.startswith(AWAY_STATES)


def first_line(error: BaseException | None) -> str:
    """Return the first line of what the driver said (the rest repeats it per address tried)."""
    return str(error).strip().split("\n", 1)[0].rstrip(".")
