"""How many calls a line may start at this moment, by its calls per second (a token bucket)."""

from dataclasses import dataclass

BURST_S = 0.25
"""No more calls start at once than the rate allows in so long, and never less than one."""


@dataclass(frozen=True, slots=True)
class CallRate:
    """``allowed`` calls could start at ``at`` (seconds of any clock that only goes forward)."""

    allowed: float
    at: float


def begin(now: float) -> CallRate:
    """Return the rate of a line of which nothing is known: whoever led before may just have used it up."""
    return CallRate(0.0, now)


def refill(rate: CallRate, per_second: float, now: float) -> CallRate:
    """Return ``rate`` at ``now``, which is not before."""
    most = max(1.0, per_second * BURST_S)
    return CallRate(min(most, rate.allowed + per_second * (now - rate.at)), now)


def use(rate: CallRate, calls: int) -> CallRate:
    """Return ``rate`` after ``calls`` were started."""
    return CallRate(rate.allowed - calls, rate.at)
