"""How well a script with over ninety intents and questions is understood, and how sure the classifier is of it.

``python -m bench.many_intents``: the demo's English script alone, and with the further questions of
``bench/data/questions.yaml`` in its knowledge base. Asked are the sentences that nobody was taught: those for the
demo's own intents of both sets of ``bench.crowd``, and a third of each further question's wordings, held back in
turn, so that a question is learned from four. Each is taken for what a call would take it for; the share rightly
understood stands with its 95 % interval, ``unsure`` is by how much the confidence is off. The last line
is one JSON object.
"""

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from bench.crowd import DATA, Sentence, Unseen, judged, sets_of, stage_of

from callwright.dialogue.graph import Question
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.personas.conversation import Stage
from callwright.personas.crowd import stage_for
from callwright.personas.intervals import share_of
from callwright.speech.providers.e5_tfidf import E5TfidfIntents

THIRDS = 3


def with_more(stage: Stage, questions: Mapping[str, Sequence[str]]) -> Stage:
    """Return the stage of the same script that knows more questions."""
    more = {name: Question(wordings=tuple(texts), answer="I'll look it up.") for name, texts in questions.items()}
    return stage_for(
        GraphDialogue(stage.script.model_copy(update={"knowledge": {**stage.script.knowledge, **more}}))
    )


def own(stage: Stage, among: Stage, classifier: E5TfidfIntents) -> dict[str, Unseen]:
    """Return how the sentences for the intents of ``stage`` are understood ``among`` those of another."""
    return {name: judged(among, classifier, pairs) for name, pairs in sets_of(stage, "en").items()}


def held_back(stage: Stage, questions: Mapping[str, Sequence[str]], classifier: E5TfidfIntents) -> Unseen:
    """Return how a third of each further question's wordings is understood by who learned the others, thrice."""
    found = []
    for third in range(THIRDS):
        kept = {
            name: [text for place, text in enumerate(texts) if place % THIRDS != third]
            for name, texts in questions.items()
        }
        asked: list[Sentence] = [(name, text) for name, texts in questions.items() for text in texts[third::THIRDS]]
        found.append(judged(with_more(stage, kept), classifier, asked))
    right, said = (sum(getattr(one.right, part) for one in found) for part in ("right", "said"))
    return Unseen(share_of(right, said), sum(one.unsure * one.right.said for one in found) / said)


def main() -> None:
    """Measure."""
    questions: dict[str, list[str]] = yaml.safe_load((DATA / "questions.yaml").read_text(encoding="utf-8"))
    stage = stage_of("en")
    many = with_more(stage, questions)
    with tempfile.TemporaryDirectory() as folder:
        classifier = E5TfidfIntents(Path(folder))
        found = {
            **{f"alone, {name}": one for name, one in own(stage, stage, classifier).items()},
            **{f"among all, {name}": one for name, one in own(stage, many, classifier).items()},
            "further, held back": held_back(stage, questions, classifier),
        }
    for name, one in found.items():
        right = one.right
        told = (
            f"{right.share:.3f} ({right.low:.3f} to {right.high:.3f} of {right.said}), unsure by {one.unsure:.3f}"
        )
        sys.stderr.write(f"{name:22} {told}\n")
    figures = {name: [round(one.right.share, 3), round(one.unsure, 3)] for name, one in found.items()}
    sys.stdout.write(json.dumps({"intents": len(many.dialogue.examples), **figures}) + "\n")


if __name__ == "__main__":
    main()
