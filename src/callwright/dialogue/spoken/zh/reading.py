"""How written Chinese is read aloud: figures, dates, times, money, telephone numbers and signs as words.

What is left are Chinese characters, words in Latin letters, and pauses.
"""

import re
import unicodedata
from collections.abc import Callable

from callwright.dialogue.spoken.zh.numbers import say_digits, say_figures, say_number

_SAID = "零一二三四五六七八九"
_LONGEST_COUNT = 6
"""A plain run of more figures than these is a number of something, read one by one, not a count."""
_PHONE_FIGURES = 7
_MOBILE = 11

_CURRENCIES = {"¥": "元", "元": "元", "$": "美元", "€": "欧元", "£": "英镑"}
_MEASURES = "个位次天点分秒种件份张项家名间套台条人周年层遍块杯号楼级岁"
_TWO_AS_ER = "号楼级层年"
_SIGNS = {
    "·": " ",
    "~": "，",
    "/": "、",
    "&": "和",
    "=": "等于",
    "×": "乘",
    "÷": "除以",
    "±": "正负",
    "≈": "约等于",
    "#": "井号",
    "*": "星号",
    "@": " at ",
    "_": "下划线",
    "°C": "摄氏度",
    "℃": "摄氏度",
    "°": "度",
    "㎡": "平方米",
    "‰": "千分之",
}
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/.])(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?=年)")
_TIME = re.compile(r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?(?![\d:])")
_PHONE = re.compile(r"(?<![\d.])\+?\d[\d\- ()]{5,}\d(?![\d.])")
_BETWEEN = re.compile(r"[\- ()]+")
_CODE = re.compile(
    r"(?<=号码|密码|证码|尾号|编号|单号|账号|卡号|工号)[是为:]?\s?(\d{3,})|(?<!\d)(\d{3,4})(?=室|房)|(?<![\d.])(0\d+)(?![\d.])"
)
_MONEY = re.compile(r"([¥$€£])\s?(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s?([¥$€£元])")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
_FRACTION = re.compile(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])")
_RANGE = re.compile(r"(?<=[\d点分元日号月])\s?[-~–—]\s?(?=[\d零一二三四五六七八九十百两])")
_NEGATIVE = re.compile(r"(?<![\w)])-(?=\d)")
_PLUS = re.compile(r"\+(?=\d)|(?<=\d)\+")
_EACH = re.compile(r"(?<=[元\d])/(?=[年月周日天次人个小])")
_TWO = re.compile(rf"(?<![\d.第])2(?=[{_MEASURES}])(?![{_TWO_AS_ER}])")
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_DOT = re.compile(r"(?<=[A-Za-z\d])\.(?=[A-Za-z])")
_NO_SOUND = re.compile(r"[\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]")


def read_aloud(text: str) -> str:
    """Return ``text`` as it is said. Pictures (emoji) say nothing; what can't be read is left as it is."""
    said = "".join(sign for sign in _narrow(text) if unicodedata.category(sign) not in ("So", "Sk", "Cs"))
    for written, reading in _READINGS:
        said = written.sub(reading, said)
    for sign, words in _SIGNS.items():
        said = said.replace(sign, words)
    return said.strip()


def _narrow(text: str) -> str:
    """Return ``text`` with the signs of full width as narrow ones, without marks between thousands."""
    for sign in ("℃", "㎡"):
        text = text.replace(sign, _SIGNS[sign])
    narrow = unicodedata.normalize("NFKC", _NO_SOUND.sub("", text)).replace("\u00a5", "¥")
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", narrow)


def _date(found: re.Match[str]) -> str:
    year, _, month, day = found.groups()
    return f"{_one_by_one(year)}年{say_number(int(month))}月{say_number(int(day))}日"


def _time(found: re.Match[str]) -> str:
    hour, minute, second = found.groups()
    said = f"{_hour(int(hour))}点"
    if int(minute) or second:
        said += f"{_two_figures(int(minute))}分" if int(minute) else "整"
    return f"{said}{_two_figures(int(second))}秒" if second else said


def _hour(hour: int) -> str:
    return "两" if hour == 2 else say_number(hour)


def _two_figures(count: int) -> str:
    return f"零{_SAID[count]}" if count < 10 else say_number(count)


def _phone(found: re.Match[str]) -> str:
    written = found[0].removeprefix("+")
    groups = [group for group in _BETWEEN.split(written) if group]
    figures = "".join(groups)
    if len(figures) < _PHONE_FIGURES or (len(groups) == 1 and figures.endswith("000") and len(figures) != _MOBILE):
        return found[0]
    said = say_digits(figures) if len(groups) == 1 else "，".join(_fours(group) for group in groups)
    return f"加{said}" if written != found[0] else said


def _fours(figures: str) -> str:
    return say_digits(figures) if len(figures) > 4 else say_digits(figures).replace("，", "")


def _code(found: re.Match[str]) -> str:
    figures = next(part for part in found.groups() if part)
    return found[0].replace(figures, say_digits(figures).replace("，", ""))


def _money(found: re.Match[str]) -> str:
    before, amount, other_amount, behind = found.groups()
    amount = amount or other_amount
    said = say_figures(amount.rstrip("0").rstrip(".") if "." in amount else amount)
    return ("两" if said == "二" else said) + _CURRENCIES[before or behind]


def _number(found: re.Match[str]) -> str:
    figures = found[0]
    whole, _, fraction = figures.partition(".")
    if not fraction and len(whole) > _LONGEST_COUNT and int(whole) % 1000:
        return say_digits(whole)
    return say_figures(figures)


def _one_by_one(figures: str) -> str:
    return "".join(_SAID[int(figure)] for figure in figures)


_READINGS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_DATE, _date),
    (_YEAR, lambda found: _one_by_one(found[1])),
    (_TIME, _time),
    (_MONEY, _money),
    (_EACH, "每"),
    (_PHONE, _phone),
    (_CODE, _code),
    (_RANGE, "到"),
    (_PERCENT, lambda found: f"百分之{say_figures(found[1])}"),
    (_FRACTION, lambda found: f"{say_number(int(found[2]))}分之{say_number(int(found[1]))}"),
    (_NEGATIVE, "负"),
    (_PLUS, "加"),
    (_TWO, "两"),
    (_FIGURES, _number),
    (_DOT, "点"),
)
"""In this order: what is one reading would else be taken apart by the next."""
