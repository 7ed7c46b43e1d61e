"""When people may be called: calling hours in the called person's own time zone.

Hours are what the wall clock of the called person shows. Where daylight saving skips an hour, a window that would
have begun in it begins with the first minute after it; where an hour comes twice, both times are judged by what the
clock shows. Several hours (the tenant's, the task's, a country's) are combined so that each of them only narrows.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from callwright.dialing.calling_hours import DAY_MINUTES, CallingHours, Weekday, minute_of, minute_of_end
from callwright.kit.errors import InvalidInputError

DAY_S = 86_400
HORIZON_DAYS = 62
"""How far ahead the next opening or closing is looked for."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


class HoursNeverMeetError(InvalidInputError):
    """The task's hours never meet the tenant's, {opens} to {closes}. Choose hours and days within them."""

    code = "hours-never-meet"


class UnknownTimeZoneError(InvalidInputError):
    """There is no time zone {name!r}. Write it as the IANA list does, such as Europe/Paris or Asia/Shanghai."""

    code = "unknown-time-zone"


class ClosedReason(StrEnum):
    """Why nobody may be called at a moment; where several hold, the first of these is told."""

    UNKNOWN_ZONE = "unknown_zone"
    HOLIDAY = "holiday"
    DAY_OFF = "day_off"
    BEFORE_HOURS = "before_hours"
    AFTER_HOURS = "after_hours"
    NO_DIAL_PERIOD = "no_dial_period"


_WEIGHT = {reason: order for order, reason in enumerate(ClosedReason)}


@dataclass(frozen=True, slots=True)
class Open:
    """Calls may be made, until ``until`` (which is not open any more, or is as far ahead as was looked)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """No calls now, because of ``reason``; again from ``opens_at``, ``None`` if not within HORIZON_DAYS."""

    reason: ClosedReason
    opens_at: datetime | None


Opening = Open | Closed

Change = tuple[int, ClosedReason | None]
"""From this minute of a day (or second since 1970) on: closed for this reason, or open."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """Calling hours made ready: what each weekday's minutes are, and the days that are holidays."""

    weekdays: tuple[tuple[Change, ...], ...]
    holidays: frozenset[date]
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Every look-up in the caches below asks for it.
        object.__setattr__(self, "_hash", hash((self.weekdays, self.holidays)))

    def __hash__(self) -> int:
        return self._hash

    def changes(self, day: date) -> tuple[Change, ...]:
        """Return what ``day`` is from which minute on; the first begins at minute 0."""
        if day in self.holidays:
            return ((0, ClosedReason.HOLIDAY),)
        return self.weekdays[day.weekday()]

    def reason_at(self, local: datetime) -> ClosedReason | None:
        """Return why nobody may be called when the called person's clock shows ``local``; ``None`` when open."""
        changes = self.changes(local.date())
        minute = local.hour * 60 + local.minute
        return changes[bisect_right(changes, minute, key=_moment) - 1][1]

    @property
    def ever_open(self) -> bool:
        """Whether there is a minute in an ordinary week in which calls may be made."""
        return any(reason is None for changes in self.weekdays for _, reason in changes)


@lru_cache(maxsize=4096)
def timetable(*hours: CallingHours) -> Timetable:
    """Combine ``hours``: open is what is open in each of them."""
    return meeting(*(_alone(one) for one in hours))


def meeting(first: Timetable, *others: Timetable) -> Timetable:
    """Combine timetables: open is what is open in each of them."""
    tables = (first, *others)
    weekdays = tuple(_narrowed([table.weekdays[day] for table in tables]) for day in range(len(Weekday)))
    return Timetable(weekdays, frozenset().union(*(table.holidays for table in tables)))


def by_weekday(hours: Sequence[CallingHours]) -> Timetable:
    """Put hours of different days together: each weekday follows the one of ``hours`` that names it, if any."""
    days: dict[Weekday, tuple[Change, ...]] = dict.fromkeys(Weekday, ((0, ClosedReason.DAY_OFF),))
    for one in hours:
        days |= {day: _weekday(one, day) for day in one.days}
    return Timetable(tuple(days.values()), frozenset().union(*(one.holidays for one in hours)))


