"""How many AI seats there are at a moment: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Pack(Protocol):
    """Seats bought together, usable from ``opens_at`` until ``expires_at`` (that moment not included)."""

    seats: int
    opens_at: datetime
    expires_at: datetime | None


class PackState(StrEnum):
    """Whether a pack can be used."""

    WAITING = "waiting"
    OPEN = "open"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class SeatCount:
    """Seats owned, ``reserved`` by tasks, and of those ``busy`` with conversations, at a moment."""

    total: int
    reserved: int
    busy: int

    @property
    def free(self) -> int:
        """Seats that no task has; none where more are held than owned, as when a pack expires during calls."""
        return max(0, self.total - self.reserved)


def is_open(pack: Pack, now: datetime) -> bool:
    """Tell whether a pack can be used at ``now``."""
    return pack.opens_at <= now and (pack.expires_at is None or now < pack.expires_at)


def total_at(packs: Iterable[Pack], now: datetime) -> int:
    """Return how many seats the packs give at ``now``."""
    return sum(pack.seats for pack in packs if is_open(pack, now))


def state_of(pack: Pack, now: datetime) -> PackState:
    """Say whether a pack is yet to open, open, or over."""
    if is_open(pack, now):
        return PackState.OPEN
    return PackState.WAITING if now < pack.opens_at else PackState.EXPIRED


def days_used(pack: Pack, now: datetime) -> int:
    """Return how many days of a pack have begun by ``now``: 0 where it is yet to open."""
    until = now if pack.expires_at is None else min(now, pack.expires_at)
    return max(0, -((pack.opens_at - until) // timedelta(days=1)))


def days_left(pack: Pack, now: datetime) -> int | None:
    """Return how many days a pack can still be used, the present one included; ``None`` where it never expires."""
    if pack.expires_at is None:
        return None
    return max(0, -((now - pack.expires_at) // timedelta(days=1)))
