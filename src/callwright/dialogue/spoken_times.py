"""Days and times of day as people say them in English and as recognisers write them.

A day is kept as it was named ("Tuesday", "tomorrow", "3 June"): which date that is depends on when the call was,
which an engine without a clock doesn't know. A time is kept as ``HH:MM``, or as the part of the day that was named.
"""

import re

from callwright.dialogue.spoken_numbers import SMALL, TENS, say_number

Found = tuple[str, str]

_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_WEEKDAY = "|".join(day.lower() for day in _WEEKDAYS)
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?".lower() if month != "May" else "may" for month in _MONTHS)
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|(?:twenty|thirty)[ -](?:{_ORDINAL})|thirtieth|{_ORDINAL})"
_HOUR_WORDS = "|".join(sorted(list(SMALL)[1:13], key=len, reverse=True))
_MINUTE_WORDS = (
    r"(?:oh|o) \w+|(?:twenty|thirty|forty|fifty)(?: (?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"\w+teen|ten|eleven|twelve"
)

_REFUSED_DAY = re.compile(
    rf"\b(?:not|can ?not|can't|won't|except|anything but)\b(?: \w+){{0,3}}? (?:{_WEEKDAY}|tomorrow|today)s?\b"
)
_NAMED_DAY = re.compile(
    rf"\b(?:(?P<which>next|this) )?(?P<weekday>{_WEEKDAY})s?\b|"
    r"\b(?P<near>day after tomorrow|tomorrow|today|next week)\b"
)
_DATES = (
    re.compile(rf"\b(?P<month>{_MONTH})\.?,? (?:the )?{_DAY}\b"),
    re.compile(rf"\b{_DAY}(?: of)? (?P<month>{_MONTH})\b"),
    re.compile(rf"\bthe {_DAY}\b(?! one\b)"),
)
_PART = re.compile(r"\b(morning|afternoon|evening|lunchtime)\b")
_NOON = re.compile(r"\b(?:noon|midday)\b")
_PAST = re.compile(
    rf"\b(?P<minutes>half|(?:a )?quarter|five|ten|twenty(?: five)?|\d{{1,2}})(?: minutes)? "
    rf"(?P<way>past|after|to|before) "
    rf"(?P<hour>{_HOUR_WORDS}|\d{{1,2}})\b"
)
_CLOCK = re.compile(
    rf"(?P<before>\b(?:at|around|about|by|after|say) )?\b(?P<hour>\d{{1,2}}|{_HOUR_WORDS})"
    rf"(?:[:. ](?P<minutes>\d{{2}}|{_MINUTE_WORDS}))?\b(?P<after> ?o'?clock| ?[ap]\.?m\b)?"
)


def find_date(text: str) -> Found | None:
    """Return the day named in ``text``: how it is kept and how it is said."""
    text = _REFUSED_DAY.sub(" ", text.lower())
    for pattern in _DATES:
        match = pattern.search(text)
        day = _day_number(match["day"]) if match else 0
        if match and 1 <= day <= 31:
            return _dated(day, match.groupdict().get("month"))
    match = _NAMED_DAY.search(text)
    if match is None:
        return None
    if match["near"]:
        near = "the " * match["near"].startswith("day") + match["near"]
        return near, near
    named = match["weekday"].capitalize()
    named = f"next {named}" if match["which"] == "next" else named
    return named, named


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
    return (part[1], f"in the {part[1]}".replace("in the lunchtime", "at lunchtime")) if part else None


def find_moment(text: str) -> Found | None:
    """Return the day, the time, or both, named in ``text``."""
    day = find_date(text)
    time = find_time(_without_dates(text) if day else text)
    if day is None or time is None:
        return day or time
    if ":" in time[0] or time[0] == "noon":
        return f"{day[0]} {time[0]}", f"{day[1]} at {time[1]}"
    return f"{day[0]} {time[0]}", f"{day[1]} {time[0]}".replace("today evening", "this evening")


def _without_dates(text: str) -> str:
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


def _past(match: re.Match[str]) -> tuple[int, int] | None:
    minutes = (
        30 if match["minutes"] == "half" else 15 if "quarter" in match["minutes"] else _count(match["minutes"])
    )
    hour = _count(match["hour"])
    if not (1 <= hour <= 24 and minutes < 60):
        return None
    return (hour, minutes) if match["way"] in ("past", "after") else ((hour - 1) or 12, 60 - minutes)


def _on_the_clock(text: str) -> tuple[int, int] | None:
    for match in _CLOCK.finditer(text):
        hour, minutes = _count(match["hour"]), _count(match["minutes"] or "")
        pronoun = match["hour"] == "one" and not (match["before"] or match["after"] or match["minutes"])
        if 1 <= hour <= 23 and minutes < 60 and not pronoun:
            return hour, minutes
    return None


def _count(said: str) -> int:
    """Return what ``said`` counts, 0 for nothing and 99 for what is no count."""
    if said.isdigit():
        return int(said)
    total = 0
    for word in said.split():
        total += TENS.get(word, SMALL.get(word, 0 if word in ("oh", "o") else 99))
    return total


def _half(text: str, part: str) -> str:
    said = re.search(r"\b(?:\d{1,2}|\w+) ?([ap])\.?m\b", text)
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
