"""What Whisper hears of the Chinese voices, and what it costs them to speak: ``python -m bench.chinese``.

*Prompts*: what every call of the demo's Chinese script may say, by its own voice. *Customers*: the sentences of
``bench/data/utterances-zh.yaml``, by all eight voices in turn; their intents are judged among all of the script's,
trained on its own examples. Both over the lines (16 to 32 dB, 8 kHz, mu-law) that the telephone world draws.

The limit is the same recogniser with the same sound before any telephone (8 kHz, no noise, no law); ``ratio`` is
how many times as many characters are wrong over the line. What is read alike (19, 十九) counts as the same.
"""

import argparse
import json
import random
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import yaml
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import load_script
from callwright.dialogue.spoken.zh.reading import read_aloud
from callwright.scripts.service import demo_source
from callwright.scripts.speaking import prompts_of_every_call
from callwright.settings import load
from callwright.simulator import population
from callwright.simulator.people import Line
from callwright.simulator.voices import hum, telephone_band, through_mu_law
from callwright.speech import providers
from callwright.speech.port import SAMPLE_RATE, Pcm
from callwright.speech.providers import Choice

KOKORO = Choice("kokoro", {"voices_at": load().kokoro_voices_folder})
UTTERANCES = Path(__file__).parent / "data" / "utterances-zh.yaml"
PROMPTS, CUSTOMERS = "prompts", "customers"

Hear = Callable[[Pcm], str]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it was spoken, and as the telephone network leaves it; ``intent`` empty for a prompt."""

    text: str
    intent: str
    clean: Pcm
    over_the_line: Pcm
    cpu_s: float


def spoken(pairs: Sequence[tuple[str, str]], voices: Sequence[str], seed: int) -> list[Said]:
    """Let the voices say the sentences in turn, each over a newly drawn line."""
    synthesiser = providers.synthesiser(KOKORO)
    synthesiser.synthesise("您好。", "", 1.0)  # loads it
    said = []
    for number, ((text, intent), voice) in enumerate(zip(pairs, cycle(voices), strict=False)):
        began = time.process_time()
        clean = synthesiser.synthesise(text, voice, 1.0)
        cpu_s = time.process_time() - began
        line = population.line(random.Random(f"{seed}/{number}"))
        said.append(Said(text, intent, clean, telephoned(clean, line, number), cpu_s))
    return said


def telephoned(pcm: Pcm, line: Line, seed: int) -> Pcm:
    """Return ``pcm`` in the telephone's band, with the line's noise, after mu-law."""
    speech = telephone_band(pcm.astype(np.float32))
    return through_mu_law(np.clip(speech + hum(line, len(pcm), seed), -32768, 32767).astype(np.int16))


def alike(text: str) -> str:
    """Return the characters of ``text`` in one spelling; ``-`` when nothing is left."""
    read = unicodedata.normalize("NFKC", read_aloud(text)).lower()
    return "".join(sign for sign in read if sign.isalnum()).replace("幺", "一") or "-"


def errors(said: Sequence[Said], heard: Sequence[str]) -> float:
    """Return the share of characters heard wrong."""
    return round(float(jiwer.cer([alike(one.text) for one in said], [alike(text) for text in heard])), 4)


def measure(said: Sequence[Said], hear: Hear) -> tuple[dict[str, float], list[str]]:
    """Return the figures of one kind, and what was heard of each over the line."""
    heard = [hear(one.over_the_line) for one in said]
    seconds = sum(len(one.clean) for one in said) / SAMPLE_RATE
    return {
        "sentences": len(said),
        "cer": errors(said, heard),
        "limit_cer": errors(said, [hear(one.clean) for one in said]),
        "cpu_s_per_s": round(sum(one.cpu_s for one in said) / seconds, 3),
        "cpu_s_per_sentence": round(sum(one.cpu_s for one in said) / len(said), 2),
    }, heard


def customers() -> list[tuple[str, str]]:
    """Return the test sentences with their intents."""
    truth: dict[str, list[str]] = yaml.safe_load(UTTERANCES.read_text("utf-8"))
    return [(sentence, intent) for intent, sentences in truth.items() for sentence in sentences]


def shown(by_kind: dict[str, dict[str, float]]) -> Table:
    """Return the table for people."""
    table = Table(title="Chinese voices over the telephone, heard by Whisper base")
    for heading in ("who", "sentences", "characters wrong", "limit", "intents right", "cpu a sentence", "cpu s/s"):
        table.add_column(heading, justify="left" if heading == "who" else "right")
    for kind, row in by_kind.items():
        right = f"{row['intent_accuracy']:.1%}" if "intent_accuracy" in row else ""
        table.add_row(
            kind,
            f"{row['sentences']:.0f}",
            f"{row['cer']:.1%}",
            f"{row['limit_cer']:.1%}",
            right,
            f"{row['cpu_s_per_sentence']:.2f} s",
            f"{row['cpu_s_per_s']:.2f}",
        )
    return table


def main() -> None:
    """Measure, and print the table and the JSON object."""
    parser = argparse.ArgumentParser(prog="bench.chinese", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="draws other lines")
    parser.add_argument("--every", type=int, default=1, help="take only every so many sentences")
    arguments = parser.parse_args()
    dialogue = GraphDialogue(load_script(demo_source("zh")))
    prompts = [(text, "") for text in prompts_of_every_call(dialogue)][:: arguments.every]
    strange = customers()[:: arguments.every]
    with threadpool_limits(limits=1):
        recogniser = providers.recogniser(Choice("whisper"))
        intents = providers.intents(Choice("e5_tfidf"))

        def hear(pcm: Pcm) -> str:
            return recogniser.recognise(pcm, "zh").text

        voices = [voice.name for voice in providers.synthesiser(KOKORO).voices]
        own, _ = measure(spoken(prompts, voices[:1], arguments.seed), hear)
        theirs, heard = measure(spoken(strange, voices, arguments.seed), hear)
        right = [
            intents.classify(text, dialogue.examples)[0].intent == intent
            for text, (_, intent) in zip(heard, strange, strict=True)
            if text
        ]
    theirs["intent_accuracy"] = round(sum(right) / len(strange), 4)
    by_kind = {PROMPTS: own, CUSTOMERS: theirs}
    Console(width=110).print(shown(by_kind))
    print(json.dumps(summary(by_kind)))


def summary(by_kind: dict[str, dict[str, float]]) -> dict[str, Any]:
    """Return the last line: the customers' figures, the limit and the ratio to it, and each kind's."""
    theirs = by_kind[CUSTOMERS]
    limit = {"name": "the same sound before the telephone", "cer": theirs["limit_cer"]}
    return {
        **{name: value for name, value in theirs.items() if name != "limit_cer"},
        "limit": limit,
        "ratio": round(theirs["cer"] / max(theirs["limit_cer"], 0.0001), 2),
        "by_kind": by_kind,
    }


if __name__ == "__main__":
    main()
