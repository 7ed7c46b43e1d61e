"""A failure that lasts is one line at its beginning and one at its end, and never the end of a task."""

import asyncio

import psycopg
import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from callwright.callroom.outage import Outage, repeat
from callwright.db.errors import DatabaseUnavailableError

AWAY = DatabaseUnavailableError(address="here", why="it is away")


def test_an_outage_is_told_at_its_beginning_and_its_end() -> None:
    outage = Outage("lines")
    with capture_logs() as logs:
        outage.over()
        for _ in range(5):
            outage.began(AWAY)
        outage.over()
        outage.over()
    assert [entry["event"] for entry in logs] == ["outage began", "outage over"]


def test_another_failure_in_the_same_outage_is_told_too() -> None:
    outage = Outage("lines")
    with capture_logs() as logs:
        outage.began(AWAY)
        outage.began(OSError("no space\nand a second line"))
    assert [entry["why"] for entry in logs] == [str(AWAY), "no space"]


@pytest.mark.parametrize("error", [AWAY, OperationalError("select", {}, psycopg.OperationalError("deadlock"))])
async def test_what_passes_is_waited_out(error: Exception) -> None:
    worked = asyncio.Event()
    errors = [error, error]

    async def act() -> None:
        if errors:
            raise errors.pop()
        worked.set()

    task = asyncio.create_task(repeat("it", act, every_s=0))
    await worked.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_fault_of_ours_is_not() -> None:
    async def act() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await repeat("it", act, every_s=0)
