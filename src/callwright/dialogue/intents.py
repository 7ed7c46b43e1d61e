"""Choosing what was meant from a classifier's scores, and yes or no from the words alone."""

import re
from collections.abc import Collection, Sequence

from callwright.dialogue.graph import Script

_WORDS = re.compile(r"mm[- ]?h[mu]+|mhm+|uh[- ]huh|[a-z']+")
_YES = re.compile(
    r"yes|yeah|yep|yup|yah|sure|right|correct|exactly|absolutely|definitely|certainly|okay|ok|fine|perfect|good|"
    r"mm[- ]?h[mu]+|mhm+|uh[- ]huh"
)
_NO = re.compile(r"no|nope|nah|not|wrong|incorrect|don't|isn't")
_FILLERS = re.compile(r"uh|um|er|oh|well|that's|that|is|it's|it|please|thanks|thank|you|i|think|so|the|a|mm|hm+")


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
    """Return whether ``text`` begins with yes (``True``) or no (``False``); ``None`` for neither or both."""
    words = _telling(text)
    if not words:
        return None
    yes, no = bool(_YES.fullmatch(words[0])), any(_NO.fullmatch(word) for word in words[:2])
    return None if yes is no else yes


def plain_answer(script: Script, text: str) -> tuple[str, float] | None:
    """Return the script's intent ``yes`` or ``no``, where it has one, when ``text`` says that and nothing else."""
    agreed = agrees(text)
    name = "yes" if agreed else "no"
    if agreed is None or name not in script.intents:
        return None
    plain = all(_YES.fullmatch(word) or _NO.fullmatch(word) for word in _telling(text))
    return (name, 1.0) if plain else None


def _telling(text: str) -> list[str]:
    return [word for word in _WORDS.findall(text.lower()) if not _FILLERS.fullmatch(word)]
