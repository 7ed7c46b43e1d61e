"""Choosing what was meant from a classifier's scores, and yes or no from the words alone."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from callwright.dialogue.graph import Intent, Question, Script
from callwright.dialogue.spoken.languages import spoken

Score = tuple[str, float]


class Taught(Protocol):
    """A script of either engine, as far as its classifier goes."""

    @property
    def intents(self) -> Mapping[str, Intent]:
        """What people mean."""
        ...

    @property
    def knowledge(self) -> Mapping[str, Question]:
        """What people ask."""
        ...


def examples_of(script: Taught) -> dict[str, tuple[str, ...]]:
    """Return every intent and every question of the knowledge base with its example sentences."""
    intents = {name: intent.examples for name, intent in script.intents.items()}
    return intents | {name: question.wordings for name, question in script.knowledge.items()}


def believable(script: Script, scores: Sequence[Score]) -> list[Score]:
    """Return the scores that reach the floor: that of questions for a question, else that of intents."""
    floor, answer_floor = script.limits.floor, script.limits.answer_floor
    least = floor if answer_floor is None else answer_floor
    return [(name, score) for name, score in scores if score >= (least if name in script.knowledge else floor)]


def choose(scores: Sequence[Score], usable: Collection[str] | None) -> Score | None:
    """Return the intent to act on with its score, or ``None`` when there is none.

    Of several, one that ``usable`` names is preferred, unless another is more than twice as likely; ``usable`` of
    ``None`` means that any will do.
    """
    ranked = sorted(scores, key=lambda pair: -pair[1])
    if not ranked:
        return None
    best = ranked[0]
    if usable is None:
        return best
    return next((pair for pair in ranked if pair[0] in usable and pair[1] * 2 >= best[1]), best)


def plain_answer(script: Script, text: str) -> Score | None:
    """Return the script's intent ``yes`` or ``no``, where it has one, when ``text`` says that and nothing else."""
    words = spoken(script.language)
    agreed = words.agrees(text)
    name = "yes" if agreed else "no"
    if agreed is None or name not in script.intents:
        return None
    return (name, 1.0) if words.plain(text) else None
