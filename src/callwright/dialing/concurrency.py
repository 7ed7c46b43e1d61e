"""How many calls a task of n AI seats has under way: n, a fixed number above, or what the moment allows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from callwright.dialing.adaptive import Floor, get_adaptive_start
from callwright.dialing.outlook import Outlook
from callwright.kit.errors import InvalidInputError

DEFAULT_LOST_LIMIT: Final = 0.03
DEFAULT_HOLD_S: Final = 2.0
DEFAULT_CEILING: Final = 2.0
HIGHEST_CEILING: Final = 4.0
_ROUNDING: Final = 1e-9
"""A ceiling that is a quotient of two whole numbers gives the whole number back."""


class ConcurrencyMode(StrEnum):
    """How the number of calls follows the number of seats."""

    PLAIN = "plain"
    MULTI = "multi"
    ADAPTIVE = "adaptive"


class MultiRangeError(InvalidInputError):
    """Multi-concurrency needs 2 AI seats; {seats} may have {lowest} to {highest} calls at once, not {calls}."""

    code = "concurrency-range"


class CeilingError(InvalidInputError):
    """Adaptive concurrency may have 1 to {highest:g} calls for each AI seat here, not {ceiling:g}."""

    code = "concurrency-ceiling"


class LostLimitError(InvalidInputError):
    """The share of calls that may be lost is from 0 % to 10 %, not {percent:g} %."""

    code = "lost-limit"


@dataclass(frozen=True, slots=True)
class Concurrency:
    """A task's choice. ``calls`` counts for multi, ``ceiling`` (calls a seat) and ``lost_limit`` for adaptive."""

    mode: ConcurrencyMode
    seats: int
    calls: int = 0
    ceiling: float = DEFAULT_CEILING
    lost_limit: float = DEFAULT_LOST_LIMIT

    @property
    def most(self) -> int:
        """The most calls that may be under way."""
        match self.mode:
            case ConcurrencyMode.PLAIN:
                return self.seats
            case ConcurrencyMode.MULTI:
                return self.calls
            case ConcurrencyMode.ADAPTIVE:
                return int(self.seats * self.ceiling + _ROUNDING)


def get_multi_range(seats: int) -> range | None:
    """Return the numbers of calls that multi-concurrency may have, or ``None`` with too few seats for it."""
    return range(seats + 1, 2 * seats + 1) if seats >= 2 else None


def check_concurrency(chosen: Concurrency, *, highest_ceiling: float = DEFAULT_CEILING) -> None:
    """Raise unless ``chosen`` is allowed. The operator's word is ``highest_ceiling``, up to ``HIGHEST_CEILING``."""
    highest = min(highest_ceiling, HIGHEST_CEILING)
    match chosen.mode:
        case ConcurrencyMode.PLAIN:
            return
        case ConcurrencyMode.MULTI:
            if chosen.calls not in (get_multi_range(chosen.seats) or ()):
                raise MultiRangeError(
                    seats=chosen.seats, lowest=chosen.seats + 1, highest=2 * chosen.seats, calls=chosen.calls
                )
        case ConcurrencyMode.ADAPTIVE:
            if not 1 <= chosen.ceiling <= highest:
                raise CeilingError(highest=highest, ceiling=chosen.ceiling)
            if not 0 <= chosen.lost_limit <= 0.1:
                raise LostLimitError(percent=100 * chosen.lost_limit)


def calls_to_start(chosen: Concurrency, outlook: Outlook, floor: Floor) -> int:
    """Return how many calls the task may start at this moment, seats, channels and nodes aside."""
    if chosen.mode is ConcurrencyMode.ADAPTIVE:
        return get_adaptive_start(outlook, floor, ceiling=chosen.most, lost_limit=chosen.lost_limit)
    return max(0, chosen.most - floor.under_way)
