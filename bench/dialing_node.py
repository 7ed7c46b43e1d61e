"""A call node of ``bench.dialing``: the product's own, with a phone engine whose calls are over at once."""

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from bench.instant_engine import InstantEngine, NoSpeech

from callwright.blobs.disk import DiskBlobs
from callwright.callroom.node import NodeConfig, run_node
from callwright.callroom.plan import Equipment
from callwright.callroom.prompt_cache import PromptCache
from callwright.callroom.recorder import RecordingWriter
from callwright.db.session import Database
from callwright.dialer.planner import PlannerConfig
from callwright.dialer.run import DialerConfig, run_dialer
from callwright.kit.secrets import SecretBox, new_key

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
"""A Monday, noon in New York."""
CAPACITY = 300


class WorkingHours:
    """Time that goes on from noon of a working day, whenever the benchmark runs."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return the present moment of that day."""
        return NOON + timedelta(seconds=time.monotonic() - self._began)

    def monotonic(self) -> float:
        """Return the machine's own seconds."""
        return time.monotonic()


async def node(url: str) -> None:
    """Carry out calls until stopped."""
    database, speech = Database(url), NoSpeech()
    prompts, recordings = PromptCache(speech), RecordingWriter()
    equipment = Equipment(InstantEngine(), speech, prompts, recordings, NoSpeech, clock=WorkingHours())
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        config = NodeConfig(capacity=CAPACITY, work=Path(folder) / "work")
        blobs = DiskBlobs(Path(folder) / "blobs")
        await run_node(config, database, equipment, blobs, SecretBox(new_key()))


async def leader(url: str) -> None:
    """Plan until stopped."""
    config = DialerConfig(planner=PlannerConfig(at_most=CAPACITY))
    await run_dialer(Database(url), WorkingHours(), config)


if __name__ == "__main__":
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(30),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    asyncio.run({"node": node, "leader": leader}[sys.argv[1]](sys.argv[2]))
