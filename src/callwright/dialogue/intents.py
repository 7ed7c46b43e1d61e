"""Choosing what was meant from a classifier's scores, and yes or no from the words alone."""

import re
from collections.abc import Collection, Sequence

from callwright.dialogue.graph import Script

_WORDS = re.compile(r"[a-z']+")
_YES = frozenset(
    [
        "yes",
        "yeah",
        "yep",
        "yup",
        "yah",
        "sure",
        "right",
        "correct",
        "exactly",
        "absolutely",
        "definitely",
        "certainly",
        "okay",
        "ok",
        "fine",
        "perfect",
        "good",
    ]
)
_NO = frozenset(["no", "nope", "nah", "not", "wrong", "incorrect", "don't", "isn't"])
_FILLERS = frozenset(
    [
        "uh",
        "um",
        "er",
        "oh",
        "well",
        "that's",
        "that",
        "is",
        "it's",
        "it",
        "please",
        "thanks",
        "thank",
        "you",
        "i",
        "think",
        "so",
        "the",
        "a",
        "mm",
        "hmm",
    ]
)


def examples_of(script: Script) -> dict[str, tuple[str, ...]]:
    """Return every intent and every question of the knowledge base with its example sentences."""
    intents = {name: intent.examples for name, intent in script.intents.items()}
    return intents | {name: question.wordings for name, question in script.knowledge.items()}


def choose(
    scores: Sequence[tuple[str, float]], usable: Collection[str] | None, floor: float
) -> tuple[str, float] | None:
    """Return the intent to act on with its score, or ``None`` when nothing is sure enough.

    Of several, one that ``usable`` names is preferred, unless another is more than twice as likely; ``usable`` of
    ``None`` means that any will do.
    """
    ranked = sorted((pair for pair in scores if pair[1] >= floor), key=lambda pair: -pair[1])
    if not ranked:
        return None
    best = ranked[0]
    if usable is None:
        return best
    return next((pair for pair in ranked if pair[0] in usable and pair[1] * 2 >= best[1]), best)


def agrees(text: str) -> bool | None:
    """Return whether ``text`` is a plain yes (``True``) or no (``False``), ``None`` when it is neither or both."""
    words = [word for word in _WORDS.findall(text.lower()) if word not in _FILLERS]
    if not words:
        return None
    yes, no = words[0] in _YES, any(word in _NO for word in words[:2])
    return None if yes is no else yes
