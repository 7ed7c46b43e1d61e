"""Numbers and digits as people say them in English and as recognisers write them."""

import re
from itertools import pairwise

_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

SMALL = {word: value for value, word in enumerate((*_UNITS, *_TEENS))}
TENS = {word: value * 10 for value, word in enumerate(_TENS, 2)}
_DIGIT_WORDS = {word: str(value) for value, word in enumerate(_UNITS)} | {"oh": "0", "o": "0", "nought": "0"}
_REPEATS = {"double": 2, "triple": 3}
_MULTIPLES = {"hundred": 100, "thousand": 1000}
_WORD = re.compile(r"\d+(?:\.\d+)?|[a-z]+")
_GREATEST_SAID = 999_999


def words_of(text: str) -> list[str]:
    """Return the words and plain numbers of ``text``, in small letters, without punctuation."""
    joined = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text.lower().replace("'", ""))
    return _WORD.findall(joined)


def find_number(text: str) -> str | None:
    """Return the first number in ``text`` in figures ("a hundred and twenty" is "120"), or ``None``."""
    words = words_of(text)
    for start, word in enumerate(words):
        if re.fullmatch(r"\d+(?:\.\d+)?", word):
            return _scaled_figures(word, words[start + 1 : start + 2])
        begins = word in SMALL or word in TENS or (word == "a" and words[start + 1 : start + 2] == ["hundred"])
        if begins:
            return _number_from(words[start:])
    return None


def find_digits(text: str) -> str:
    """Return every digit said in ``text``, in order: "double five", "oh" and "twenty one" included."""
    digits, times = "", 1
    words = words_of(text.replace(".", " "))
    for word, following in pairwise([*words, ""]):
        if word in _REPEATS:
            times = _REPEATS[word]
            continue
        figures = _figures(word, following)
        digits += figures * times
        times = 1
    return digits


def say_digits(digits: str) -> str:
    """Return ``digits`` one by one in words, in groups of three so that they can be written down."""
    groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    return ", ".join(" ".join(_UNITS[int(digit)] for digit in group) for group in groups)


def say_number(number: int) -> str:
    """Return ``number`` (0 to 999,999) in words."""
    if number >= 1000:
        rest = f" {say_number(number % 1000)}" if number % 1000 else ""
        return f"{say_number(number // 1000)} thousand{rest}"
    if number >= 100:
        rest = f" and {say_number(number % 100)}" if number % 100 else ""
        return f"{_UNITS[number // 100]} hundred{rest}"
    if number >= 20:
        return _TENS[number // 10 - 2] + (f" {_UNITS[number % 10]}" if number % 10 else "")
    return (*_UNITS, *_TEENS)[number]


def say_figures(figures: str) -> str:
    """Return a number in figures as it is said; one too great for words is said digit by digit."""
    whole, _, fraction = figures.partition(".")
    said = say_number(int(whole)) if int(whole) <= _GREATEST_SAID else say_digits(whole)
    return f"{said} point {' '.join(_UNITS[int(digit)] for digit in fraction)}" if fraction else said


def _figures(word: str, following: str) -> str:
    if word.isdigit():
        return word
    if word in TENS:
        return str(TENS[word] // 10) if 0 < SMALL.get(following, 0) < 10 else str(TENS[word])
    return _DIGIT_WORDS.get(word) or (str(SMALL[word]) if word in SMALL else "")


def _scaled_figures(figures: str, following: list[str]) -> str:
    multiple = _MULTIPLES.get(following[0]) if following else None
    return str(round(float(figures) * multiple)) if multiple else figures


def _number_from(words: list[str]) -> str:
    total, part, last = 0, 0, 1_000_000
    for position, word in enumerate(words):
        value = TENS.get(word, SMALL.get(word))
        if word == "point" and position:
            return f"{total + part}{_fraction(words[position + 1 :])}"
        if word in _MULTIPLES:
            total, part = _multiplied(total, max(part, 1), _MULTIPLES[word])
            last = _MULTIPLES[word]
        elif value is not None and _fits(value, last):
            part, last = part + value, value
        elif word not in ("and", "a"):
            break
    return str(total + part)


def _multiplied(total: int, part: int, multiple: int) -> tuple[int, int]:
    return (total, part * multiple) if multiple == 100 else (total + part * multiple, 0)


def _fits(value: int, last: int) -> bool:
    return last >= 100 or (last in TENS.values() and 0 < value < 10)


def _fraction(words: list[str]) -> str:
    figures = ""
    for word in words:
        if word not in _DIGIT_WORDS:
            break
        figures += _DIGIT_WORDS[word]
    return f".{figures}" if figures else ""
