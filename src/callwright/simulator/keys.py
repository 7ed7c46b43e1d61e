"""Which telephone keys a person presses when a caller asks for them; without sound or clock."""

import re

from callwright.simulator.people import Person
from callwright.simulator.words import MOODS, Mood

_NAMES = {
    "zero": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "star": "*",
    "hash": "#",
    "pound": "#",
}
_KEY = rf"(?:the )?(?:key |number )?(\d|{'|'.join(_NAMES)})\b"
_BEFORE = re.compile(rf"(?:for|to|if) ([^,.;?]+),? (?:please )?press {_KEY}")
_AFTER = re.compile(
    rf"(?:press|or|and|,) {_KEY} (?:for|to|if) ([^,.;?]+?)(?=,| (?:or|and) \w+ (?:for|to|if)|[.;?]|$)"
)
_ALONE = re.compile(rf"press {_KEY}")
_AGAINST = re.compile(r"\bno\b|\bnot\b|n't|\bstop|\bnever|remove|\boff\b|unsubscribe|end the call")
_CODE = re.compile(r"(key in|enter|type in|type) (your|the|that|a) ")
_LENGTH = re.compile(rf"([1-9]|{'|'.join(name for name, key in _NAMES.items() if key in '123456789')})[ -]digit")
_USUAL_LENGTH = 4

_WILLING = frozenset({Mood.WILLING})
_AGAINST_IT = frozenset({Mood.UNWILLING, Mood.ANGRY})


def pressed(person: Person, words: str) -> str:
    """Return what the person keys in, having heard ``words``; nothing where no key does what they want."""
    heard = words.lower().replace("’", "'")
    mood = MOODS[person.wish]
    if _CODE.search(heard) and mood in _WILLING:
        return _code(person, heard)
    against = mood in _AGAINST_IT
    if not against and mood not in _WILLING:
        return ""
    return next((key for key, purpose in _offered(heard) if bool(_AGAINST.search(purpose)) is against), "")


def _offered(heard: str) -> list[tuple[str, str]]:
    """Return each key that can be pressed, with what for."""
    found = [(key, purpose) for purpose, key in _BEFORE.findall(heard)] or _AFTER.findall(heard)
    found = found or [(key, "") for key in _ALONE.findall(heard)]
    return [(_NAMES.get(key, key), purpose) for key, purpose in found] if "press" in heard else []


def _code(person: Person, heard: str) -> str:
    """Return a number of the person's own, as long as was asked for, ended as was asked for."""
    told = _LENGTH.search(heard)
    length = int(_NAMES.get(told[1], told[1])) if told else _USUAL_LENGTH
    ends = "#" if re.search(r"hash|pound", heard) else ""
    return f"{person.seed:0{length}d}"[-length:] + ends
