"""Adaptive pacing: call ahead of the seats that will be free, as far as the lost share allows.

A call started now is answered, if at all, some seconds later. For those moments the outlook says how many of the
calls that ring will have been answered and how many of the seats will have become free. Their difference is taken
as normal, which gives the chance that this call would find no seat; it is started while that chance is within the
risk that the task may take. The risk is a balance: each person who answers earns the share that may be lost, each
lost one costs one, less what may be mere luck (Wilson's bound).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from callwright.dialing.outlook import Outlook
from callwright.dialing.pacing_state import RING_BIN_S, TALK_BIN_S, Counts

_DOUBT: Final = 1.28
"""Standard errors of Wilson's bound: nine times in ten the true share is within it."""

_FIRST_RISK: Final = 2.0
"""Of the limit. Most calls start at less than the risk allowed, so the share lost is about half of it."""

_PULL: Final = 0.3
"""What one lost person in the balance changes of the risk (of its logarithm)."""

_HIGHEST_RISK: Final = 0.5
"""However few were lost: no call is started when more answers than seats are expected."""

_FILL_S: Final = 4.0
"""The seats' number of calls is not started in less than this: no burst, however rosy the outlook."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A task's calls at one moment.

    ``talking_s`` and ``ringing_s``: how long each call has held a seat, and has rung or been on its way to ring.
    ``holding``: people who answered and wait for a seat. ``elapsed_s``: since this was last decided.
    """

    seats: int
    talking_s: Sequence[float] | Counts
    ringing_s: Sequence[float] | Counts
    holding: int
    elapsed_s: float

    @property
    def under_way(self) -> int:
        """All of its calls."""
        return len(self.talking_s) + len(self.ringing_s) + self.holding


def get_risk(people: float, lost: float, *, lost_limit: float) -> float:
    """Return the chance to be lost that a call started now may have; 0 once too many were lost, with confidence."""
    doubt = _DOUBT * math.sqrt(lost_limit * (1 - lost_limit) * people)
    in_hand = lost_limit * people - lost
    if in_hand < -doubt:
        return 0.0
    return min(_HIGHEST_RISK, _FIRST_RISK * lost_limit * math.exp(min(_PULL * (in_hand - doubt), 50.0)))


def get_adaptive_start(outlook: Outlook, floor: Floor, *, ceiling: int, lost_limit: float) -> int:
    """Return how many calls to start now, with at most ``ceiling`` under way.

    A call for a seat that nobody holds or is rung for is always among them: it can't be lost.
    """
    room = min(ceiling - floor.under_way, math.ceil(floor.seats * min(floor.elapsed_s, 1.0) / _FILL_S))
    sure = max(0, min(floor.seats - floor.under_way, room))
    risk = get_risk(outlook.state.people, outlook.state.lost, lost_limit=lost_limit)
    if room <= sure or risk <= 0:
        return sure
    means, variances = _sum_up(outlook, floor)
    free = floor.seats - len(floor.talking_s) - floor.holding
    count = sure
    while count < room and _chance_lost(outlook.new, means, variances, free, count) <= risk:
        count += 1
    return count


def _sum_up(outlook: Outlook, floor: Floor) -> tuple[list[float], list[float]]:
    """Return mean and variance of the answers less the seats freed, at each moment that is looked at."""
    sums = np.zeros(len(outlook.answers))
    for table, ages_s, bin_s in (
        (outlook.answers, floor.ringing_s, RING_BIN_S),
        (outlook.frees, floor.talking_s, TALK_BIN_S),
    ):
        if len(ages_s):
            places = (np.asarray(ages_s) * (1 / bin_s)).astype(np.intp)
            sums += table.take(places, axis=1, mode="clip").sum(axis=1)
    middle = len(sums) // 2
    return sums[:middle].tolist(), sums[middle:].tolist()


def _chance_lost(
    new: Sequence[float], means: Sequence[float], variances: Sequence[float], free: int, started: int
) -> float:
    """Return the chance that one more call than ``started`` finds no seat when it is answered.

    Where more answers than seats are expected it is taken as certain: the approximation no longer falls with
    each seat there.
    """
    total = 0.0
    for chance, mean, variance in zip(new, means, variances, strict=True):
        spare = free - 0.5 - mean - started * chance
        spread = variance + started * chance * (1 - chance)
        total += 1.0 if spare <= 0 else 0.5 * math.erfc(spare / math.sqrt(2 * spread + 1e-9))
    return total / len(new)
