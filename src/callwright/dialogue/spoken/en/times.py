"""Times of day as people say them in English and as recognisers write them.

A time is kept as ``HH:MM``, or as the part of the day that was named.
"""

import re

from callwright.dialogue.spoken.en.days import WEEKDAY, find_date, without_dates
from callwright.dialogue.spoken.en.numbers import SMALL, TENS, say_number
from callwright.dialogue.spoken.language import Found

_HOUR = "|".join(sorted(list(SMALL)[1:13], key=len, reverse=True))
_MINUTES = (
    r"(?:oh|o) \w+|(?:twenty|thirty|forty|fifty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"\w+teen|ten|eleven|twelve"
)
_PART = re.compile(r"\b(morning|afternoon|evening|lunchtime)\b")
_NOON = re.compile(r"\b(?:noon|midday)\b")
_PAST = re.compile(
    rf"\b(?P<minutes>half|(?:a )?quarter|five|ten|twenty(?:[ -]five)?|\d{{1,2}})(?: minutes)? "
    rf"(?P<way>past|after|to|before) (?P<hour>{_HOUR}|\d{{1,2}})\b"
)
_CLOCK = re.compile(
    rf"(?P<before>\b(?:at|around|about|by|after|say|half) )?\b(?P<hour>\d{{1,2}}|{_HOUR})"
    rf"(?:[:. ](?P<minutes>\d{{2}}|{_MINUTES}))?\b(?P<after> ?o'?clock| ?[ap]\.? ?m\b)?(?P<rest>.*)"
)
_HALF_OF_DAY = re.compile(rf"(?:\d|\b(?:{_HOUR}|{_MINUTES}|o'?clock)) ?([ap])\.? ?m\b")
# What may follow a bare "two" that is an hour; "two children" is none.
_NOT_COUNTED = re.compile(
    rf"\s*(?:$|[.,!?]|(?:would|will|is|works|please|in the|on|or|if|and|sounds|suits|maybe|tomorrow|today|"
    rf"then|good|fine|{WEEKDAY})\b)"
)
_SOON = re.compile(
    rf"\bin (?:about )?(?:an?|half an|a few|a couple of|\d{{1,2}}|{_HOUR}|fifteen|twenty|thirty|forty[ -]five) "
    r"(?:minutes?|hours?|days?|weeks?|months?)\b"
)


def find_time(text: str) -> Found | None:
    """Return the time of day in ``text``: ``14:30`` and "two thirty in the afternoon"; or a part of the day."""
    text = text.lower()
    part = _PART.search(text)
    if _NOON.search(text):
        return "12:00", "noon"
    past = _PAST.search(text)
    clock = _past(past) if past else _on_the_clock(text)
    if clock:
        return _timed(*clock, half=_half(text, part[1] if part else ""))
    if part is None:
        return None
    return part[1], "at lunchtime" if part[1] == "lunchtime" else f"in the {part[1]}"


def find_moment(text: str) -> Found | None:
    """Return the day, the time, or both, named in ``text``; or how soon ("in ten minutes")."""
    soon = _SOON.search(text.lower())
    if soon:
        return soon[0], soon[0]
    day = find_date(text)
    time = find_time(without_dates(text))
    if day is None:
        return (time[0], f"at {time[1]}") if time and _is_clock(time) else time
    if time is None:
        return day
    return join(day, time)


def join(day: Found, time: Found) -> Found:
    """Return the time on the day."""
    if _is_clock(time):
        return f"{day[0]} {time[0]}", f"{day[1]} at {time[1]}"
    if day[0] == "today":
        return f"today {time[0]}", f"this {time[0]}"
    return f"{day[0]} {time[0]}", f"{day[1]} {time[0]}"


def _is_clock(time: Found) -> bool:
    return ":" in time[0]


def _past(match: re.Match[str]) -> tuple[int, int] | None:
    said = match["minutes"]
    minutes = 30 if said == "half" else 15 if "quarter" in said else _count(said)
    hour = _count(match["hour"])
    if not (1 <= hour <= 23 and 0 < minutes < 60):
        return None
    return (hour, minutes) if match["way"] in ("past", "after") else ((hour - 1) or 12, 60 - minutes)


def _on_the_clock(text: str) -> tuple[int, int] | None:
    start = 0
    while match := _CLOCK.search(text, start):
        hour, minutes = _count(match["hour"]), _count(match["minutes"] or "")
        if match["before"] == "half " and not match["minutes"]:
            minutes = 30
        marked = match["before"] or match["after"] or match["minutes"]
        bare = match["hour"] != "one" and _NOT_COUNTED.match(match["rest"])
        if 1 <= hour <= 23 and minutes < 60 and (marked or bare):
            return hour, minutes
        start = match.start("rest")
    return None


def _count(said: str) -> int:
    """Return what ``said`` counts: 0 for nothing, at least 99 for what is no count."""
    if said.isdigit():
        return int(said)
    worth = SMALL | TENS | {"oh": 0, "o": 0}
    return sum(worth.get(word, 99) for word in re.split(r"[ -]", said) if word)


def _half(text: str, part: str) -> str:
    said = _HALF_OF_DAY.search(text)
    if said:
        return said[1]
    return {"morning": "a", "afternoon": "p", "evening": "p"}.get(part, "")


def _timed(hour: int, minutes: int, half: str) -> Found:
    """Say which half of the day was meant; where it wasn't said, one to seven are taken as the afternoon."""
    if (half == "p" or (not half and hour < 8)) and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    part = "in the morning" if hour < 12 else "in the afternoon" if hour < 18 else "in the evening"
    return f"{hour:02}:{minutes:02}", f"{say_number(hour % 12 or 12)} {_say_minutes(minutes)} {part}"


def _say_minutes(minutes: int) -> str:
    if minutes == 0:
        return "o'clock"
    return f"oh {say_number(minutes)}" if minutes < 10 else say_number(minutes)
