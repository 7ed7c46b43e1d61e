"""What an error of the database leaves in the log: enough to mend it, nothing of anybody's."""

import subprocess
import sys

import pytest

LOGS_AN_ERROR = """
import asyncio, logging, sys
import structlog
from sqlalchemy import text
from callwright.db.session import Database
from callwright.wiring import logs

async def work(url, statement, number):
    database = Database(url)
    try:
        async with database.system() as session:
            await session.execute(text("CREATE TEMP TABLE book (phone text CONSTRAINT book_key UNIQUE)"))
            await session.execute(text("INSERT INTO book VALUES (:number)"), {"number": number})
            await session.execute(text(statement), {"number": number})
    except Exception as error:
        structlog.get_logger().exception("by structlog")
        logging.getLogger("elsewhere").exception("by the standard library")
        structlog.get_logger().error("in a group", exc_info=ExceptionGroup("several", [error]))
    await database.close()

logs.configure("info")
asyncio.run(work(*sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("INSERT INTO book VALUES (:number)", 'violates unique constraint "book_key"'),
        ("SELECT CAST(CAST(:number AS text) AS uuid)", "InvalidTextRepresentation: SQLSTATE 22P02"),
    ],
)
def test_an_error_is_logged_without_the_number_it_is_about(database_url: str, statement: str, named: str) -> None:
    command = [sys.executable, "-c", LOGS_AN_ERROR, database_url, statement, "+442079460123"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    for heading in ("by structlog", "by the standard library", "in a group"):
        assert heading in done.stderr
    assert done.stderr.count(named) >= 3
    assert done.stderr.count("[SQL: ") >= 3
    assert "in work" in done.stderr
    assert "9460123" not in done.stderr
