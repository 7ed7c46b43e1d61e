"""Taking a value out of recognised words: how it is kept, and how it is said back."""

import re
from collections.abc import Callable

from callwright.dialogue.graph import ValueKind
from callwright.dialogue.spoken_days import Found, find_date
from callwright.dialogue.spoken_numbers import find_digits, find_number, say_digits, say_figures
from callwright.dialogue.spoken_times import find_moment, find_time

PHONE_DIGITS = range(5, 16)  # ITU-T E.164 allows at most 15
MAX_TEXT = 200
MAX_NAME_WORDS = 4

_BEFORE_A_NAME = re.compile(
    r"^(?:(?:yes|yeah|sure|okay|ok|well|um|uh|hi|hello|so)\b[ ,.]*)*"
    r"(?:my (?:full |first |last )?name(?: is|'s)|the name(?: is|'s)|this is|it is|it's|i am|i'm|call me)?\b[ ,]*"
)
_AFTER_A_NAME = re.compile(r"[ ,.]*\b(?:speaking|here|please|thanks|thank you)$")
_NO_NAME = frozenset(
    ["yes", "no", "yeah", "nope", "not", "what", "who", "why", "sorry", "please", "don't", "know", "maybe"]
)


def take(what: ValueKind, text: str) -> Found | None:
    """Return the value of kind ``what`` in ``text`` as (kept, spoken), or ``None`` when there is none."""
    return _TAKERS[what](text)


def digits_value(digits: str) -> Found:
    """Return digits that were keyed in, as (kept, spoken)."""
    return digits, say_digits(digits)


def _number(text: str) -> Found | None:
    figures = find_number(text)
    return (figures, say_figures(figures)) if figures else None


def _phone(text: str) -> Found | None:
    digits = find_digits(text)
    return digits_value(digits) if len(digits) in PHONE_DIGITS else None


def _name(text: str) -> Found | None:
    bare = _BEFORE_A_NAME.sub("", text.lower().strip(" .,!?"))
    words = re.findall(r"[^\W\d_](?:[^\W\d_]|['-])*", _AFTER_A_NAME.sub("", bare))
    if not 1 <= len(words) <= MAX_NAME_WORDS or _NO_NAME.intersection(words):
        return None
    name = re.sub(r"(?:^|[ '-])\w", lambda start: start[0].upper(), " ".join(words))
    return name, name


def _text(text: str) -> Found | None:
    said = " ".join(re.sub(r"[{}]", " ", text).split())[:MAX_TEXT].strip()
    return (said, said) if said else None


_TAKERS: dict[ValueKind, Callable[[str], Found | None]] = {
    "number": _number,
    "phone": _phone,
    "date": find_date,
    "time": find_time,
    "moment": find_moment,
    "name": _name,
    "text": _text,
}
