"""What people say that is no script's own: common wordings by what they mean, values, fillers, slips."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Meaning(StrEnum):
    """What people mean in any call, whatever a script calls it."""

    AGREE = "agree"
    DECLINE = "decline"
    NEVER = "never"
    WRONG = "wrong"
    LATER = "later"
    GOODBYE = "goodbye"
    REPEAT = "repeat"
    HESITATE = "hesitate"


@dataclass(frozen=True, slots=True)
class Bank:
    """One language's wordings. ``values`` and ``confirm`` answer a node that collects; ``listening`` are sounds of
    who follows; ``spaced``: words have spaces between them."""

    meanings: Mapping[Meaning, tuple[str, ...]]
    off_topic: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    may_be_lost: frozenset[str]
    slips: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]
    confirm: Mapping[bool, tuple[str, ...]]
    listening: tuple[str, ...]
    spaced: bool


@cache
def bank_of(language: str) -> Bank:
    """Return the wordings of a language, ``en`` or ``zh``."""
    written = (files("callwright.personas") / "bank" / f"{language}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(written)
    return Bank(
        meanings={Meaning(name): tuple(said) for name, said in data["meanings"].items()},
        off_topic=tuple(data["off_topic"]["sentences"]),
        before=tuple(data["fillers"]["before"]),
        after=tuple(data["fillers"]["after"]),
        may_be_lost=frozenset(data["fillers"]["may_be_lost"]),
        slips=data["slips"],
        values={kind: tuple(said) for kind, said in data["values"].items()},
        confirm={word == "yes": tuple(said) for word, said in data["confirm"].items()},
        listening=tuple(data["listening"]["sounds"]),
        spaced=language != "zh",
    )
