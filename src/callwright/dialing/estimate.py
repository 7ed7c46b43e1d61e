"""At what pace a task starts its calls, and when it will be done."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

PAUSE = timedelta(minutes=2)
"""So long without a call's start, or as long as two calls last, is a pause, which says nothing about the pace."""


def possible_pace(calls_at_once: int, seconds_per_call: float | None) -> float | None:
    """Return how many calls a minute can start that last so long from planning to end; ``None`` while unknown."""
    if not seconds_per_call or calls_at_once < 1:
        return None
    return 60 * calls_at_once / seconds_per_call


def pace_lately(
    started: Sequence[datetime], now: datetime, *, calls_at_once: int, seconds_per_call: float | None
) -> float | None:
    """Return how many calls a minute start, from when the latest ones did, the newest first.

    A pause ends what is looked at. What is shorter than one call tells of nothing but how quickly calls are begun:
    then, and where it seems to be more, the answer is what is possible. ``None`` while nothing is known.
    """
    possible = possible_pace(calls_at_once, seconds_per_call)
    if possible is None or seconds_per_call is None or not started:
        return possible
    call = timedelta(seconds=seconds_per_call)
    stretch = _without_pause(started, max(PAUSE, 2 * call))
    # Each start also stands for the time until a next one could follow: not for all the time since.
    lasted = min(now, stretch[0] + call) - stretch[-1]
    if lasted < call or not lasted:
        return possible
    return min(possible, 60 * len(stretch) / lasted.total_seconds())


def finishing_about(
    now: datetime,
    *,
    to_start: int,
    pace: float | None,
    seconds_per_call: float | None,
    last_due: datetime | None = None,
) -> datetime | None:
    """Return about when the last call will be over, or ``None`` while nothing is known.

    ``to_start`` calls are still to be started, ``pace`` of them a minute; ``last_due`` is when the last of those
    who wait is to be called, at the soonest.
    """
    if not pace or seconds_per_call is None:
        return None
    last_start = now + timedelta(minutes=to_start / pace)
    return max(last_start, last_due or last_start) + timedelta(seconds=seconds_per_call)


def _without_pause(started: Sequence[datetime], pause: timedelta) -> Sequence[datetime]:
    for number, (newer, older) in enumerate(pairwise(started), start=1):
        if newer - older > pause:
            return started[:number]
    return started
