"""Days as people name them in Chinese and as recognisers write them.

As in English a day is kept as it was named (周三, 明天, 10月2号): which date that is depends on when the call was.
"""

import re

from callwright.dialogue.spoken.language import Found
from callwright.dialogue.spoken.zh.numbers import plain, say_number, worth_of

_NUMERAL = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_NEAR = "大后天|后天|明天|今天"
_WEEK = r"(?P<which>下下个?|下个?|这个?|本)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末]|[1-7](?!\d))"
_SHORT = {
    "明早": "明天早上",
    "明晚": "明天晚上",
    "今早": "今天早上",
    "今晚": "今天晚上",
    "明儿": "明天",
    "后儿": "后天",
}
_WEEKDAYS = "一二三四五六日"
_IN_MONTH = rf"(?P<month>(?:{_NUMERAL})月份?|下个?月|这个?月|本月)?的?(?P<day>{_NUMERAL})[号日](?![线楼门院码店])"
_MONTH_ONLY = re.compile(rf"(?P<month>(?:{_NUMERAL})月|下个?月|这个?月|本月)(?P<day>{_NUMERAL})(?![\d点个:])")
_NAMED = re.compile(rf"{_WEEK}|(?P<near>{_NEAR})|(?P<week>下下周|下周|下个?星期|下个?礼拜)")
_DATE = re.compile(_IN_MONTH)
_ANY = rf"(?:{_NEAR}|(?:下下个?|下个?|这个?|本)?(?:周|星期|礼拜)[一二三四五六日天末]|(?:{_NUMERAL})[号日])"
_REFUSED = re.compile(
    rf"(?:不是|不要|除了|别|不能)[在是]?{_ANY}|"
    rf"{_ANY}(?:[上下中]午|晚上)?(?:我|可能|都|也)*(?:不行|不可以|没空|没有?时间|不方便|来不了|去不了|不太行|不在)"
)


def find_date(text: str) -> Found | None:
    """Return the day named in ``text``: how it is kept and how it is said."""
    text = _REFUSED.sub(" ", in_full(text))
    date = _DATE.search(text) or _MONTH_ONLY.search(text)
    if date and 1 <= _count(date["day"]) <= 31:
        return _dated(date["month"] or "", _count(date["day"]))
    named = _NAMED.search(text)
    if named is None:
        return None
    if named["weekday"]:
        day = _week(named["which"] or "") + _weekday(named["weekday"])
    else:
        day = named["near"] or ("下下周" if named["week"].startswith("下下") else "下周")
    return day, day


def without_dates(text: str) -> str:
    """Return ``text`` without the dates in it, so that their numbers are not taken for hours."""
    return _MONTH_ONLY.sub(" ", _DATE.sub(" ", _NAMED.sub(" ", in_full(text))))


def in_full(text: str) -> str:
    """Return ``text`` with days said short (明早) said in full."""
    text = plain(text)
    for short, full in _SHORT.items():
        text = text.replace(short, full)
    return text


def _week(which: str) -> str:
    return {"下下": "下下周", "下": "下周", "这": "这周", "本": "这周"}.get(which.removesuffix("个"), "周")


def _weekday(said: str) -> str:
    if said.isdigit():
        return _WEEKDAYS[int(said) - 1]
    return "日" if said == "天" else said


def _dated(month: str, day: int) -> Found:
    if not month:
        return f"{day}号", f"{say_number(day)}号"
    number = month.removesuffix("份").removesuffix("月")
    if number in ("下", "下个"):
        return f"下个月{day}号", f"下个月{say_number(day)}号"
    if number in ("这", "这个", "本"):
        return f"这个月{day}号", f"这个月{say_number(day)}号"
    return f"{_count(number)}月{day}号", f"{say_number(_count(number))}月{say_number(day)}号"


def _count(said: str) -> int:
    return int(said) if said.isdigit() else worth_of(said)
