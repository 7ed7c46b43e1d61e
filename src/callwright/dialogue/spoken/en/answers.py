"""Yes and no as people say them in English."""

import re

_WORDS = re.compile(r"mm[- ]?h[mu]+|mhm+|uh[- ]huh|[a-z']+")
_YES = re.compile(
    r"yes|yeah|yep|yup|yah|sure|right|correct|exactly|absolutely|definitely|certainly|okay|ok|fine|perfect|good|"
    r"mm[- ]?h[mu]+|mhm+|uh[- ]huh"
)
_NO = re.compile(r"no|nope|nah|not|wrong|incorrect|don't|isn't")
_FILLERS = re.compile(r"uh|um|er|oh|well|that's|that|is|it's|it|please|thanks|thank|you|i|think|so|the|a|mm|hm+")


def agrees(text: str) -> bool | None:
    """Return whether ``text`` begins with yes (``True``) or no (``False``); ``None`` for neither or both."""
    words = _telling(text)
    if not words:
        return None
    yes, no = bool(_YES.fullmatch(words[0])), any(_NO.fullmatch(word) for word in words[:2])
    return None if yes is no else yes


def is_plain(text: str) -> bool:
    """Return whether ``text`` says yes or no and nothing else."""
    return all(_YES.fullmatch(word) or _NO.fullmatch(word) for word in _telling(text))


def _telling(text: str) -> list[str]:
    return [word for word in _WORDS.findall(text.lower()) if not _FILLERS.fullmatch(word)]
