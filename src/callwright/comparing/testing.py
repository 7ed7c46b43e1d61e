"""How unlikely a gap is if there were none: looked at once, at the end, or as often as one likes on the way.

Whoever looks at figures that grow, and stops when they please, finds by chance what isn't there: at 5 % in a single
look, more than every fourth time in hundreds of looks. So what is said on the way comes from the mixture sequential
probability ratio test (Robbins 1970; Johari, Pekelis and Walsh 2015), whose error holds over all looks together.
"""

from dataclasses import dataclass
from math import erfc, exp, log, sqrt
from statistics import NormalDist
from typing import Protocol

from callwright.comparing.estimates import Gap


class Test(Protocol):
    """A way of telling a gap from chance. ``reach`` and ``chance`` agree: one excludes 0 where the other is low."""

    def chance(self, gap: Gap) -> float:
        """Return the p-value of the gap."""
        ...

    def reach(self, variance: float, level: float) -> float:
        """Return how far to both sides of a gap its interval goes, at an error of ``level``."""
        ...


@dataclass(frozen=True, slots=True)
class Once:
    """The ordinary test of two estimates, for figures that were to be looked at exactly once."""

    def chance(self, gap: Gap) -> float:
        """Return the two-sided p-value."""
        return erfc(abs(gap.value) / sqrt(2 * gap.variance))

    def reach(self, variance: float, level: float) -> float:
        """Return the half of the ordinary interval."""
        return NormalDist().inv_cdf(1 - level / 2) * sqrt(variance)


@dataclass(frozen=True, slots=True)
class AnyTime:
    """The test that holds at whatever moment one looks; ``usual`` is the size of gap that it is best at."""

    usual: float

    def chance(self, gap: Gap) -> float:
        """Return the p-value that holds whenever one stops looking."""
        prior, variance = self.usual**2, gap.variance
        favour = gap.value**2 * prior / (2 * variance * (variance + prior)) - log(1 + prior / variance) / 2
        return exp(-max(0.0, favour))

    def reach(self, variance: float, level: float) -> float:
        """Return the half of the interval that holds at all moments together."""
        prior = self.usual**2
        return sqrt(variance * (variance + prior) / prior * (2 * log(1 / level) + log(1 + prior / variance)))


@dataclass(frozen=True, slots=True)
class Step:
    """What Holm's method says of one of several tests: whether it stands, and the error left to it."""

    stands: bool
    level: float


def holm(chances: list[float], error: float) -> list[Step]:
    """Return which of several p-values stand so that any of them does so by chance in ``error`` of cases at most.

    Each comes with the level at which it was judged: an interval at that level says the same as the verdict.
    """
    steps: dict[int, Step] = {}
    stands, level = True, error
    for rank, place in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        if stands:
            level = error / (len(chances) - rank)
            stands = chances[place] <= level
        steps[place] = Step(stands, level)
    return [steps[place] for place in range(len(chances))]
