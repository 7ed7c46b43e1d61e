"""How much silence ends a turn, by what was asked and by what was understood so far.

A person who was asked whether, and said "yes", has finished; one who has said four digits of a telephone number, or
"and", has not. Nobody can tell more from sound alone, and half a second that is right for everyone does not exist.
"""

from dataclasses import dataclass
from typing import Literal

from callwright.turns.lexicon import (
    Lexicon,
    asks,
    begins_with,
    breaks_off,
    consists_of,
    digits,
    ends_with,
    is_one_part,
    normalised,
)

Expects = Literal["anything", "yes_or_no", "number", "phone", "date", "time", "moment", "name", "text"]
"""What a person is expected to say."""


@dataclass(frozen=True, slots=True)
class Patience:
    """The rule's settings: ms of silence.

    ``at_once`` follows a plain yes or no, no words at all, and what was surely meant (from ``sure`` on); ``open`` a
    name, free words, and a number that may have more digits; ``unfinished`` what can't be all; ``usual`` the rest.
    """

    at_once_ms: int = 260
    usual_ms: int = 480
    open_ms: int = 800
    unfinished_ms: int = 1200
    sure: float = 0.6


@dataclass(frozen=True, slots=True)
class Said:
    """What was understood of a turn so far, and how sure its likeliest intent is (0 to 1)."""

    text: str
    surest: float = 0.0


def patience(rule: Patience, words: Lexicon, expects: Expects, said: Said) -> int:
    """Return for how many ms of silence to wait."""
    text = normalised(words, said.text)
    if not text:
        return rule.at_once_ms
    if _is_unfinished(words, expects, said.text, text):
        return rule.unfinished_ms
    if expects in ("anything", "yes_or_no"):
        return rule.at_once_ms if _is_plain(words, text) or said.surest >= rule.sure else rule.usual_ms
    if expects in ("name", "text") or (expects in ("number", "phone") and _ends_in_digit(words, text)):
        return rule.open_ms
    return rule.usual_ms


def _is_plain(words: Lexicon, text: str) -> bool:
    return any(consists_of(words, text, kind, words.polite) for kind in (words.agreeing, words.refusing))


def _is_unfinished(words: Lexicon, expects: Expects, written: str, text: str) -> bool:
    if consists_of(words, text, words.agreeing, words.refusing, words.polite):
        return breaks_off(written) and expects != "yes_or_no"
    if expects == "phone" and 1 < digits(words, text) < words.phone_digits:
        return True
    if breaks_off(written) or consists_of(words, text, words.hesitating):
        return True
    if begins_with(words, text, words.opening) and is_one_part(written):
        return True
    leads_on = any(ends_with(words, text, kind) for kind in (words.leading_on, words.hesitating))
    return leads_on and not asks(written)


def _ends_in_digit(words: Lexicon, text: str) -> bool:
    return ends_with(words, text, words.digit)
