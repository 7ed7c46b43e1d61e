"""A dialer and a call node around one database, with a phone engine without a network."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import func, select

from callwright.blobs.disk import DiskBlobs
from callwright.callroom.node import NodeConfig, run_node
from callwright.callroom.plan import Equipment
from callwright.callroom.prompt_cache import PromptCache
from callwright.callroom.recorder import RecordingWriter
from callwright.db.session import Database
from callwright.db.tables.tasks import AttemptRow
from callwright.dialer.run import DialerConfig, run_dialer
from callwright.dialing.attempt import IN_FLIGHT
from callwright.tasks import service
from tests.factories.calling import BOX, Caller
from tests.fakes.crowd import CrowdEngine
from tests.fakes.simulated_time import SimulatedTime
from tests.fakes.speech import FakeSpeech, LevelActivity

DIALER = DialerConfig(tick_s=0.05, retry_s=0.1)


class House:
    """A dialer and a node around one database."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.engine = CrowdEngine()
        self.speech = FakeSpeech(SimulatedTime())
        self.blobs = DiskBlobs(folder / "blobs")
        self.box = BOX
        self.stop = asyncio.Event()
        self.config = NodeConfig(
            capacity=10,
            work=folder / "work",
            beat_s=0.1,
            poll_s=0.1,
            look_s=0.1,
            retry_s=0.1,
            compare_s=0.2,
            retold_s=0.5,
        )

    @asynccontextmanager
    async def open(self, *, dialer: bool = True) -> AsyncIterator[asyncio.Task[None]]:
        """Run both beside the test; yield the node's task."""
        prompts, recordings = PromptCache(self.speech), RecordingWriter()
        equipment = Equipment(self.engine, self.speech, prompts, recordings, LevelActivity)
        node = asyncio.create_task(run_node(self.config, self.database, equipment, self.blobs, self.box, self.stop))
        leading = asyncio.create_task(run_dialer(self.database, config=DIALER)) if dialer else None
        try:
            yield node
        finally:
            running = [task for task in (node, leading) if task is not None]
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            await prompts.close()
            recordings.close()


async def task_is(caller: Caller, task_id: object, state: str) -> bool:
    """Say whether the task stands so."""
    async with caller.database.tenant(caller.tenant_id) as session:
        tasks = await service.list_tasks(session)
    return any(task.id == task_id and task.state == state for task in tasks)


async def count_under_way(caller: Caller) -> int:
    """Return how many of the caller's attempts are planned or carried out."""
    async with caller.database.tenant(caller.tenant_id) as session:
        under_way = select(func.count()).select_from(AttemptRow).where(AttemptRow.state.in_(IN_FLIGHT))
        return await session.scalar(under_way) or 0


async def nothing_under_way(caller: Caller) -> bool:
    """Say whether none of the caller's attempts is planned or carried out."""
    return await count_under_way(caller) == 0
