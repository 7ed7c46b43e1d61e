"""Which line a call leaves by.

A policy group's lines, a task's mobile lines and a single line are chosen from in the same way: among the lines
that can take a call now, the one at home nearest to the called number, then the one with the best priority, then
the one with the least of its channels in use. A line that can't take calls is passed over, and is back as soon as
it can.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from callwright.kit.phone_place import Region

Key = TypeVar("Key", bound=Hashable)


class LineStanding(StrEnum):
    """Whether a line can take a call now, or what stands in the way; the first that applies is told."""

    UNKNOWN = "unknown"
    RETIRED = "retired"
    EXPIRED = "expired"
    UNPAID = "unpaid"
    OFF = "off"
    FAULTY = "faulty"
    BUSY = "busy"
    PROBE = "probe"
    """It is faulty, and due for one call to find out whether it still is."""
    USABLE = "usable"


class Why(StrEnum):
    """Why a line was chosen."""

    ONLY = "only_line"
    PROBE = "probe"
    CITY = "home_city"
    PROVINCE = "home_province"
    COUNTRY = "home_country"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class RouteLine(Generic[Key]):
    """A line to choose from. ``None`` means that nobody knows, and the line is passed over.

    ``priority``: the smaller, the earlier. ``free``: channels without a call, of ``channels``. ``on``: registered
    or reachable, and not switched off. ``paid``: the balance covers a call over it. ``faulty`` and ``probe_due`` as
    its health says.
    """

    id: Key
    priority: int
    home: Region | None
    channels: int
    free: int | None
    on: bool | None
    paid: bool | None
    faulty: bool | None
    probe_due: bool = False
    expires_at: datetime | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Choice(Generic[Key]):
    """The line to call by and why, or none; ``standing`` is the chosen line's, else the one nearest to usable."""

    line: Key | None
    why: Why | None
    standing: LineStanding


def standing(line: RouteLine[Key], now: datetime) -> LineStanding:
    """Say whether ``line`` can take a call at ``now``."""
    if line.on is None or line.paid is None or line.faulty is None or line.free is None:
        return LineStanding.UNKNOWN
    obstacles = (
        (line.retired, LineStanding.RETIRED),
        (line.expires_at is not None and line.expires_at <= now, LineStanding.EXPIRED),
        (not line.paid, LineStanding.UNPAID),
        (not line.on, LineStanding.OFF),
        (line.faulty and not line.probe_due, LineStanding.FAULTY),
        (line.free < 1, LineStanding.BUSY),
        (line.faulty, LineStanding.PROBE),
    )
    return next((found for applies, found in obstacles if applies), LineStanding.USABLE)


def choose(lines: Sequence[RouteLine[Key]], number: Region, now: datetime) -> Choice[Key]:
    """Return the line by which to call a number at home in ``number``, and why; no line if none can take it.

    A line whose probe is due goes first, for that one call.
    """
    stands = [(line, standing(line, now)) for line in lines]
    able = [(line, how) for line, how in stands if how in _ABLE]
    if not able:
        return Choice(None, None, max((how for _, how in stands), key=_ORDER.index, default=LineStanding.UNKNOWN))
    line, how = min(able, key=lambda one: _rank(one[0], one[1], number))
    return Choice(line.id, _why(line, how, number, only=len(lines) == 1), how)


_ORDER = tuple(LineStanding)
_ABLE = frozenset({LineStanding.USABLE, LineStanding.PROBE})
_FAR = 3
_NEARNESS = (Why.CITY, Why.PROVINCE, Why.COUNTRY, Why.PRIORITY)


def _rank(line: RouteLine[Key], how: LineStanding, number: Region) -> tuple[bool, int, int, float, str]:
    load = 1 - (line.free or 0) / max(line.channels, 1)
    return how is not LineStanding.PROBE, _distance(line.home, number), line.priority, load, str(line.id)


def _distance(home: Region | None, number: Region) -> int:
    """Return 0 for a line of the number's city, 1 of its province, 2 of its country as a whole, else 3."""
    if home is None or not home.country or home.country != number.country:
        return _FAR
    if not home.province:
        return 2
    if home.province != number.province:
        return _FAR
    return 0 if home.city == number.city else 1


def _why(line: RouteLine[Key], how: LineStanding, number: Region, *, only: bool) -> Why:
    if how is LineStanding.PROBE:
        return Why.PROBE
    return Why.ONLY if only else _NEARNESS[_distance(line.home, number)]
