"""Who takes the floor: people who interrupt, and people who only listen. Part of ``bench.barge_in``.

Whole calls of the product's room in simulated time (``bench.simulated_room``): somebody says "mm-hm" or "right" in
the middle of our prompt, softer than they speak; others say a sentence. A prompt is stopped where we don't go on
with it. ``silent_p50_ms`` is for how long we were silent for somebody who only listened. The peers hear the same
lines by their own rules; neither knows what was said, and what stopped them stays stopped.
"""

import asyncio
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from bench.barge_in_lines import PROMPTS, SENTENCES, background, over_the_line
from bench.simulated_room import Asking, Engines, Held, hold
from rich.table import Table

from callwright.callroom.settings import RoomSettings
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import load_script
from callwright.simulator import population, voices
from callwright.simulator.people import NoiseKind
from callwright.speech.port import SAMPLE_RATE, Pcm
from callwright.telephony.port import FRAME_MS

LISTENING = (
    "Mm-hm.", "Mm-hmm.", "Uh huh.", "Mhm.", "Right.", "Okay.", "Yeah.", "Yes.", "I see.", "Yeah, okay.",
    "Oh, right.", "Sure.",
)  # fmt: skip
_EITHER = {"Oh, I see."}
_TEXT = " ".join(PROMPTS[:3])
_HEARD_S = 9.0
_NOISES = [kind for kind in NoiseKind if kind is not NoiseKind.NONE]


@dataclass(frozen=True, slots=True)
class Over:
    """Something said over our prompt: ``listening``, or to take the floor."""

    listening: bool
    heard: Pcm


def said_over(seed: int, people: int) -> Iterator[Over]:
    """Let ``people`` each say everything, over a line of its own each time."""
    sentences = [text for texts in SENTENCES.values() for text in texts if text not in _EITHER]
    for number in range(people):
        rng = random.Random(f"{seed}/floor/{number}")
        for text in LISTENING:
            yield _over(text, True, rng)
        for text in rng.sample(sentences, len(LISTENING)):
            yield _over(text, False, rng)


def _over(text: str, listening: bool, rng: random.Random) -> Over:
    voice, level = population.voice(rng, woman=rng.random() < 0.5), rng.uniform(-28, -16)
    softer = rng.uniform(0, 8) if listening else 0.0
    speech = voices.speak(text, voice, level - softer)
    samples = int(_HEARD_S * SAMPLE_RATE)
    signal = background(rng.choice(_NOISES), rng.uniform(-60, level - 16), samples, rng.randrange(1 << 30))
    at = int(rng.uniform(1.5, 4.0) * SAMPLE_RATE)
    signal[at : at + len(speech)] += speech
    return Over(listening, over_the_line(signal))


def taken(
    peers: Mapping[str, Callable[[Any, Any], Any]], activity: Callable[[], Any], seed: int, people: int
) -> dict[str, dict[str, Any]]:
    """Return for each rule what share of those who listened, and of those who interrupted, stopped our prompt."""
    said = list(said_over(seed, people))
    mine = asyncio.run(_held(said))
    stopped = {"Callwright": [bool(held.barge_in_ms) for held in mine]}
    for name, rule in peers.items():
        stopped[name] = [bool(rule(_Heard(over.heard), activity()).at) for over in said]
    rows = {name: _shares(said, found) for name, found in stopped.items()}
    rows["Callwright"]["silent_p50_ms"] = _silence_ms(said, mine)
    return rows


@dataclass(frozen=True, slots=True)
class _Heard:
    """As much of a line of ``bench.barge_in`` as its peers listen to."""

    heard: Pcm


async def _held(said: Sequence[Over]) -> list[Held]:
    engines = Engines()
    script = load_script((files("callwright.scripts") / "demo" / "appointment.yaml").read_text())
    asking = Asking(_TEXT, "anything", GraphDialogue(script).examples)
    return [await hold(engines, asking, over.heard, RoomSettings()) for over in said]


def _shares(said: Sequence[Over], stopped: Sequence[bool]) -> dict[str, Any]:
    both = list(zip(said, stopped, strict=True))
    listened = [one for over, one in both if over.listening]
    took = [one for over, one in both if not over.listening]
    return {
        "backchannel_stopped_share": round(float(np.mean(listened)), 3),
        "interruption_stopped_share": round(float(np.mean(took)), 3),
        "backchannels": len(listened),
    }


def _silence_ms(said: Sequence[Over], held: Sequence[Held]) -> int:
    """Return the median of the longest silences in prompts that went on after somebody listened."""
    silences = []
    for over, one in zip(said, held, strict=True):
        if over.listening and not one.barge_in_ms:
            silences.append(_longest_silence(one.sounding) * FRAME_MS)
    return round(float(np.median(silences))) if silences else 0


def _longest_silence(sounding: Sequence[bool]) -> int:
    longest = run = 0
    for sound in sounding[: len(sounding) - 1 - list(reversed(sounding)).index(True)]:
        run = 0 if sound else run + 1
        longest = max(longest, run)
    return longest


def shown_floor(rows: Mapping[str, Mapping[str, Any]]) -> Table:
    """Return the table for people."""
    table = Table(title="Who stops our prompt")
    for heading in ("rule", "who only listens", "who interrupts"):
        table.add_column(heading, justify="left" if heading == "rule" else "right")
    for name, row in rows.items():
        table.add_row(name, f"{row['backchannel_stopped_share']:.1%}", f"{row['interruption_stopped_share']:.1%}")
    return table
