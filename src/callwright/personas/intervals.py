"""How sure a share is, seen in so many cases."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import stdtrit

CONFIDENT = 0.975
Z = statistics.NormalDist().inv_cdf(CONFIDENT)
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
    """How a figure changed before the same people, with its 95 % interval; ``real`` where that leaves out zero.

    ``differing`` people came off otherwise; where there are none, both runs are the same as far as this goes.
    """

    before: float
    after: float
    change: float
    low: float
    high: float
    real: bool
    differing: int


def difference_of(pairs: Sequence[tuple[float, float]]) -> Difference:
    """Return how a mean changed, by Student's interval. ``pairs`` holds each person's figure before and after."""
    before, after = _means(pairs)
    reach = _reach([new - old for old, new in pairs])
    return _difference(before, after, after - before, reach, _differing(pairs))


def share_difference_of(pairs: Sequence[tuple[bool, bool]]) -> Difference:
    """Return how a share of people changed. ``pairs`` holds whether each is among them before and after.

    The interval is that of Agresti and Min (2005), as if two more people had come off one way and the other: it
    holds where few changed, whom the normal curve takes for certainty.
    """
    people = len(pairs)
    before, after = _means(pairs)
    gained = sum(new and not old for old, new in pairs) + 0.5
    lost = sum(old and not new for old, new in pairs) + 0.5
    middle = (gained - lost) / (people + 2)
    reach = Z * math.sqrt(gained + lost - (gained - lost) ** 2 / (people + 2)) / (people + 2)
    return _difference(before, after, middle, reach, _differing(pairs))


Part = tuple[int, int]
"""So many of so many: what one person adds to a share."""


def ratio_difference_of(pairs: Sequence[tuple[Part, Part]]) -> Difference:
    """Return how a share of sentences changed. ``pairs`` holds what each person adds to it before and after.

    A person's sentences are alike, so the interval goes by people: the ratio's, linearised.
    """
    totals = [[sum(one[side][place] for one in pairs) for place in (0, 1)] for side in (0, 1)]
    if not all(said for _, said in totals):
        return Difference(0.0, 0.0, 0.0, -1.0, 1.0, real=False, differing=_differing(pairs))
    (before, after), people = [right / said for right, said in totals], len(pairs)

    def above(part: Part, share: float, said: int) -> float:
        return (part[0] - share * part[1]) * people / said

    changes = [above(new, after, totals[1][1]) - above(old, before, totals[0][1]) for old, new in pairs]
    return _difference(before, after, after - before, _reach(changes), _differing(pairs))


def _difference(before: float, after: float, middle: float, reach: float, differing: int) -> Difference:
    low, high = middle - reach, middle + reach
    real = differing > 0 and (low > 0 or high < 0)
    return Difference(before, after, after - before, low, high, real, differing)


def _means(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    if not pairs:
        return 0.0, 0.0
    before, after = (statistics.fmean(column) for column in zip(*pairs, strict=True))
    return before, after


def _reach(changes: Sequence[float]) -> float:
    """Return how far the 95 % interval of a mean goes to either side; of fewer than two nothing can be said."""
    if len(changes) < 2:
        return math.inf
    quantile = float(stdtrit(len(changes) - 1, CONFIDENT))
    return quantile * statistics.stdev(changes) / math.sqrt(len(changes))


def _differing(pairs: Sequence[tuple[object, object]]) -> int:
    return sum(old != new for old, new in pairs)
