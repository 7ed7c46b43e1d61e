"""Whom a file is for, and the columns that it has for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from callwright.exports.words import HEADINGS, worded
from callwright.kit.tabular import Cell

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a file is for: their language, and the clock that times are told by."""

    language: str
    zone: ZoneInfo

    def heading(self, name: str) -> str:
        """Return a heading in their language."""
        return HEADINGS[self.language][name].format(zone=self.zone.key)

    def word(self, kind: str, value: object) -> str:
        """Return a state in their language."""
        return worded(kind, value, self.language)

    def clock(self, moment: datetime | None) -> datetime | None:
        """Return a moment as their clock shows it, to the second."""
        return moment and moment.astimezone(self.zone).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """A column: what stands above it, and what of each row."""

    heading: str
    cell: Callable[[Item], Cell]
