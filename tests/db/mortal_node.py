"""A call node in a process of its own, to be killed: ``python -m tests.db.mortal_node URL WORK WITNESS CALLEE``.

Everybody answers. A callee who ``leaves`` does so after a moment; one who ``refuses`` asks never to be called again
and then listens to our goodbye for ever. Every number dialled is a line of WITNESS, as a carrier would know it.
"""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from callwright.blobs.disk import DiskBlobs
from callwright.callroom.node import NodeConfig, run_node
from callwright.callroom.plan import Equipment
from callwright.callroom.prompt_cache import PromptCache
from callwright.callroom.recorder import RecordingWriter
from callwright.db.session import Database
from callwright.kit.secrets import SecretBox, new_key
from callwright.speech.port import IntentScore, Pcm, Recognition
from callwright.telephony.port import FRAME_SAMPLES, Ended, HangupSide, PhoneState
from tests.fakes.crowd import Callee, CrowdEngine, answers
from tests.fakes.simulated_time import SimulatedTime
from tests.fakes.speech import FakeSpeech, LevelActivity, silence, word
from tests.fakes.telephony import FakeCall

TALK_S = 0.2
BEAT_S = 0.2


class RefusingSpeech(FakeSpeech):
    """Takes whatever is said for the wish not to be called again."""

    async def recognise(self, pcm: Pcm, *, language: str = "en", deadline_s: float = 5.0) -> Recognition:
        """Return the wish."""
        return Recognition("never call me again", 0.9, 0.0, 1.0)

    async def classify(
        self, text: str, examples: Mapping[str, Sequence[str]], *, deadline_s: float = 5.0
    ) -> list[IntentScore]:
        """Return its intent."""
        return [IntentScore("do_not_call", 0.95)]


async def main(url: str, work: Path, witness: Path, kind: str) -> None:
    """Carry out calls until killed."""
    speaking: set[asyncio.Task[None]] = set()

    def callee(call: FakeCall) -> None:
        with witness.open("a") as file:
            file.write(call.request.to + "\n")
        answers(call)
        if kind == "leaves":
            left = Ended(HangupSide.THEM, PhoneState.CONNECTED, None, "")
            asyncio.get_running_loop().call_later(TALK_S, call.tell, left)
        else:
            speaking.add(asyncio.create_task(_refuse(call)))

    equipment = _equipment(callee)
    config = NodeConfig(capacity=4, work=work, beat_s=BEAT_S / 2, poll_s=0.1, retry_s=0.2)
    await run_node(config, Database(url), equipment, DiskBlobs(work.parent / "blobs"), SecretBox(new_key()))


async def _refuse(call: FakeCall) -> None:
    await asyncio.sleep(BEAT_S)
    assert call.handler is not None
    for pcm in (word("stop", 400), silence(600)):
        for begin in range(0, len(pcm), FRAME_SAMPLES):
            call.handler.heard(pcm[begin : begin + FRAME_SAMPLES])
            call.handler.say()
            await asyncio.sleep(0)


def _equipment(callee: Callee) -> Equipment:
    speech = RefusingSpeech(SimulatedTime())
    return Equipment(CrowdEngine(callee), speech, PromptCache(speech), RecordingWriter(), LevelActivity)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]))
