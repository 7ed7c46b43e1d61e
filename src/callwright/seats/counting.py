"""How many AI seats there are at a moment: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Pack(Protocol):
    """Seats bought together, usable from ``opens_at`` until ``expires_at`` (that moment not included)."""

    seats: int
    opens_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class SeatCount:
    """Seats owned and held by calls at a moment."""

    total: int
    in_use: int

    @property
    def free(self) -> int:
        """Seats that no call holds; none where more are held than owned, as when a pack expires during calls."""
        return max(0, self.total - self.in_use)


def is_open(pack: Pack, now: datetime) -> bool:
    """Tell whether a pack can be used at ``now``."""
    return pack.opens_at <= now and (pack.expires_at is None or now < pack.expires_at)


def total_at(packs: Iterable[Pack], now: datetime) -> int:
    """Return how many seats the packs give at ``now``."""
    return sum(pack.seats for pack in packs if is_open(pack, now))
