"""Whom a file is for, and the columns that it has for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from callwright.exports.errors import ExportColumnsError
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
    """A column: what stands above it, and what of each row.

    ``key`` is that of the console's list which it is a part of, or its own where that shows nothing of it.
    """

    key: str
    heading: str
    cell: Callable[[Item], Cell]


def chosen(columns: Sequence[Column[Item]], keys: Sequence[str] | None) -> list[Column[Item]]:
    """Return the columns with these keys, in the keys' order; all where ``None``. Unknown keys mean nothing.

    Raises ExportColumnsError where none is left.
    """
    if keys is None:
        return list(columns)
    found = [column for key in dict.fromkeys(keys) for column in columns if column.key == key]
    if not found:
        known = dict.fromkeys(column.key for column in columns)
        raise ExportColumnsError(columns=", ".join(keys), known=", ".join(known))
    return found
