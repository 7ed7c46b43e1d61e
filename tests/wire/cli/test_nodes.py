"""Several call nodes on one machine, and one alone beside them."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.waiting import until

from callwright.cli.supervisor import Program, Supervisor
from callwright.db.session import Database
from callwright.db.tables.nodes import NodeRow

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
async def supervisor(tmp_path: Path, database_url: str) -> AsyncIterator[Supervisor]:
    """A supervisor whose processes work on a database of their own, ended with the test."""
    environment = {
        **os.environ,
        "CALLWRIGHT_DATA": str(tmp_path),
        "CALLWRIGHT_DATABASE_URL": database_url,
        "CALLWRIGHT_SIP_PORT": "0",
    }
    opened = Supervisor(tmp_path / "logs", environment)
    yield opened
    await opened.stop()


async def nodes(database: Database) -> set[int]:
    """Return the pids of the nodes that have signed on and not off."""
    async with database.system() as session:
        return set(await session.scalars(select(NodeRow.pid).where(NodeRow.ended_at.is_(None))))


async def test_two_nodes_work_one_that_is_killed_comes_back_and_a_third_may_run_alone(
    supervisor: Supervisor, database: Database
) -> None:
    await supervisor.start(Program("house", ("up", "--no-web", "--nodes", "2")))

    async def both() -> bool:
        return len(await nodes(database)) == 2

    await until(both, "both nodes")
    first = await nodes(database)
    os.kill(min(first), signal.SIGKILL)

    async def another() -> bool:
        return len(await nodes(database) - first) == 1

    await until(another, "a restart")
    before = await nodes(database)
    await supervisor.start(Program("node-3", ("node",), environment={"CALLWRIGHT_NODE": "3"}))

    async def a_third() -> bool:
        return len(await nodes(database) - before) == 1

    await until(a_third, "the third node")
