"""Days as people name them in English and as recognisers write them.

A day is kept as it was named ("Tuesday", "tomorrow", "3 June"): which date that is depends on when the call was,
which an engine without a clock doesn't know.
"""

import re

from callwright.dialogue.spoken.en.numbers import TENS, say_number
from callwright.dialogue.spoken.language import Found

WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"

# fmt: off
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
             "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
             "eighteenth", "nineteenth", "twentieth")
# fmt: on
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?".lower() if month != "May" else "may" for month in _MONTHS)
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|(?:twenty|thirty)[ -](?:{_ORDINAL})|thirtieth|{_ORDINAL})"
_REFUSED = re.compile(
    rf"\b(?:not|can ?not|can't|won't|except|anything but)\b(?: \w+){{0,3}}? (?:{WEEKDAY}|tomorrow|today)s?\b"
)
_NAMED = re.compile(
    rf"\b(?:(?P<which>next|this) )?(?P<weekday>{WEEKDAY})s?\b|"
    r"\b(?P<near>day after tomorrow|tomorrow|today|next week)\b"
)
_DATES = (
    re.compile(rf"\b(?P<month>{_MONTH})\.?,? (?:the )?{_DAY}\b"),
    re.compile(rf"\b{_DAY}(?: of)? (?P<month>{_MONTH})\b"),
    re.compile(rf"\bthe {_DAY}\b(?! (?:one|thing|time|half|day)\b)"),
)


def find_date(text: str) -> Found | None:
    """Return the day named in ``text``: how it is kept and how it is said."""
    text = _REFUSED.sub(" ", text.lower())
    for pattern in _DATES:
        match = pattern.search(text)
        day = _day_number(match["day"]) if match else 0
        if match and 1 <= day <= 31:
            return _dated(day, match.groupdict().get("month"))
    named = _NAMED.search(text)
    if named is None:
        return None
    if named["near"]:
        near = f"the {named['near']}" if named["near"].startswith("day") else named["near"]
        return near, near
    weekday = named["weekday"].capitalize()
    weekday = f"next {weekday}" if named["which"] == "next" else weekday
    return weekday, weekday


def without_dates(text: str) -> str:
    """Return ``text`` in small letters without the dates in it, so that their numbers are not taken for hours."""
    text = text.lower()
    for pattern in _DATES:
        text = pattern.sub(" ", text)
    return text


def _day_number(said: str) -> int:
    figures = re.match(r"\d+", said)
    if figures:
        return int(figures[0])
    *tens, last = re.split(r"[ -]", said)
    if last == "thirtieth":
        return 30
    return (TENS[tens[0]] if tens else 0) + _ORDINALS.index(last) + 1


def _dated(day: int, month: str | None) -> Found:
    said = _say_ordinal(day)
    if month is None:
        return f"the {day}{_suffix(day)}", f"the {said}"
    name = next(name for name in _MONTHS if name.lower().startswith(month[:3]))
    return f"{day} {name}", f"{name} {said}"


def _say_ordinal(day: int) -> str:
    if day <= 20:
        return _ORDINALS[day - 1]
    if day == 30:
        return "thirtieth"
    return f"{say_number(day // 10 * 10)} {_ORDINALS[day % 10 - 1]}"


def _suffix(day: int) -> str:
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
