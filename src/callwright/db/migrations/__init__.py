"""The schema's history, and :func:`migrate`, which brings a database up to date."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from callwright.db import engine as engines
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.session import first_line, is_away

LOCK = 0x0CA11  # pg_advisory_xact_lock: one migration at a time
OLDEST_SERVER = 160000


class OldServerError(DatabaseUnavailableError):
    """PostgreSQL at {address} is version {version}; Callwright needs 16 or later. Upgrade that server."""

    code = "database-too-old"


def configuration() -> Config:
    """Return Alembic's configuration, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at ``url`` to ``revision``; blocks. Safe to call from several processes at once.

    One transaction: it succeeds as a whole or changes nothing. Raises DatabaseUnavailableError.
    """
    engine = create_engine(engines.sqlalchemy_url(url), poolclass=NullPool)
    try:
        with engine.begin() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)
            if driver.info.server_version < OLDEST_SERVER:
                version = driver.info.server_version // 10000
                raise OldServerError(address=engines.address(url), version=version)
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    except OperationalError as error:
        if is_away(error.orig):
            raise DatabaseUnavailableError(address=engines.address(url), why=first_line(error.orig)) from error
        raise
    finally:
        engine.dispose()
