"""The connection pool: async SQLAlchemy on psycopg 3."""

from typing import Any

import psycopg
from sqlalchemy import URL, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from callwright.db.roles import APP_ROLE

POOL_SIZE = 10
OVERFLOW = 10
CONNECT_S = 5
POOL_WAIT_S = 15


def sqlalchemy_url(url: str) -> URL:
    """Return ``url`` (as libpq writes it) with the driver that we use, patient with a silent host for CONNECT_S."""
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    return parsed.update_query_dict({"connect_timeout": str(CONNECT_S), **parsed.query})


def libpq_url(url: str) -> str:
    """Return ``url`` as psycopg itself reads it, password included."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def address(url: str) -> str:
    """Return where ``url`` leads, for people to read: host and database, never a password."""
    parsed = make_url(url)
    query_host = parsed.query.get("host", "")
    host = parsed.host or (query_host if isinstance(query_host, str) else query_host[0]) or "localhost"
    port = f":{parsed.port}" if parsed.port else ""
    return f"{host}{port}, database {parsed.database}"


class _Opened:
    """The connections of one engine.

    A pool forgets a connection whose asker is cancelled between its opening and its first use; it stays open.
    """

    def __init__(self) -> None:
        self._connections: set[psycopg.AsyncConnection[Any]] = set()

    async def open(self, *given: Any, **options: Any) -> psycopg.AsyncConnection[Any]:
        connection = await psycopg.AsyncConnection.connect(*given, **options)
        self._connections = {one for one in self._connections if not one.closed} | {connection}
        return connection

    def end(self, _engine: object) -> None:
        for connection in self._connections:
            connection.pgconn.finish()
        self._connections = set()


def make_engine(url: str) -> AsyncEngine:
    """Return a pool in which a connection that was given no role sees no tenant's rows.

    Its standing role is the application's, under row-level security, and no tenant is set. Disposing of it leaves
    no connection open.
    """
    opened = _Opened()
    engine = create_async_engine(
        sqlalchemy_url(url),
        pool_size=POOL_SIZE,
        max_overflow=OVERFLOW,
        pool_timeout=POOL_WAIT_S,
        pool_pre_ping=True,
        hide_parameters=True,  # an error of the driver goes into a log, and a parameter may be a phone number
        connect_args={
            # Nothing here runs for so long that compiling it first would pay.
            "options": f"-c role={APP_ROLE} -c timezone=UTC -c jit=off",
            "application_name": "callwright",
            "async_creator_fn": opened.open,
        },
    )
    event.listen(engine.sync_engine, "engine_disposed", opened.end)
    return engine
