"""How long a script with as many sentences as may be waits for its first call, and what others feel of it.

``python -m bench.large_script --questions 1700 --wordings 3``: a real speech server learns the demo's script, then
one of the demo's intents and so many questions. Told are the seconds until it answers for the large script at all,
which is what a first call waits for, those until it has learned the whole, and what that costs the processor; and
how quickly the demo's script is answered for meanwhile, beside the same before, one question every 50 ms. An answer
for the large script, once learned, stands beside both. The last line is one JSON object.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.processor_time import processor_s

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import load_script
from callwright.speech.client import SpeechClient
from callwright.speech.port import SpeechDeadlineError

SCRIPT = Path(__file__).parent.parent / "src/callwright/scripts/demo/appointment.yaml"
SAID = "well yes that would suit me fine"
EVERY_S = 0.05
STEP_S = 20.0
"""How long a call waits for what it needs before it is dialled."""
LONGEST_S = 900.0

Examples = dict[str, tuple[str, ...]]


def large(small: Examples, questions: int, wordings: int) -> Examples:
    """Return the examples of a script with many more questions."""
    ways = ("how much is", "when can I get", "do you still sell", "what is", "who makes", "where do I find")
    more = {
        f"ask_{number}": tuple(f"{ways[way % 6]} article {number} of list {way}" for way in range(wordings))
        for number in range(questions)
    }
    return small | more


async def answers_ms(speech: SpeechClient, examples: Examples, until: asyncio.Event, least: int) -> list[float]:
    """Return how long each answer took, one asked after the other until ``until`` is set, at least ``least``."""
    took: list[float] = []
    while len(took) < least or not until.is_set():
        began = time.monotonic()
        await speech.classify(SAID, examples, deadline_s=LONGEST_S)
        took.append(1000 * (time.monotonic() - began))
        await asyncio.sleep(EVERY_S)
    return took


async def first_answer(speech: SpeechClient, examples: Examples) -> tuple[float, int]:
    """Return after how many seconds there is an answer, and how many calls gave up waiting before."""
    began, given_up = time.monotonic(), 0
    while True:
        try:
            await speech.classify(SAID, examples, deadline_s=STEP_S)
        except SpeechDeadlineError:
            given_up += 1
        else:
            return time.monotonic() - began, given_up


async def all_learned(speech: SpeechClient, quiet_s: float = 5.0) -> None:
    """Return once the server has trained nothing for a while."""
    done, since = -1.0, time.monotonic()
    while time.monotonic() - since < quiet_s:
        now = (await speech.stats())["intent training"]["busy_s"]
        done, since = (now, time.monotonic()) if now != done else (done, since)
        await asyncio.sleep(0.5)


def spread(found: Sequence[float]) -> dict[str, float]:
    """Return the median and the slowest twentieth."""
    return {"p50": round(statistics.median(found), 1), "p95": round(statistics.quantiles(found, n=20)[-1], 1)}


def memory_mb(pid: int) -> int:
    """Return the memory that a process holds."""
    status = (Path("/proc") / str(pid) / "status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


async def measure(socket: Path, server: int, questions: int, wordings: int) -> dict[str, object]:
    """Teach the large script while the small one is asked."""
    speech, other = [await SpeechClient.connect(socket, wait_s=120) for _ in range(2)]
    dialogue = GraphDialogue(load_script(SCRIPT.read_text(encoding="utf-8")))
    small = {name: tuple(sentences) for name, sentences in dialogue.examples.items()}
    many = large(small, questions, wordings)
    await first_answer(other, small)
    await all_learned(other)
    over = asyncio.Event()
    over.set()
    before = await answers_ms(other, small, over, 100)
    over.clear()
    worked, began = processor_s(server), time.monotonic()
    meanwhile = asyncio.create_task(answers_ms(other, small, over, 20))
    first_s, given_up = await first_answer(speech, many)
    await all_learned(speech)
    whole_s, worked = time.monotonic() - began, processor_s(server) - worked
    over.set()
    during = await meanwhile
    return {
        "sentences": sum(map(len, many.values())),
        "intents": len(many),
        "first_s": round(first_s, 1),
        "given_up": given_up,
        "whole_s": round(whole_s, 1),
        "processor_s": round(worked, 1),
        "memory_mb": memory_mb(server),
        "other_before_ms": spread(before),
        "other_during_ms": spread(during),
        "own_after_ms": spread(await answers_ms(speech, many, over, 40)),
    }


def main() -> None:
    """Measure one size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=1700)
    parser.add_argument("--wordings", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="large-") as folder:
        socket = Path(folder) / "speech.sock"
        server = subprocess.Popen([sys.executable, "-m", "callwright.speech.server", "--socket", str(socket)])
        try:
            found = asyncio.run(measure(socket, server.pid, wanted.questions, wanted.wordings))
        finally:
            server.terminate()
            server.wait(timeout=60)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