def narrowed(tenant: CallingHours, task: CallingHours | None) -> Timetable:
    """Return a task's effective hours: its own within its tenant's. Raises HoursNeverMeetError if none remain."""
    table = timetable(tenant) if task is None else timetable(tenant, task)
    if not table.ever_open:
        raise HoursNeverMeetError(opens=f"{tenant.opens:%H:%M}", closes=f"{tenant.closes:%H:%M}")
    return table


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """Return the time zone ``name`` (IANA, such as ``Europe/Paris``). Raises UnknownTimeZoneError."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UnknownTimeZoneError(name=name) from None


def opening(table: Timetable, zones: tuple[str, ...], now: datetime) -> Opening:
    """Say whether a person may be called at ``now`` (aware) who is in one of ``zones``, nobody knows in which.

    Open only where it is open in all of them. No zone, or one that does not exist, is never open.
    """
    second = (now - _EPOCH) // _SECOND
    day = second // DAY_S
    try:
        changes = _day(table, zones, day)
    except UnknownTimeZoneError:
        return Closed(ClosedReason.UNKNOWN_ZONE, None)
    return _opening_from(table, zones, day, bisect_right(changes, second, key=_moment) - 1)


def soonest(openings: Iterable[Opening]) -> Opening | None:
    """Return how a task with people in several places stands.

    Open for the longest while anyone may be called, else closed until the first may be; ``None`` without anyone.
    """
    known = list(openings)
    if still_open := [one for one in known if isinstance(one, Open)]:
        return max(still_open, key=lambda one: one.until)
    closed = [one for one in known if isinstance(one, Closed)]
    return min(closed, key=lambda one: one.opens_at or datetime.max.replace(tzinfo=UTC), default=None)


@lru_cache(maxsize=16_384)
def _opening_from(table: Timetable, zones: tuple[str, ...], day: int, index: int) -> Opening:
    reason = _day(table, zones, day)[index][1]
    change = _next_change(table, zones, day, index)
    if reason is None:
        return Open(_at(change if change is not None else (day + HORIZON_DAYS) * DAY_S))
    return Closed(reason, None if change is None else _at(change))


def _next_change(table: Timetable, zones: tuple[str, ...], day: int, index: int) -> int | None:
    """Return the second at which open turns to closed or closed to open, after change ``index`` of ``day``."""
    was_open = _day(table, zones, day)[index][1] is None
    if not was_open and not table.ever_open:
        return None
    for ahead in range(HORIZON_DAYS):
        for second, reason in _day(table, zones, day + ahead)[index + 1 if ahead == 0 else 0 :]:
            if (reason is None) != was_open:
                return second
    return None


@lru_cache(maxsize=16_384)
def _day(table: Timetable, zones: tuple[str, ...], day: int) -> tuple[Change, ...]:
    """Return what the UTC day number ``day`` is from which second since 1970 on, all ``zones`` taken together."""
    if not zones:
        raise UnknownTimeZoneError(name="")
    places = [zone_named(name) for name in zones]
    moments = sorted({moment for place in places for moment in _moments(table, place, day)})
    changes: list[Change] = []
    for moment in moments:
        reason = _heaviest(table.reason_at(datetime.fromtimestamp(moment, place)) for place in places)
        if not changes or changes[-1][1] != reason:
            changes.append((moment, reason))
    return tuple(changes)


def _moments(table: Timetable, zone: ZoneInfo, day: int) -> Iterator[int]:
    """Yield every second of a UTC day at which ``zone`` may come to be open or closed."""
    begin, end = day * DAY_S, (day + 1) * DAY_S
    yield begin
    yield from _clock_changes(zone, begin, end)
    last = datetime.fromtimestamp(end, zone).date()
    local = datetime.fromtimestamp(begin, zone).date()
    while local <= last:
        for minute, _ in table.changes(local):
            wall = datetime.combine(local, time(*divmod(minute, 60)), tzinfo=zone)
            for reading in (wall, wall.replace(fold=1)):
                if begin < (second := int(reading.timestamp())) < end:
                    yield second
        local += timedelta(days=1)


def _clock_changes(zone: ZoneInfo, begin: int, end: int) -> Iterator[int]:
    """Yield the seconds at which the clocks of ``zone`` are changed, which is never twice in a quarter of a day."""
    for low in range(begin, end, DAY_S // 4):
        high = low + DAY_S // 4
        before = _offset(zone, low)
        if _offset(zone, high) == before:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
        if high < end:
            yield high


def _offset(zone: ZoneInfo, second: int) -> timedelta | None:
    return datetime.fromtimestamp(second, zone).utcoffset()


def _alone(hours: CallingHours) -> Timetable:
    weekdays = tuple(_weekday(hours, day) for day in Weekday)
    return Timetable(weekdays, hours.holidays)


def _weekday(hours: CallingHours, day: Weekday) -> tuple[Change, ...]:
    if day not in hours.days:
        return ((0, ClosedReason.DAY_OFF),)
    changes: dict[int, ClosedReason | None] = {0: ClosedReason.BEFORE_HOURS, minute_of(hours.opens): None}
    for period in sorted(hours.no_dial, key=lambda one: one.starts):
        changes[minute_of(period.starts)] = ClosedReason.NO_DIAL_PERIOD
        changes[minute_of_end(period.ends)] = None
    changes[minute_of_end(hours.closes)] = ClosedReason.AFTER_HOURS
    return tuple((minute, reason) for minute, reason in sorted(changes.items()) if minute < DAY_MINUTES)


def _narrowed(days: Sequence[Sequence[Change]]) -> tuple[Change, ...]:
    changes: list[Change] = []
    for minute in sorted({minute for day in days for minute, _ in day}):
        reason = _heaviest(day[bisect_right(day, minute, key=_moment) - 1][1] for day in days)
        if not changes or changes[-1][1] != reason:
            changes.append((minute, reason))
    return tuple(changes)


def _heaviest(reasons: Iterable[ClosedReason | None]) -> ClosedReason | None:
    return min((reason for reason in reasons if reason is not None), key=_WEIGHT.__getitem__, default=None)


def _moment(change: Change) -> int:
    return change[0]


def _at(second: int) -> datetime:
    return _EPOCH + timedelta(seconds=second)
