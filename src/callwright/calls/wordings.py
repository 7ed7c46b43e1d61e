"""Wordings of what people said: which are the same, and which mean nearly the same. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

NEAR = 0.6
"""Wordings that share so much of their words (of both together) are shown as one."""

_MARKS = re.compile(r"[^\w']+")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A wording that calls heard: how often, where, and last in which call. ``text`` is as it was heard last."""

    wording: str
    text: str
    times: int
    last_at: datetime
    last_call_id: UUID
    nodes: tuple[str, ...]
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """Wordings near one another, the most frequent first."""

    asked: tuple[Asked, ...]

    @property
    def id(self) -> str:
        """By which it is named: its most frequent wording's."""
        return self.asked[0].wording

    @property
    def times(self) -> int:
        """How often they were heard together."""
        return sum(one.times for one in self.asked)

    @property
    def latest(self) -> Asked:
        """The wording that was heard last."""
        return max(self.asked, key=lambda one: one.last_at)


def wording_of(text: str) -> str:
    """Return a digest of what ``text`` says; case, accents' encoding, marks and spaces make no difference."""
    return hashlib.sha256(_plain(text).encode("utf-8", "replace")).hexdigest()[:32]


def grouped(asked: Sequence[Asked]) -> list[AskedGroup]:
    """Return wordings in groups of those near the most frequent of each, the most frequent group first."""
    groups: list[tuple[frozenset[str], list[Asked]]] = []
    for one in sorted(asked, key=lambda one: (-one.times, one.wording)):
        words = _words(one.text)
        near = next((members for head, members in groups if _alike(words, head) >= NEAR), None)
        if near is None:
            groups.append((words, [one]))
        else:
            near.append(one)
    found = [AskedGroup(tuple(members)) for _, members in groups]
    return sorted(found, key=lambda group: -group.times)


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split())


def _words(text: str) -> frozenset[str]:
    """Return the words of ``text``; of Chinese, which has no spaces, its pairs of characters."""
    plain = _plain(text)
    if not _HAN.search(plain):
        return frozenset(plain.split())
    run = plain.replace(" ", "")
    return frozenset(run[at : at + 2] for at in range(max(1, len(run) - 1)))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))
