"""A call node of ``bench.dialing``: the product's own, with a phone engine whose calls are over at once."""

import asyncio
import sys
import tempfile
from pathlib import Path

from bench.instant_engine import InstantEngine, NoSpeech
from bench.working_hours import CAPACITY, WorkingHours, log_warnings

from callwright.blobs.disk import DiskBlobs
from callwright.callroom.node import NodeConfig, run_node
from callwright.callroom.plan import Equipment
from callwright.callroom.prompt_cache import PromptCache
from callwright.callroom.recorder import RecordingWriter
from callwright.db.session import Database
from callwright.kit.secrets import SecretBox, new_key


async def carry_out(url: str) -> None:
    """Carry out calls until stopped."""
    database, speech = Database(url), NoSpeech()
    prompts, recordings = PromptCache(speech), RecordingWriter()
    equipment = Equipment(InstantEngine(), speech, prompts, recordings, NoSpeech, clock=WorkingHours())
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        config = NodeConfig(capacity=CAPACITY, work=Path(folder) / "work")
        blobs = DiskBlobs(Path(folder) / "blobs")
        await run_node(config, database, equipment, blobs, SecretBox(new_key()))


if __name__ == "__main__":
    log_warnings()
    asyncio.run(carry_out(sys.argv[1]))
