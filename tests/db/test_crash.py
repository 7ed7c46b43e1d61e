"""A node killed in the middle of calls: nobody is dialled twice, nobody is forgotten, no recording is lost."""

import asyncio
import sys
from pathlib import Path

from callwright.calls.schemas import CallFilter
from callwright.calls.service import list_calls
from callwright.db.session import Database
from callwright.dialer.run import DialerConfig, run_dialer
from tests.factories.calling import make_caller
from tests.waiting import until

CUSTOMERS = 24


def _dialled(witness: Path) -> list[str]:
    return witness.read_text().split() if witness.exists() else []


async def test_killed_nodes_neither_lose_nor_repeat_calls(database: Database, tmp_path: Path) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(CUSTOMERS, concurrency=4)
    witness = tmp_path / "witness"

    async def start_node() -> asyncio.subprocess.Process:
        arguments = (database.url, str(tmp_path / "work"), str(witness))
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.db.mortal_node", *arguments, stdout=asyncio.subprocess.DEVNULL
        )

    async def finished() -> bool:
        return (await caller.view(task.id)).state == "finished"

    config = DialerConfig(tick_s=0.05, stale_s=1.5, reap_every_s=0.1, retry_s=0.1)
    leading = asyncio.create_task(run_dialer(database, config=config))
    node = await start_node()
    try:
        for enough in (5, 13):

            async def dialled_enough(enough: int = enough) -> bool:
                return len(_dialled(witness)) >= enough

            await until(dialled_enough, "dialling")
            node.kill()
            await node.wait()
            node = await start_node()
        await until(finished, "the end of the task")
    finally:
        node.kill()
        await node.wait()
        leading.cancel()
        await asyncio.gather(leading, return_exceptions=True)

    dialled = _dialled(witness)
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
