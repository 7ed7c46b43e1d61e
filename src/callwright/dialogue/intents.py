"""Choosing what was meant from a classifier's scores, and yes or no from the words alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Protocol

from callwright.dialogue.graph import Intent, Question, Script
from callwright.dialogue.spoken.languages import spoken
from callwright.dialogue.state import DO_NOT_CALL

Score = tuple[str, float]

AS_LIKELY = 0.8
"""At this share of the confidence in another ending, the wish not to be called again goes before it."""


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


def spared(met: Score, scores: Iterable[Score], endings: Mapping[str, str]) -> Score:
    """Return ``met``, or the wish not to be called again where that ends the call in its place.

    Who is taken for one that only ends this call, and is nearly as likely to want none at all, loses nothing by
    being spared, while the next call would be one too many. ``endings`` are the reasons of the endings that
    intents lead to at once; ``scores`` are believable.
    """
    if endings.get(met[0], DO_NOT_CALL) == DO_NOT_CALL:
        return met
    wishes = (pair for pair in scores if endings.get(pair[0]) == DO_NOT_CALL)
    wish = max(wishes, key=itemgetter(1), default=met)
    return wish if wish[1] >= AS_LIKELY * met[1] else met


def surely_wished(scores: Collection[Score], endings: Mapping[str, str], sure: float) -> Score | None:
    """Return the wish not to be called again where an ending is surely meant, and it may as well be that one.

    Who means one of two endings that can't be told apart means an ending for sure: what speaks for either counts.
    """
    ends = [pair for pair in scores if pair[0] in endings]
    if not ends or sum(score for _, score in ends) < sure:
        return None
    wish = spared(max(ends, key=itemgetter(1)), ends, endings)
    return wish if endings[wish[0]] == DO_NOT_CALL else None


def plain_answer(script: Script, text: str) -> Score | None:
    """Return the script's intent ``yes`` or ``no``, where it has one, when ``text`` says that and nothing else."""
    words = spoken(script.language)
    agreed = words.agrees(text)
    name = "yes" if agreed else "no"
    if agreed is None or name not in script.intents:
        return None
    return (name, 1.0) if words.plain(text) else None
