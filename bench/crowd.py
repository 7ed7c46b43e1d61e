"""How many conversations a minute a script is tried on, and how well it understands what it was never taught.

``python -m bench.crowd --people 2000``: the demo's English and Chinese scripts before a crowd, in this process, as
a job worker plays it: personas, the real dialogue, the real classifier, the report. The classifier learns the
scripts first, which is told apart, as a worker keeps what it learned. The limit is the bare classifier in the same
run: the very sentences that the crowd said, asked again with nothing around it, in processor time, as others may be
at work on the machine. Accuracy is that of the whole script's classifier, as a call goes by it (a plain yes or no
by the words, else the surest that reaches the script's floor), with its 95 % interval: over
``bench/data/unseen.yaml``, and over the harder ``unseen-blind.yaml`` in two halves, of which only ``dev`` was
looked at while the classifier was improved; ``unsure`` is by how much its confidence is off there on average. The
crowd's own accuracy, of examples that were held back, stands beside them. The last line is one JSON object.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from callwright.crowds.jobs import understanding
from callwright.dialogue.graph import Script
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.intents import Score, believable, choose, plain_answer, spared
from callwright.dialogue.loading import load_script
from callwright.dialogue.paths import endings
from callwright.personas.conversation import Asked, Scores, Stage
from callwright.personas.crowd import Pair, play, stage_for
from callwright.personas.intervals import Share, share_of
from callwright.personas.marks import Marks
from callwright.personas.people import make_people
from callwright.personas.report import Report, report
from callwright.personas.wordings import FOLDS, WHOLE, folded
from callwright.speech.providers.e5_tfidf import E5TfidfIntents
from callwright.speech.providers.intent_regression import plain

DATA = Path(__file__).parent / "data"
HALVES = ("dev", "test")
BINS = 5
SCRIPTS = {"en": "appointment.yaml", "zh": "appointment-zh.yaml"}


@dataclass(frozen=True, slots=True)
class Unseen:
    """How many sentences of a set were understood, and how far confidence is off on average, 0 to 1."""

    right: Share
    unsure: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One language: what learning took, what the crowd took (wall clock and processor time), and what it showed."""

    learning_s: float
    seconds: float
    processor_s: float
    asked: int
    told: Report
    unseen: dict[str, Unseen]
    limit_s: float


def stage_of(language: str) -> Stage:
    """Return the demo's script of a language, ready for a crowd."""
    source = (files("callwright.scripts") / "demo" / SCRIPTS[language]).read_text(encoding="utf-8")
    return stage_for(GraphDialogue(load_script(source)))


Sentence = tuple[str, str]
"""What is meant, and the words."""


def half_of(text: str) -> str:
    """Return the half to which a sentence of the harder set belongs, for ever."""
    return HALVES[hashlib.sha256(plain(text).encode()).digest()[0] % 2]


def sets_of(stage: Stage, language: str) -> dict[str, list[Sentence]]:
    """Return the sentences of each set that are no example of the script."""
    known = {folded(text) for texts in stage.dialogue.examples.values() for text in texts}
    found: dict[str, list[Sentence]] = {"unseen": [], **{half: [] for half in HALVES}}
    for file in ("unseen", "unseen-blind"):
        sentences = yaml.safe_load((DATA / f"{file}.yaml").read_text(encoding="utf-8"))[language]
        for name, text in [(name, text) for name, texts in sentences.items() for text in texts]:
            if folded(text) not in known:
                found[file if file == "unseen" else half_of(text)].append((name, text))
    return found


def judged(stage: Stage, classifier: E5TfidfIntents, pairs: Sequence[Sentence]) -> Unseen:
    """Return how many sentences a call takes for what they mean, and how far its confidence is off."""
    ranked = classifier.classify_invented([text for _, text in pairs], stage.wordings.taught(WHOLE))
    taken: list[Score] = [
        plain_answer(stage.script, text)
        or chosen(stage.script, [(one.intent, one.score) for one in scores])
        or ("", scores[0].score)
        for (_, text), scores in zip(pairs, ranked, strict=True)
    ]
    right = [intent == name for (name, _), (intent, _) in zip(pairs, taken, strict=True)]
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for (_, score), well in zip(taken, right, strict=True):
        bins[min(int(score * BINS), BINS - 1)].append((score, well))
    off = sum(abs(sum(score - well for score, well in ones)) for ones in bins.values())
    return Unseen(share_of(sum(right), len(right)), off / len(right))


