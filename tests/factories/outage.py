"""A database that goes away, and comes back."""

import psycopg
from sqlalchemy import make_url

from callwright.db.embedded import EmbeddedPostgres


async def go_away(server: EmbeddedPostgres, database_url: str) -> None:
    """Cut every connection to the database, and let nobody connect."""
    name = make_url(database_url).database
    await _administer(server, f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
    await _administer(server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


async def come_back(server: EmbeddedPostgres, database_url: str) -> None:
    """Let everybody connect again."""
    await _administer(server, f"ALTER DATABASE {make_url(database_url).database} WITH ALLOW_CONNECTIONS true")


async def _administer(server: EmbeddedPostgres, statement: str) -> None:
    async with await psycopg.AsyncConnection.connect(server.url_of("postgres"), autocommit=True) as connection:
        await connection.execute(statement.encode())
