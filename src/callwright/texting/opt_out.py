"""How a person says that no more messages are wanted, and where a message must say how."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter

from callwright.texting.windows import MessageKind

FILE = "opt_out.toml"
_WORD = re.compile(r"\w+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class OptOutRule:
    """What a country asks: messages of the kinds ``asks_for`` say which ``word`` ends them.

    ``sentence`` and ``sentence_zh`` say so where a text does not; ``{word}`` stands for the word.
    """

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    word: Annotated[str, Field(min_length=1)]
    asks_for: frozenset[MessageKind] = frozenset({MessageKind.MARKETING})
    sentence: str = "Reply {word} to opt out."
    sentence_zh: str = "回复{word}退订"
    countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    whole: frozenset[str]
    first: frozenset[str]
    anywhere: frozenset[str]


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    words: _Words
    default: OptOutRule
    rules: tuple[OptOutRule, ...]


_FILE = TypeAdapter(_File)


def with_way_out(text: str, kind: MessageKind, country: str) -> str:
    """Return ``text`` as it is sent to ``country``: with the way to end such messages where that is asked for."""
    rule = _rules().get(country, _file().default)
    if kind not in rule.asks_for or _says_word(text, rule.word):
        return text
    sentence = rule.sentence_zh if _CHINESE.search(text) else rule.sentence
    return f"{text.rstrip()} {sentence.format(word=rule.word)}"


def asks_for_no_more(reply: str) -> bool:
    """Return whether somebody who answered ``reply`` wants no more messages; in doubt they don't."""
    plain = " ".join(_WORD.findall(unicodedata.normalize("NFKC", reply).casefold()))
    words = _file().words
    if plain in words.whole or plain.partition(" ")[0] in words.first:
        return True
    return any(phrase in plain for phrase in words.anywhere)


def _says_word(text: str, word: str) -> bool:
    return re.search(rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])", text) is not None


@lru_cache(maxsize=1)
def _file() -> _File:
    return _FILE.validate_python(
        tomllib.loads(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    )


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, OptOutRule]:
    return {country: rule for rule in _file().rules for country in rule.countries}
