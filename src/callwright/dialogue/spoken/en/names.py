"""People's names as they give them in English."""

import re

from callwright.dialogue.spoken.language import Found

_MAX_WORDS = 4
_BEFORE = re.compile(
    r"^(?:(?:yes|yeah|sure|okay|ok|well|um|uh|hi|hello|so)\b[ ,.]*)*"
    r"(?:my (?:full |first |last )?name(?: is|'s)|the name(?: is|'s)|this is|it is|it's|i am|i'm|call me)?\b[ ,]*"
)
_AFTER = re.compile(r"[ ,.]*\b(?:speaking|here|please|thanks|thank you)$")
_NO_NAME = frozenset(
    ["yes", "no", "yeah", "nope", "not", "what", "who", "why", "sorry", "please", "don't", "know", "maybe"]
)


def find_name(text: str) -> Found | None:
    """Return the name that ``text`` gives."""
    bare = _BEFORE.sub("", text.lower().strip(" .,!?"))
    words = re.findall(r"[^\W\d_](?:[^\W\d_]|['-])*", _AFTER.sub("", bare))
    if not 1 <= len(words) <= _MAX_WORDS or _NO_NAME.intersection(words):
        return None
    name = re.sub(r"(?:^|[ '-])\w", lambda start: start[0].upper(), " ".join(words))
    return name, name
