"""A call node in a process of its own, to be killed: ``python -m tests.db.mortal_node URL WORK WITNESS``.

Everybody answers and leaves after a moment; every number dialled is a line of WITNESS, as a carrier would know it.
"""

import asyncio
import sys
from pathlib import Path

from callwright.blobs.disk import DiskBlobs
from callwright.callroom.node import NodeConfig, run_node
from callwright.callroom.plan import Equipment
from callwright.callroom.prompt_cache import PromptCache
from callwright.callroom.recorder import RecordingWriter
from callwright.db.session import Database
from callwright.kit.secrets import SecretBox, new_key
from callwright.telephony.port import Ended, HangupSide, PhoneState
from tests.fakes.crowd import CrowdEngine, answers
from tests.fakes.simulated_time import SimulatedTime
from tests.fakes.speech import FakeSpeech, LevelActivity
from tests.fakes.telephony import FakeCall

TALK_S = 0.2


async def main(url: str, work: Path, witness: Path) -> None:
    """Carry out calls until killed."""

    def callee(call: FakeCall) -> None:
        with witness.open("a") as file:
            file.write(call.request.to + "\n")
        answers(call)
        left = Ended(HangupSide.THEM, PhoneState.CONNECTED, None, "")
        asyncio.get_running_loop().call_later(TALK_S, call.tell, left)

    speech = FakeSpeech(SimulatedTime())
    equipment = Equipment(CrowdEngine(callee), speech, PromptCache(speech), RecordingWriter(), LevelActivity)
    config = NodeConfig(capacity=4, work=work, beat_s=0.1, poll_s=0.1, retry_s=0.2)
    await run_node(config, Database(url), equipment, DiskBlobs(work.parent / "blobs"), SecretBox(new_key()))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
