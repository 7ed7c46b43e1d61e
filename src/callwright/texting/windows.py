"""When a text message may leave, by its kind, on the recipient's own clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from functools import lru_cache

from callwright.dialing.calling_hours import CallingHours
from callwright.dialing.window import Open, Timetable, meeting, opening, timetable


class MessageKind(StrEnum):
    """What a message is for."""

    MARKETING = "marketing"
    FINANCIAL = "financial"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Leave:
    """The message may leave from ``at`` on; ``None`` where it never may, as nobody knows the recipient's clock."""

    at: datetime | None


OFFICE_HOURS = CallingHours(time(9), time(18))
ALL_DAY = CallingHours(time(0), time(0))
WINDOWS: Mapping[MessageKind, CallingHours] = {
    MessageKind.MARKETING: OFFICE_HOURS,
    MessageKind.FINANCIAL: OFFICE_HOURS,
    MessageKind.SERVICE: ALL_DAY,
}
"""Where a company has set nothing else."""
AS_CALLS = frozenset({MessageKind.MARKETING, MessageKind.FINANCIAL})
"""The kinds that leave only while the recipient's country lets people be called, whatever a company has set."""


def leave(hours: CallingHours, zones: tuple[str, ...], now: datetime, *, country: Timetable | None = None) -> Leave:
    """Say when a message that is ready ``now`` may leave for somebody in one of ``zones``, nobody knows in which.

    It leaves while it is open in all of them: at 17:59:59 at once, at 18:00:00 on the next day. ``country`` only
    narrows ``hours``. Where it may leave at any hour, no clock is needed.
    """
    if hours == ALL_DAY and country is None:
        return Leave(now)
    found = opening(within(hours, country), zones, now)
    return Leave(now if isinstance(found, Open) else found.opens_at)


@lru_cache(maxsize=4096)
def within(hours: CallingHours, country: Timetable | None) -> Timetable:
    """Return ``hours`` as far as ``country`` allows them; all of them without one."""
    return timetable(hours) if country is None else meeting(timetable(hours), country)
