"""Calling hours as a person sets them: from when to when, on which days, without which periods and holidays."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import ClassVar

from callwright.kit.errors import InvalidInputError

DAY_MINUTES = 1_440
MOST_HOLIDAYS = 200


class HoursOrderError(InvalidInputError):
    """Calling hours can't be {opens} to {closes}: they end after they begin, on one day, whose end is 00:00."""

    code = "hours-order"


class HoursWholeMinutesError(InvalidInputError):
    """{time} does not fit calling hours, which are whole minutes of local time. Write it as 09:30."""

    code = "hours-whole-minutes"


class NoCallingDayError(InvalidInputError):
    """Hours need at least one day of the week. Choose the days on which they hold."""

    code = "hours-no-day"


class TooManyHolidaysError(InvalidInputError):
    """{count} holidays are more than {most}. Leave out those that are over."""

    code = "hours-too-many-holidays"


class NoDialOrderError(InvalidInputError):
    """The no-dial period from {starts} to {ends} is empty: it ends after it starts, on one day. Swap the two."""

    code = "no-dial-order"


class NoDialOutsideError(InvalidInputError):
    """The no-dial period {starts} to {ends} leaves the calling hours, {opens} to {closes}. Keep it within them."""

    code = "no-dial-outside"


class NoDialOverlapError(InvalidInputError):
    """The no-dial period from {starts} to {ends} overlaps the one that ends at {earlier}. Join the two."""

    code = "no-dial-overlap"


class Weekday(StrEnum):
    """A day of the week, in the order of ``date.weekday()``."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


EVERY_DAY = frozenset(Weekday)


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a day, from ``starts`` up to but not including ``ends``; ``ends`` 00:00 is midnight at its end."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class CallingHours:
    """When calls may be made on which days, without the ``no_dial`` periods and the ``holidays``.

    All of it in whole minutes of the called person's local time; ``closes`` 00:00 is midnight at the day's end.
    Raises an InvalidInputError that says what is wrong.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    opens: time = time(9)
    closes: time = time(20)
    days: frozenset[Weekday] = EVERY_DAY
    no_dial: tuple[Period, ...] = ()
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        _check(self)


def _check(hours: CallingHours) -> None:
    _check_minutes(hours)
    opens, closes = minute_of(hours.opens), minute_of_end(hours.closes)
    if opens >= closes:
        raise HoursOrderError(opens=f"{hours.opens:%H:%M}", closes=f"{hours.closes:%H:%M}")
    if not hours.days:
        raise NoCallingDayError
    if len(hours.holidays) > MOST_HOLIDAYS:
        raise TooManyHolidaysError(count=len(hours.holidays), most=MOST_HOLIDAYS)
    earlier = opens
    for period in sorted(hours.no_dial, key=lambda one: one.starts):
        starts, ends = minute_of(period.starts), minute_of_end(period.ends)
        words = {"starts": f"{period.starts:%H:%M}", "ends": f"{period.ends:%H:%M}"}
        if starts >= ends:
            raise NoDialOrderError(**words)
        if starts < opens or ends > closes:
            raise NoDialOutsideError(**words, opens=f"{hours.opens:%H:%M}", closes=f"{hours.closes:%H:%M}")
        if starts < earlier:
            raise NoDialOverlapError(**words, earlier=f"{earlier // 60:02}:{earlier % 60:02}")
        earlier = ends


def _check_minutes(hours: CallingHours) -> None:
    times = [hours.opens, hours.closes, *(one for period in hours.no_dial for one in (period.starts, period.ends))]
    for one in times:
        if one.second or one.microsecond or one.tzinfo is not None:
            raise HoursWholeMinutesError(time=one.isoformat())


def minute_of(moment: time) -> int:
    """Return the minute of the day that ``moment`` begins."""
    return moment.hour * 60 + moment.minute


def minute_of_end(moment: time) -> int:
    """Return the minute of the day before which something ends at ``moment``: 00:00 is the end of the day."""
    return minute_of(moment) or DAY_MINUTES
