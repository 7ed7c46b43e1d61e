"""What one run of a dry run adds up: calls, people reached and lost, money, seats, hours, waits."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

Key = TypeVar("Key", int, str)

HOUR_S = 3600
SHORTEST_WAIT_S = 600.0
MOST_WAITS = 50


@dataclass(frozen=True, slots=True)
class Pause:
    """Nobody is called ``begins`` to ``ends``, for a reason that ``window`` or ``lifecycle`` names."""

    reason: str
    begins: datetime
    ends: datetime


@dataclass(slots=True)
class Run:
    """One run, counted in customers and calls of the whole task. ``finishes_at``: nothing where it never does.

    ``seat_s``: seconds that AI seats were held; ``calling_s``: in which calls were under way. ``spent_by_hour``:
    what calls cost that ended in each hour (hours as seconds since 1970).
    """

    finishes_at: datetime | None = None
    customers: float = 0
    calls: float = 0
    connected: float = 0
    lost: float = 0
    by_state: dict[str, float] = field(default_factory=dict)
    cost: float = 0
    seat_s: float = 0
    calling_s: float = 0
    seats_peak: int = 0
    calls_by_hour: dict[int, float] = field(default_factory=dict)
    spent_by_hour: dict[int, float] = field(default_factory=dict)
    pauses: list[Pause] = field(default_factory=list)
    given_up: dict[str, float] = field(default_factory=dict)
    left: float = 0

    def dialled(self, at: datetime, calls: float) -> None:
        """Count calls that begin."""
        self.calls += calls
        _add(self.calls_by_hour, hour_of(at), calls)

    def ended(self, at: datetime, phone_state: str, calls: float, cost: float) -> None:
        """Count calls that end, and what they cost together."""
        _add(self.by_state, phone_state, calls)
        self.connected += calls * (phone_state == "connected")
        self.lost += calls * (phone_state == "lost")
        self.cost += cost
        _add(self.spent_by_hour, hour_of(at), cost)
        if self.finishes_at is None or at > self.finishes_at:
            self.finishes_at = at

    def waited(self, reason: str, begins: datetime, ends: datetime) -> None:
        """Note that nobody is called for a while."""
        if (ends - begins).total_seconds() >= SHORTEST_WAIT_S and len(self.pauses) < MOST_WAITS:
            self.pauses.append(Pause(reason, begins, ends))


def hour_of(at: datetime) -> int:
    """Return the beginning of the hour of ``at``, in seconds since 1970."""
    return int(at.timestamp()) // HOUR_S * HOUR_S


def moment_of(hour: int) -> datetime:
    """Return the moment of ``hour``."""
    return datetime.fromtimestamp(hour, UTC)


def _add(sums: dict[Key, float], key: Key, amount: float) -> None:
    sums[key] = sums.get(key, 0.0) + amount
