"""The schema's history leads exactly to the tables that the code declares."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect

from callwright.db.engine import sqlalchemy_url
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.migrations import configuration, migrate
from callwright.db.session import Database


def test_migrated_schema_is_the_declared_one(database_url: str) -> None:
    engine = create_engine(sqlalchemy_url(database_url))
    with engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.check(config)
    engine.dispose()


def test_several_processes_may_migrate_at_once(make_database_url: Callable[[str], str]) -> None:
    url = make_database_url("template1")
    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(migrate, url) for _ in range(4)]:
            done.result()
    engine = create_engine(sqlalchemy_url(url))
    assert "tasks" in inspect(engine).get_table_names()
    engine.dispose()


def test_the_first_version_can_be_taken_back(database_url: str) -> None:
    engine = create_engine(sqlalchemy_url(database_url))
    with engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    migrate(database_url)


def test_no_database_is_said_plainly() -> None:
    with pytest.raises(DatabaseUnavailableError) as raised:
        migrate("postgresql://someone:secret@127.0.0.1:1/callwright")
    assert "127.0.0.1:1, database callwright" in str(raised.value)
    assert "secret" not in str(raised.value)


async def test_no_database_is_said_plainly_by_a_session_too() -> None:
    database = Database("postgresql://someone:secret@127.0.0.1:1/callwright")
    with pytest.raises(DatabaseUnavailableError, match="database callwright does not answer"):
        await database.check()
    await database.close()
