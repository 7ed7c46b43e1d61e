"""How sure a share is, seen in so many cases."""

import math
from dataclasses import dataclass

Z = 1.959964
"""Of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``said``, with its 95 % interval (Wilson's, which holds for few cases, too); 0 to 1."""

    right: int
    said: int
    share: float
    low: float
    high: float


def share_of(right: int, said: int) -> Share:
    """Return a share; of nothing it is 0 to 1, and stands at 0."""
    if not said:
        return Share(0, 0, 0.0, 0.0, 1.0)
    share, square = right / said, Z * Z
    middle = (share + square / (2 * said)) / (1 + square / said)
    reach = Z * math.sqrt(share * (1 - share) / said + square / (4 * said * said)) / (1 + square / said)
    return Share(right, said, share, max(0.0, middle - reach), min(1.0, middle + reach))


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean change over the same people, with its 95 % interval; ``real`` where that leaves out zero."""

    before: float
    after: float
    change: float
    low: float
    high: float
    real: bool


def difference_of(pairs: list[tuple[float, float]]) -> Difference:
    """Return how a figure changed, person by person. ``pairs`` holds each one's figure before and after."""
    count = len(pairs)
    changes = [after - before for before, after in pairs]
    mean = sum(changes) / count if count else 0.0
    spread = math.sqrt(sum((change - mean) ** 2 for change in changes) / (count - 1)) if count > 1 else 0.0
    reach = Z * spread / math.sqrt(count) if count else 0.0
    before, after = (
        (sum(column) / count if count else 0.0 for column in zip(*pairs, strict=True)) if pairs else (0.0, 0.0)
    )
    low, high = mean - reach, mean + reach
    return Difference(before, after, mean, low, high, real=count > 1 and (low > 0 or high < 0))