def chosen(script: Script, scores: Sequence[Score]) -> Score | None:
    """Return what a call takes a sentence for wherever every answer leads on."""
    likely = believable(script, scores)
    met = choose(likely, None)
    return met and spared(met, likely, endings(script, script.anywhere.branches))


def measure(language: str, people: int, seed: int, folder: Path) -> Measured:
    """Try one language's script on a crowd."""
    stage, classifier = stage_of(language), E5TfidfIntents(folder)
    began = time.monotonic()
    for fold in (WHOLE, *range(FOLDS)):
        classifier.classify_invented(["hello"], stage.wordings.taught(fold))
    learning_s = time.monotonic() - began
    rounds: list[Sequence[Asked]] = []
    understand = understanding(stage, classifier, lambda _done: None, lambda: 0.0)

    def noted(asked: Sequence[Asked]) -> Sequence[Scores]:
        rounds.append(asked)
        return understand(asked)

    began, worked = time.monotonic(), time.process_time()
    pairs: list[Pair] = list(play(stage, make_people(seed, people), noted))
    told = report(stage.script, pairs, Marks(), stage.wordings.untestable)
    seconds, processor_s = time.monotonic() - began, time.process_time() - worked
    return Measured(
        learning_s,
        seconds,
        processor_s,
        sum(map(len, rounds)),
        told,
        {name: judged(stage, classifier, pairs) for name, pairs in sets_of(stage, language).items()},
        bare(stage, rounds, folder / "bare"),
    )


def bare(stage: Stage, rounds: Sequence[Sequence[Asked]], folder: Path) -> float:
    """Return the processor seconds of the classifier alone for what the crowd said; it begins as theirs did."""
    classifier = E5TfidfIntents(folder)
    by_fold: defaultdict[int, list[str]] = defaultdict(list)
    for asked in rounds:
        for one in asked:
            by_fold[one.fold].append(one.text)
    for fold in by_fold:
        classifier.classify_invented(["hello"], stage.wordings.taught(fold))
    began = time.process_time()
    for fold, texts in by_fold.items():
        classifier.classify_invented(texts, stage.wordings.taught(fold))
    return time.process_time() - began


def told(found: Unseen) -> str:
    """Return a set's figures in words."""
    right = found.right
    return f"{right.share:.3f} ({right.low:.3f} to {right.high:.3f} of {right.said}, unsure by {found.unsure:.3f})"


def show(found: dict[str, Measured], people: int) -> None:
    """Print what was measured."""
    table = Table(title=f"{people} simulated people a script, text")
    for name in (
        "script",
        "learning",
        "crowd",
        "a minute",
        "processor",
        "bare classifier",
        "unseen",
        "blind: dev",
        "blind: test",
        "held back",
        "passed",
    ):
        table.add_column(name, justify="left" if name == "script" else "right")
    for language, one in found.items():
        table.add_row(
            SCRIPTS[language],
            f"{one.learning_s:.1f} s",
            f"{one.seconds:.1f} s",
            f"{60 * people / one.seconds:,.0f}",
            f"{1000 * one.processor_s / people:.1f} ms each",
            f"{1000 * one.limit_s / people:.1f} ms each",
            *(told(found) for found in one.unseen.values()),
            f"{one.told.accuracy.share:.3f} ({one.told.accuracy.said})",
            "yes" if one.told.verdict.passed else "no",
        )
    Console(stderr=True, width=250).print(table)


def main() -> None:
    """Measure both languages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = {
            language: measure(language, wanted.people, wanted.seed, Path(folder) / language) for language in SCRIPTS
        }
    show(found, wanted.people)
    seconds = sum(one.seconds for one in found.values())
    ratio = sum(one.limit_s for one in found.values()) / sum(one.processor_s for one in found.values())
    conversations = wanted.people * len(found)
    figures = {
        "per_minute": round(60 * conversations / seconds),
        "accuracy": {
            language: {name: round(one.right.share, 3) for name, one in measured.unseen.items()}
            for language, measured in found.items()
        },
        "held_back": {language: round(one.told.accuracy.share, 3) for language, one in found.items()},
        "limit_per_minute": round(60 * conversations / seconds / ratio),
        "ratio": round(ratio, 2),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
