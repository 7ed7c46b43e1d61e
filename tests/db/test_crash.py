"""A node killed in the middle of calls: nobody is dialled twice, nobody forgotten, no recording or wish lost."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from callwright.calls.customers import list_customers
from callwright.calls.schemas import CallFilter, CustomerFilter
from callwright.calls.service import get_call, list_calls
from callwright.db.session import Database
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import DoNotCallRow
from callwright.dialer.planner import PlannerConfig
from callwright.dialer.run import DialerConfig, run_dialer
from callwright.tasks import service
from tests.factories.calling import NOW, Caller, make_caller, phone
from tests.waiting import until

CUSTOMERS = 24
DIALER = DialerConfig(PlannerConfig(stale_s=3600), tick_s=0.05, reap_every_s=0.1, retry_s=0.1)
"""The leader gives no node up: each life ends what the one before it left."""


@dataclass(slots=True)
class MortalNode:
    """A node of which a new life begins whenever the last one is killed."""

    url: str
    folder: Path
    callee: str
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Begin a life."""
        arguments = (self.url, str(self.folder / "work"), str(self.folder / "witness"), self.callee)
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.db.mortal_node", *arguments, stdout=asyncio.subprocess.DEVNULL
        )

    async def kill(self) -> None:
        """End it, without a word (SIGKILL)."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    def dialled(self) -> list[str]:
        """Return every number dialled so far, as often as it was."""
        witness = self.folder / "witness"
        return witness.read_text().split() if witness.exists() else []


@asynccontextmanager
async def mortal_node(database: Database, folder: Path, callee: str) -> AsyncIterator[MortalNode]:
    """Run a node that can be killed, and a dialer beside it."""
    node = MortalNode(database.url, folder, callee)
    leading = asyncio.create_task(run_dialer(database, config=DIALER))
    await node.start()
    try:
        yield node
    finally:
        await node.kill()
        leading.cancel()
        await asyncio.gather(leading, return_exceptions=True)


async def _until_finished(caller: Caller, task_id: object) -> None:
    async def finished() -> bool:
        async with caller.database.tenant(caller.tenant_id) as session:
            tasks = await service.list_tasks(session)
        return any(task.id == task_id and task.state == "finished" for task in tasks)

    await until(finished, "the end of the task")


async def test_killed_nodes_neither_lose_nor_repeat_calls(database: Database, tmp_path: Path) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(CUSTOMERS, concurrency=4)
    async with mortal_node(database, tmp_path, "leaves") as node:
        for enough in (5, 13):

            async def dialled_enough(enough: int = enough) -> bool:
                return len(node.dialled()) >= enough

            await until(dialled_enough, "dialling")
            await node.kill()
            await node.start()
        await _until_finished(caller, task.id)

    dialled = node.dialled()
    assert len(dialled) == len(set(dialled)), "somebody was dialled twice"
    async with database.tenant(caller.tenant_id) as session:
        calls = await list_calls(session, CallFilter(), limit=100)
    assert (await caller.view(task.id)).called == CUSTOMERS
    assert len(calls) == CUSTOMERS
    assert all(call.ended_at is not None for call in calls)
    interrupted = [call for call in calls if call.interrupted]
    assert 0 < len(interrupted) <= 8
    assert not list((tmp_path / "work").rglob("*.wav")), "recordings are with the blobs"
    assert {call.customer.phone for call in calls if not call.interrupted} <= set(dialled)


async def test_a_wish_not_to_be_called_outlives_the_node_that_heard_it(database: Database, tmp_path: Path) -> None:
    caller = await make_caller(database)
    async with mortal_node(database, tmp_path, "refuses") as node:
        await caller.running_task(1, name="Spring")

        async def listed() -> bool:
            async with database.tenant(caller.tenant_id) as session:
                return list(await session.scalars(select(DoNotCallRow.phone))) == [phone(0)]

        await until(listed, "the number on the list")
        await node.kill()
        async with database.tenant(caller.tenant_id) as session:
            call = (await session.scalars(select(CallRow))).one()
            said = (await get_call(session, call.id)).transcript
        assert call.ended_at is None, "killed before the end"
        assert ("customer", "never call me again") in {(turn.who, turn.text) for turn in said}

        await node.start()
        again = await caller.make_task(1, name="Summer")
        async with database.tenant(caller.tenant_id) as session:
            await service.start_task(session, again.id, now=NOW)
        await _until_finished(caller, again.id)
    assert node.dialled() == [phone(0)]
    async with database.tenant(caller.tenant_id) as session:
        assert [customer.state for customer in await list_customers(session, again.id, CustomerFilter())] == [
            "do_not_call"
        ]
