"""How soon we answer, and how often before the person has finished: ``python -m bench.turn_end``.

Many voices say lines without a pause, and lines with pauses of 200 to 1000 ms in them, over telephone lines of
16 to 32 dB. The call is the product's own room in simulated time (``bench.simulated_room``), so that nothing else
on the machine changes a figure. A reply is timed from the person's last sound to our first, in the room; it is
early where it begins before that. The rules it is set against wait for the same silence whatever was said: 400 ms,
550 (the default of LiveKit agents 1.5's detector), 800. The last line is one JSON object.
"""

import argparse
import asyncio
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, cast, get_args

import numpy as np
import yaml
from bench.simulated_room import Asking, Engines, hold
from rich.console import Console
from rich.table import Table

from callwright.callroom.settings import RoomSettings
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import load_script
from callwright.simulator import population, voices
from callwright.speech.port import SAMPLE_RATE, Pcm
from callwright.telephony.port import FRAME_MS
from callwright.turns.patience import Expects, Patience

_DATA = Path(__file__).parent / "data"
_LEAD_S, _AFTER_S = 2.0, 2.5
_PROMPT = "Yes?"


def _always(ms: int) -> RoomSettings:
    return RoomSettings(patience=Patience(ms, ms, ms, ms))


RULES: Mapping[str, RoomSettings] = {
    "Callwright": RoomSettings(),
    "always 400 ms": _always(400),
    "always 550 ms": _always(550),
    "always 800 ms": _always(800),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line as heard; ``ends_at`` is its last sound, in samples."""

    expects: Expects
    heard: Pcm
    ends_at: int
    pauses: int


@dataclass(slots=True)
class Measured:
    """What a rule made of the lines, in ms."""

    plain_ms: list[float] = field(default_factory=list)
    plain_early: int = 0
    paused_ms: list[float] = field(default_factory=list)
    paused_early: int = 0


def _trimmed(pcm: Pcm) -> Pcm:
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) > np.abs(pcm).max() * 0.06)
    return pcm[loud[0] : loud[-1] + 1]


def spoken(text: str, expects: Expects, rng: random.Random) -> Spoken:
    """Return ``text`` by somebody over some line, a pause at every ``|``."""
    line, voice = population.line(rng), population.voice(rng, woman=rng.random() < 0.5)
    parts = [_trimmed(voices.speak(part.strip(), voice, line.level_db)) for part in text.split("|")]
    pieces = [np.zeros(int(_LEAD_S * SAMPLE_RATE), np.int16)]
    for number, part in enumerate(parts):
        if number:
            pieces.append(np.zeros(int(np.exp(rng.uniform(np.log(0.2), 0.0)) * SAMPLE_RATE), np.int16))
        pieces.append(part)
    ends_at = sum(map(len, pieces))
    clean = np.concatenate([*pieces, np.zeros(int(_AFTER_S * SAMPLE_RATE), np.int16)])
    noisy = clean.astype(np.float64) + voices.hum(line, len(clean), rng.randrange(1 << 30))
    heard = voices.through_mu_law(np.clip(np.rint(noisy), -32768, 32767).astype(np.int16))
    return Spoken(expects, heard, ends_at, len(parts) - 1)


def lines(seed: int, people: int) -> list[Spoken]:
    """Return every line, said by ``people``."""
    known = yaml.safe_load((_DATA / "utterances.yaml").read_text())
    plain = [text for texts in known.values() for text in texts if "," not in text and "." not in text]
    found: list[Spoken] = []
    for number in range(people):
        rng = random.Random(f"{seed}/{number}")
        found += [spoken(text, "anything", rng) for text in rng.sample(plain, 40)]
        for expects, texts in yaml.safe_load((_DATA / "pauses.yaml").read_text()).items():
            if expects not in get_args(Expects):
                raise ValueError(f"nobody expects {expects}")
            found += [spoken(text, cast(Expects, expects), rng) for text in texts]
    return found


async def measure(engines: Engines, settings: RoomSettings, said: Sequence[Spoken]) -> Measured:
    """Hold every call."""
    script = load_script((files("callwright.scripts") / "demo" / "appointment.yaml").read_text())
    examples, measured = GraphDialogue(script).examples, Measured()
    for line in said:
        held = await hold(engines, Asking(_PROMPT, line.expects, examples), line.heard, settings)
        first = int(_LEAD_S * 1000) // FRAME_MS
        end = -(-line.ends_at * 1000 // SAMPLE_RATE // FRAME_MS)
        early = any(held.sounding[first:end])
        after = [at for at, sounding in enumerate(held.sounding) if at >= end and sounding]
        took = [(after[0] - end) * FRAME_MS] if after and not early else []
        if line.pauses:
            measured.paused_ms += took
            measured.paused_early += early
        else:
            measured.plain_ms += took
            measured.plain_early += early
    return measured


def _row(measured: Measured, said: Sequence[Spoken]) -> dict[str, Any]:
    paused = sum(line.pauses > 0 for line in said)
    return {
        "p50_ms": round(float(np.percentile(measured.plain_ms, 50))),
        "p95_ms": round(float(np.percentile(measured.plain_ms, 95))),
        "early_share": round(measured.plain_early / (len(said) - paused), 3),
        "after_pauses_p50_ms": round(float(np.percentile(measured.paused_ms, 50))),
        "early_in_pauses_share": round(measured.paused_early / paused, 3),
    }


def main() -> None:
    """Measure, and print the table and the JSON object."""
    parser = argparse.ArgumentParser(prog="bench.turn_end", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="draws other people, lines and pauses")
    parser.add_argument("--people", type=int, default=2, help="who say each line with pauses")
    arguments = parser.parse_args()
    engines, said = Engines(), lines(arguments.seed, arguments.people)
    rows = {name: _row(asyncio.run(measure(engines, rule, said)), said) for name, rule in RULES.items()}
    table = Table(title="From the person's last sound to our first, in the room")
    headings = ("rule", "p50", "p95", "early", "after pauses p50", "early in pauses")
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "rule" else "right")
    for name, row in rows.items():
        table.add_row(name, *(f"{value:.1%}" if "share" in key else f"{value} ms" for key, value in row.items()))
    Console(width=110).print(table)
    mine, peers = rows.pop("Callwright"), rows
    ratios = {name: round(peer["p50_ms"] / mine["p50_ms"], 2) for name, peer in peers.items()}
    print(json.dumps({**mine, "lines": len(said), "peers": peers, "ratio": ratios}))


if __name__ == "__main__":
    main()
