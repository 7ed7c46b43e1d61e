"""Numbers and digits as people say them in Chinese and as recognisers write them."""

import re
import unicodedata

DIGITS = {"零": 0, "〇": 0, "一": 1, "幺": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
          "八": 8, "九": 9}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}
_SAID = "零一二三四五六七八九"
_DIGIT = "".join(DIGITS)
_GREATEST_SAID = 99_999_999
# What has a numeral in it and counts nothing.
_IDLE = re.compile(
    rf"[等试看问说想]一[下等看问说想]|一下|一[样起定般直些旦向切共]|一会儿?|(?<![{_DIGIT}十百千])万一|统一|唯一|"
    rf"千万[别不要]|十分(?![之钟])|"
    rf"一点儿?(?![{_DIGIT}])|一个(?=[号电问时月星礼小])|[不没]一|星期[一二三四五六]|周[一二三四五六]"
)
_REPEATED = re.compile(rf"([{_DIGIT}\d])个([{_DIGIT}\d])")
_FIGURES = re.compile(r"(\d+(?:\.\d+)?)([百千万亿]?)")
_WORDS = re.compile(rf"([{_DIGIT}十百千万亿]+)(?:点([{_DIGIT}]+))?")
_NUMBER = re.compile(f"{_FIGURES.pattern}|{_WORDS.pattern}")


def plain(text: str) -> str:
    """Return ``text`` with the signs of full width as narrow ones, and without marks between thousands."""
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", unicodedata.normalize("NFKC", text))


def find_number(text: str) -> str | None:
    """Return the first number in ``text`` in figures (两千零五 is "2005"), or ``None``."""
    found = _NUMBER.search(_IDLE.sub(" ", plain(text)))
    if found is None:
        return None
    figures, multiple, words, fraction = found.groups()
    if figures:
        worth = (_UNITS | _GREAT).get(multiple)
        return f"{float(figures) * worth:.0f}" if worth else figures
    whole = str(worth_of(words))
    return f"{whole}.{_as_figures(fraction)}" if fraction else whole


def find_digits(text: str) -> str:
    """Return every digit said in ``text``, in order; 三个八 are three of them."""
    bare = _IDLE.sub(" ", plain(text))
    bare = _REPEATED.sub(lambda many: many[2] * int(_as_figures(many[1])), bare)
    return _as_figures("".join(re.findall(rf"[{_DIGIT}\d]", bare)))


def worth_of(words: str) -> int:
    """Return what a numeral is worth: with units (一百二十三, 三万五), or digit by digit (一二三)."""
    if not set(words) & {*_UNITS, *_GREAT}:
        return int(_as_figures(words))
    total = part = digit = 0
    unit = last = 1
    for sign in words:
        if sign in DIGITS:
            digit, last = DIGITS[sign], (1 if DIGITS[sign] == 0 else unit)
        elif sign in _UNITS:
            unit = _UNITS[sign]
            part, digit = part + (digit or 1) * unit, 0
        else:
            unit = _GREAT[sign]
            below = part + digit
            total = (total + below) * unit if unit > 10_000 else total + below * unit
            part = digit = 0
    return total + part + digit * _left_out(words, last)


def _left_out(words: str, unit: int) -> int:
    """Return the unit that is left unsaid behind the last digit: 一百二 is a hundred and twenty, 一百零二 isn't."""
    closed = len(words) < 2 or words[-2] not in (*_UNITS, *_GREAT) or words[-2] == "十"
    return 1 if closed else unit // 10


def say_number(number: int) -> str:
    """Return ``number`` (0 to 99,999,999) in words."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return f"{_with_two(say_number(number // 10_000))}万{gap}{_inner(rest) if rest else ''}"
    return _inner(number) if number >= 20 or number < 10 else f"十{_SAID[number % 10] if number % 10 else ''}"


def say_figures(figures: str) -> str:
    """Return a number in figures as it is said; one too great for words is said digit by digit."""
    whole, _, fraction = figures.partition(".")
    said = say_number(int(whole)) if int(whole) <= _GREATEST_SAID else "".join(_SAID[int(sign)] for sign in whole)
    return f"{said}点{''.join(_SAID[int(sign)] for sign in fraction)}" if fraction else said


def say_digits(digits: str) -> str:
    """Return ``digits`` one by one as telephone numbers are said: in fours, a mobile number as 3-4-4."""
    first = 3 if len(digits) == 11 else 4
    groups = [digits[:first], *(digits[start : start + 4] for start in range(first, len(digits), 4))]
    return "，".join("".join(_SAID[int(sign)] for sign in group).replace("一", "幺") for group in groups if group)


def _inner(number: int) -> str:
    """Return a number under ten thousand, ten as 一十 inside of a greater one."""
    if number == 0:
        return "零"
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit == 0:
            gap = bool(said)
            continue
        word = "两" if digit == 2 and unit >= 100 else _SAID[digit]
        said, gap = f"{said}{'零' if gap else ''}{word}{name}", False
    return said


def _with_two(said: str) -> str:
    return "两" if said == "二" else said


def _as_figures(words: str) -> str:
    return "".join(str(DIGITS.get(sign, sign)) for sign in words)
