"""What a share or a mean is likely to be, from the people seen so far."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

FEWEST = 30
"""With fewer people in an arm nothing is said of it: the normal curve doesn't hold for so few."""
CONFIDENCE = 0.95
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that fit what was seen."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of`` people."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; nothing of nobody."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval at 95 %, which holds for few people and for shares near 0 and 1 too."""
        return wilson(self) if self.of else None

    @property
    def centre(self) -> float:
        """The share after one more success and one more failure (Agresti and Caffo, 2000)."""
        return (self.count + 1) / (self.of + 2)

    @property
    def variance(self) -> float:
        """Of the centre; never nothing, so that ten of ten people do not pass for certainty."""
        return self.centre * (1 - self.centre) / (self.of + 2)


@dataclass(frozen=True, slots=True)
class Mean:
    """A length over ``of`` people, in seconds: its sum and the sum of its squares."""

    of: int
    total: float
    squares: float

    @property
    def value(self) -> float | None:
        """The mean; nothing of nobody."""
        return self.total / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """The mean's interval at 95 %; nothing while there are too few people for one."""
        if self.of < FEWEST:
            return None
        half = _Z * sqrt(self.variance)
        return Interval(max(0.0, self.centre - half), self.centre + half)

    @property
    def centre(self) -> float:
        """The mean, of at least one person."""
        return self.total / self.of

    @property
    def variance(self) -> float:
        """Of the mean, of at least two people."""
        return max(0.0, self.squares - self.of * self.centre**2) / (self.of - 1) / self.of


Estimate = Share | Mean


def wilson(share: Share) -> Interval:
    """Return Wilson's interval of a share of at least one person."""
    people, value, z2 = share.of, share.count / share.of, _Z**2
    middle = (value + z2 / (2 * people)) / (1 + z2 / people)
    half = _Z * sqrt(value * (1 - value) / people + z2 / (4 * people**2)) / (1 + z2 / people)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class Gap:
    """How far the centre of one estimate lies above another's, and the variance of that."""

    value: float
    variance: float

    @classmethod
    def between(cls, first: Estimate, other: Estimate) -> "Gap | None":
        """Return how far ``other`` lies above ``first``; nothing where either has too few people to say."""
        if min(first.of, other.of) < FEWEST or (variance := first.variance + other.variance) <= 0:
            return None
        return cls(other.centre - first.centre, variance)

    def within(self, half: float) -> Interval:
        """Return the interval that goes ``half`` to both sides."""
        return Interval(self.value - half, self.value + half)
