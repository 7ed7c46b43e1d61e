"""Times of day as people say them in Chinese and as recognisers write them.

A time is kept as ``HH:MM``, or as the part of the day that was named.
"""

import re

from callwright.dialogue.spoken.language import Found
from callwright.dialogue.spoken.zh.days import find_date, without_dates
from callwright.dialogue.spoken.zh.numbers import plain, say_number, worth_of

_PARTS = {
    "凌晨": "凌晨", "半夜": "凌晨", "清晨": "早上", "早上": "早上", "早晨": "早上", "一早": "早上", "上午": "上午",
    "中午": "中午", "下午": "下午", "午后": "下午", "傍晚": "傍晚", "晚上": "晚上", "夜里": "晚上", "晚间": "晚上",
}  # fmt: skip
_PART = re.compile("|".join(_PARTS))
_HOUR = r"[一二两三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九]|\d{1,2}"
_MINUTES = r"[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九]|\d{1,2}|五"
_LESS = re.compile(
    rf"差(?P<minutes>{_MINUTES}|一刻)分?钟?(?P<hour>{_HOUR})点|(?P<hour2>{_HOUR})点差(?P<minutes2>{_MINUTES}|一刻)分?"
)
_CLOCK = re.compile(
    rf"(?<![\d:早晚快慢宜多少大小好有])(?P<hour>{_HOUR})(?:点钟?|时(?!间|候)|:(?=\d))(?:过)?"
    rf"(?P<minutes>半|[一三]刻|整|(?:{_MINUTES})(?![个天周位十百]))?"
)
_A_BIT = re.compile(r"(?:早|晚|快|慢|便宜|多|少|大|小|好|有)一点儿?")
_SOON = re.compile(
    r"(?:再?过|等|大概|大约)*(?P<span>(?:半|[一二两三四五六七八九十几]{1,3}|\d{1,3})个?半?(?:分钟|小时|钟头|天|周|星期|礼拜|月))"
    r"(?P<after>[以之]?后|吧|再)|(?P<while>[再等]?过?一会儿?|待会儿?|等会儿?|等下|过[两几]天)"
)


def find_time(text: str) -> Found | None:
    """Return the time of day in ``text``: ``14:30`` and 下午两点半; or a part of the day."""
    text = _A_BIT.sub(" ", plain(text))
    part = _PART.search(text)
    named = _PARTS[part[0]] if part else ""
    clock = _less(text) or _on_the_clock(text)
    if clock:
        return _timed(*clock, named)
    return (named, named) if named else None


def find_moment(text: str) -> Found | None:
    """Return the day, the time, or both, named in ``text``; or how soon (十分钟后)."""
    soon = _SOON.search(plain(text))
    if soon:
        said = f"{soon['span']}后" if soon["span"] else soon["while"]
        return said, said
    day, time = find_date(text), find_time(without_dates(text))
    return join(day, time) if day and time else day or time


def join(day: Found, time: Found) -> Found:
    """Return the time on the day."""
    gap = " " if ":" in time[0] else ""
    return f"{day[0]}{gap}{time[0]}", f"{day[1]}{time[1]}"


def _less(text: str) -> tuple[int, int] | None:
    found = _LESS.search(text)
    if found is None:
        return None
    hour = _count(found["hour"] or found["hour2"])
    minutes = _minutes(found["minutes"] or found["minutes2"])
    return ((hour - 1) or 12, 60 - minutes) if 1 <= hour <= 24 and 0 < minutes < 60 else None


def _on_the_clock(text: str) -> tuple[int, int] | None:
    for found in _CLOCK.finditer(text):
        hour, minutes = _count(found["hour"]), _minutes(found["minutes"] or "")
        if hour <= 24 and minutes < 60:
            return hour, minutes
    return None


def _minutes(said: str) -> int:
    worth = {"": 0, "整": 0, "半": 30, "一刻": 15, "三刻": 45}
    return worth[said] if said in worth else _count(said.removeprefix("零") or "0")


def _count(said: str) -> int:
    return int(said) if said.isdigit() else worth_of(said)


def _timed(hour: int, minutes: int, part: str) -> Found:
    """Say which half of the day was meant; where it wasn't said, one to seven are taken as the afternoon."""
    hour %= 24
    late = part in ("下午", "傍晚", "晚上") or (part == "中午" and hour < 11) or (not part and 0 < hour < 8)
    if late and hour < 12:
        hour += 12
    elif hour == 12 and part in ("晚上", "凌晨", "早上"):
        hour = 0
    return f"{hour:02}:{minutes:02}", f"{_part_of(hour)}{_say_hour(hour)}点{_say_minutes(minutes)}"


def _part_of(hour: int) -> str:
    bounds = ((6, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (18, "下午"))
    return next((part for end, part in bounds if hour < end), "晚上")


def _say_hour(hour: int) -> str:
    twelve = hour % 12 if hour % 12 or hour == 0 else 12
    return "两" if twelve == 2 else say_number(twelve)


def _say_minutes(minutes: int) -> str:
    if minutes in (0, 30):
        return "半" if minutes else ""
    return f"{'零' if minutes < 10 else ''}{say_number(minutes)}分"
