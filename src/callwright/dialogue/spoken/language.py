"""What the engine asks of a language."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from callwright.dialogue.parts import Disclosure, ValueKind

Found = tuple[str, str]
"""A value as it is kept, and as it is said."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One language.

    ``takers`` find a value in words. ``agrees`` says whether words begin with yes or no, ``plain`` whether they
    say nothing else. ``correction`` is what people say between a value and the one they meant, ``join`` puts a day
    and a time together. ``length`` measures a prompt, ``longest`` is about 15 seconds of
    speech, and ``too_long`` the rule that a longer one breaks.
    ``disclosures`` are the words by which a text makes something known, ``everyday`` what people say that is no
    wish of theirs.
    """

    takers: Mapping[ValueKind, Callable[[str], Found | None]]
    agrees: Callable[[str], bool | None]
    plain: Callable[[str], bool]
    say_digits: Callable[[str], str]
    join: Callable[[Found, Found], Found]
    correction: re.Pattern[str]
    silence: str
    not_understood: str
    length: Callable[[str], int]
    longest: int
    too_long: str
    unspeakable: re.Pattern[str]
    disclosures: Mapping[Disclosure, re.Pattern[str]]
    everyday: tuple[str, ...]
