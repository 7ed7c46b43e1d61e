"""A real PostgreSQL for the tests that need one: one server a run, a fresh database a test."""

import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest

from callwright.db.embedded import EmbeddedPostgres
from callwright.db.migrations import migrate
from callwright.db.session import Database

TEMPLATE = "callwright_template"
MEMORY = Path("/dev/shm")
ENOUGH_MEMORY = 2 * 1024**3
_numbers = itertools.count(1)


@contextmanager
def folder_for_postgres() -> Iterator[Path]:
    """Make a folder that PostgreSQL's user may enter, as pytest's own are not; take it away at the end.

    It is in memory where there is room: a disk needs a quarter of a second for a database's three hundred files.
    """
    in_memory = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH_MEMORY
    with tempfile.TemporaryDirectory(prefix="cw-db-", dir=MEMORY if in_memory else None) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """The run's server, with a migrated template database."""
    with (
        folder_for_postgres() as folder,
        EmbeddedPostgres(folder / "data", folder / "run", durable=False) as server,
    ):
        _administer(server, f"CREATE DATABASE {TEMPLATE}")
        migrate(server.url_of(TEMPLATE))
        yield server
        _administrator(server).close()


@contextmanager
def fresh_database(server: EmbeddedPostgres, template: str = TEMPLATE) -> Iterator[str]:
    """Make a database from a template (``template1`` for an empty one); yield its address; drop it at the end."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    try:
        yield server.url_of(name)
    finally:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def make_database_url(postgres: EmbeddedPostgres) -> Iterator[Callable[[str], str]]:
    """Make as many databases as wanted, each from a template."""
    with ExitStack() as stack:
        yield lambda template: stack.enter_context(fresh_database(postgres, template))


@pytest.fixture
def database_url(make_database_url: Callable[[str], str]) -> str:
    """The address of a fresh, migrated, empty database."""
    return make_database_url(TEMPLATE)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated, empty database."""
    opened = Database(database_url)
    yield opened
    await opened.close()


def _administer(server: EmbeddedPostgres, statement: str) -> None:
    _administrator(server).execute(statement.encode())


@cache
def _administrator(server: EmbeddedPostgres) -> psycopg.Connection:
    """Return the connection that makes and drops databases: to open one costs a third as much as that."""
    return psycopg.connect(server.url_of("postgres"), autocommit=True)
