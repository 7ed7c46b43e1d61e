"""English, as the engine asks for it."""

import re

from callwright.dialogue.spoken.en.answers import agrees, is_plain
from callwright.dialogue.spoken.en.days import find_date
from callwright.dialogue.spoken.en.everyday import EVERYDAY
from callwright.dialogue.spoken.en.names import find_name
from callwright.dialogue.spoken.en.numbers import find_digits, find_number, say_digits, say_figures
from callwright.dialogue.spoken.en.times import find_moment, find_time, join
from callwright.dialogue.spoken.language import Found, Spoken
from callwright.dialogue.spoken.phones import PHONE_DIGITS
from callwright.dialogue.spoken.text import find_text

_CORRECTION = re.compile(
    r"[,.;!]?\s*\b(?:no,? wait|no no|(?:oh |uh |um )?no|wait|i mean|i meant|make (?:it|that)|rather|actually|"
    r"scratch that|let's say)\b(?:,|\.| )\s*",
    re.IGNORECASE,
)


def _number(text: str) -> Found | None:
    figures = find_number(text)
    return (figures, say_figures(figures)) if figures else None


def _phone(text: str) -> Found | None:
    digits = find_digits(text)
    return (digits, say_digits(digits)) if len(digits) in PHONE_DIGITS else None


ENGLISH = Spoken(
    takers={
        "number": _number,
        "phone": _phone,
        "date": find_date,
        "time": find_time,
        "moment": find_moment,
        "name": find_name,
        "text": find_text,
    },
    agrees=agrees,
    plain=is_plain,
    say_digits=say_digits,
    join=join,
    correction=_CORRECTION,
    silence="Are you still there?",
    not_understood="Sorry, I didn't catch that.",
    length=lambda text: len(text.split()),
    longest=40,
    too_long="long-prompt",
    unspeakable=re.compile(r"[<>\[\]_|\\^~#*$€£¥%@=+]"),
    disclosures={
        "ai": re.compile(
            r"\b(?:a\.?i\.?|artificial intelligence|robot|computer|automated (?:call|voice|assistant|caller)|"
            r"(?:virtual|digital|automatic) (?:assistant|agent))\b",
            re.IGNORECASE,
        ),
        "recording": re.compile(r"\brecord(?:ed|ing|s)?\b", re.IGNORECASE),
        "way_out": re.compile(
            r"\b(?:say stop|opt out|press \w+ to (?:stop|be removed|opt out)|take you off|off our list|"
            r"(?:not|don't|never) (?:want (?:us )?to )?(?:be )?call(?:ed)?(?: you)? again)\b",
            re.IGNORECASE,
        ),
    },
    everyday=EVERYDAY,
)
