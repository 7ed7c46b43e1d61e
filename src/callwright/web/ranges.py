"""Byte ranges (RFC 9110 clause 14): pure."""

import re
from dataclasses import dataclass

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes from ``first`` to ``last``, that one included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1


class UnsatisfiableRangeError(ValueError):
    """No byte of what is asked for exists."""


def wanted(header: str | None, size: int) -> Part | None:
    """Return the one range that ``header`` asks for of ``size`` bytes, ``None`` for the whole.

    What is malformed or asks for several ranges is ignored (clause 14.2). Raises UnsatisfiableRangeError.
    """
    found = RANGE.fullmatch((header or "").strip().lower())
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:
        last_bytes = int(found[2])
        if last_bytes == 0 or size == 0:
            raise UnsatisfiableRangeError
        return Part(max(0, size - last_bytes), size - 1)
    first = int(found[1])
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < first:
        return None
    if first >= size:
        raise UnsatisfiableRangeError
    return Part(first, last)
