"""Figures in what is said: numbers, days and months, brought to one form so that "twenty-five" is "25"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from callwright.dialogue.model.letters import plain

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
_UNITS = {word: value for value, word in enumerate((_ONES + "seventeen eighteen nineteen").split())}
_TENS = {
    word: value * 10
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        [
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
        ],
        3,
    )
} | {"thirtieth": 30}
_GREAT = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
DAYS_AND_MONTHS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
"""Without May, which is as often a verb."""

_NAMED = DAYS_AND_MONTHS | {
    "tomorrow",
    "tonight",
    "yesterday",
    "noon",
    "midnight",
    "half",
    "quarter",
    "dozen",
    "percent",
    "twice",
    "double",
    "weekend",
    "fortnight",
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "annually",
}
# "One moment", "一下": no figure unless something is counted.
_ONE = re.compile(
    r"(?<!ty[ -])\bone\b(?! (?:hundred|thousand|million|point|dollar|euro|pound|cent|percent|o'clock|year|month))"
    r"(?! (?:week|day|hour|minute))|"
    r"(?<![零〇一二两三四五六七八九十百千万亿])一(?![零〇一二两三四五六七八九十百千万亿点元块折年月日号天小分周成半])"
)
_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+")

_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}\b)")
_AFTER = re.compile(r"\s*(%|[a-z]+|[\u4e00-\u9fff]{1,2})")
_CLOCK, _HOURS = "oclock", 24
_BEFORE_HOURS = frozenset(["at", "from", "to", "until", "till"])
"""What stands before these counts hours, where nothing else is named: "from nine to five" is no price."""
_COINS = tuple("$€£¥")
_UNITS_OF: dict[str, tuple[str, ...]] = {
    "money": ("dollar", "dollars", "euro", "euros", "pound", "pounds", "bucks", "cent", "cents", "元", "块", "圆"),
    "percent": ("percent", "%", "成"),
    "off": ("折",),
    "minute": ("minute", "minutes", "分钟"),
    "hour": ("hour", "hours", "小时", "钟头", "个小", "个钟"),
    "day": ("day", "days", "天"),
    "week": ("week", "weeks", "周", "个星", "星期"),
    "month": ("month", "months", "个月"),
    "year": ("year", "years", "年"),
    "o'clock": ("点", _CLOCK),
    "people": ("people", "位", "名", "人"),
    "shop": ("家",),
}
_NO_PLURAL = frozenset(["always", "perhaps", "unless", "besides", "across", "hours", "minutes", "versus", "sales"])

_ZH_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "幺": 1}
_ZH_POWERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_ZH_RUN = re.compile(r"[零〇一二两三四五六七八九十百千万亿幺]+|[0-9]+(?:\.[0-9]+)?")
_ZH_NAMED = re.compile(
    r"明天|后天|昨天|大后天|今晚|明晚|明早|明年|下周|下个?月|月底|年底|周[一二三四五六日天末]|星期[一二三四五六日天]|礼拜[一二三四五六日天]|中午|半夜|凌晨|半价|一半|百分之|半(?:天|年|个?小时|个?月|折)|几(?:十|百|千|万)|上百元|上千元"
)


def figures_in(text: str) -> frozenset[str]:
    """Return the figures of ``text``, English or Chinese, each in its plain form."""
    return frozenset(figure for figure, _ in measures_in(text))


def measures_in(text: str) -> frozenset[tuple[str, str]]:
    """Return the figures of ``text``, each with what it counts: "hour", "mechanic"; "" where that is open."""
    lowered = _ONE.sub(" ", _THOUSANDS.sub("", plain(text).lower()))
    found = {(figure, _counted(word)) for figure, word in _english(_WORD.findall(lowered))}
    found |= {(named, "") for named in _ZH_NAMED.findall(lowered)}
    unnamed = _ZH_NAMED.sub(" ", lowered)
    for run in _ZH_RUN.finditer(unnamed):
        before, after = unnamed[: run.start()][-1:], _AFTER.match(unnamed, run.end())
        unit = "money" if before in _COINS else _counted(after[1]) if after else ""
        found.add((_chinese(run[0]), unit))
    return frozenset(found)


def _counted(word: str) -> str:
    """Return what ``word``, behind a figure, says that it counts."""
    for unit, words in _UNITS_OF.items():
        if word in words or (not word.isascii() and word.startswith(words)):
            return unit
    plural = word.isascii() and len(word) > 4 and word.endswith("s") and word not in _NO_PLURAL
    return word[:-1] if plural else ""


def _english(words: list[str]) -> Iterator[tuple[str, str]]:
    total, part, counting, clock = 0, 0, False, False
    for before, word in pairwise(("", *words, "")):
        value = _UNITS.get(word, _TENS.get(word, _ORDINALS.get(word)))
        if word in _GREAT and (counting or word != "hundred"):
            total, part = _multiplied(total, max(part, 1), _GREAT[word])
            counting = True
        elif value is not None and counting and _joins(total, part, value):
            part += value
        elif word != "and" or not counting:
            if counting:
                on_the_clock = clock and total + part <= _HOURS and not _counted(word)
                yield str(total + part), _CLOCK if on_the_clock else word
            total, part, counting = 0, value or 0, value is not None
            clock = before in _BEFORE_HOURS
            if word in _NAMED:
                yield word, ""


def _multiplied(total: int, part: int, great: int) -> tuple[int, int]:
    return (total, part * great) if great == _GREAT["hundred"] else (total + part * great, 0)


def _joins(total: int, part: int, value: int) -> bool:
    if part == 0:
        return total > 0
    if part % 100 == 0:
        return True
    return part % 10 == 0 and part % 100 >= 20 and value < 10


def _chinese(run: str) -> str:
    if run[0].isdigit():
        return run
    if not any(sign in _ZH_POWERS for sign in run):
        return "".join(str(_ZH_DIGITS[sign]) for sign in run)
    total, section, digit = 0, 0, 0
    for sign in run:
        if sign in _ZH_DIGITS:
            digit = _ZH_DIGITS[sign]
        elif _ZH_POWERS[sign] < 10_000:
            section, digit = section + (digit or 1) * _ZH_POWERS[sign], 0
        else:
            total, section, digit = (total + section + digit) * _ZH_POWERS[sign], 0, 0
    return str(total + section + digit)
