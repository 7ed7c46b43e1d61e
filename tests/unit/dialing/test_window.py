from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.calling_hours import (
    EVERY_DAY,
    MOST_HOLIDAYS,
    CallingHours,
    HoursOrderError,
    HoursWholeMinutesError,
    NoCallingDayError,
    NoDialOrderError,
    NoDialOutsideError,
    NoDialOverlapError,
    Period,
    TooManyHolidaysError,
    Weekday,
)
from callwright.dialing.window import (
    Closed,
    ClosedReason,
    HoursNeverMeetError,
    Open,
    UnknownTimeZoneError,
    by_weekday,
    meeting,
    narrowed,
    opening,
    soonest,
    timetable,
    zone_named,
)

NEW_YORK = ("America/New_York",)
ZONES = [
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Europe/Paris",
    "Europe/London",
    "Africa/Casablanca",
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Honolulu",
    "America/Scoresbysund",
]
DST_DAYS = [
    datetime(2026, 3, 8, tzinfo=UTC),
    datetime(2026, 3, 29, tzinfo=UTC),
    datetime(2026, 4, 5, tzinfo=UTC),
    datetime(2026, 9, 27, tzinfo=UTC),
    datetime(2026, 10, 4, tzinfo=UTC),
    datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC),
    datetime(2011, 12, 29, tzinfo=UTC),
]


def clock(minute: int) -> time:
    return time(*divmod(minute % 1440, 60))


@st.composite
def hours(draw: st.DrawFn) -> CallingHours:
    edges = sorted(draw(st.lists(st.integers(0, 1440), min_size=2, max_size=8, unique=True)))
    opens, *inner, closes = edges
    periods = tuple(
        Period(clock(starts), clock(ends)) for starts, ends in zip(inner[::2], inner[1::2], strict=False)
    )
    days = draw(st.frozensets(st.sampled_from(Weekday), min_size=1))
    holidays = draw(st.frozensets(st.dates(date(2026, 3, 1), date(2026, 11, 5)), max_size=2))
    return CallingHours(clock(opens), clock(closes), days, periods, holidays)


moments = st.one_of(
    st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.builds(lambda day, s: day + timedelta(seconds=s), st.sampled_from(DST_DAYS), st.integers(-3600, 2 * 86_400)),
)
zone_sets = st.lists(st.sampled_from(ZONES), min_size=1, max_size=3, unique=True).map(tuple)


def open_by_the_clock(one: CallingHours, zone: str, now: datetime) -> bool:
    """What a person with a wall clock and the hours on paper would say."""
    local = now.astimezone(ZoneInfo(zone))
    shown = local.time().replace(second=0, microsecond=0)
    return (
        local.date() not in one.holidays
        and tuple(Weekday)[local.weekday()] in one.days
        and one.opens <= shown
        and (one.closes == time(0) or shown < one.closes)
        and not any(p.starts <= shown and (p.ends == time(0) or shown < p.ends) for p in one.no_dial)
    )


@given(hours(), zone_sets, moments)
def test_open_is_what_every_wall_clock_says(one: CallingHours, zones: tuple[str, ...], now: datetime) -> None:
    found = opening(timetable(one), zones, now)
    assert isinstance(found, Open) == all(open_by_the_clock(one, zone, now) for zone in zones)


@given(hours(), zone_sets, moments, st.integers(0, 10**6))
def test_nothing_changes_before_the_moment_told_and_all_does_at_it(
    one: CallingHours, zones: tuple[str, ...], now: datetime, part: int
) -> None:
    table = timetable(one)
    found = opening(table, zones, now)
    change = found.until if isinstance(found, Open) else found.opens_at
    if change is None:
        return
    assert change > now
    between = now + (change - now) * part / 10**6
    if between < change:
        assert isinstance(opening(table, zones, between), Open) == isinstance(found, Open)
    always = one == CallingHours(time(0), time(0), holidays=one.holidays)
    assert always or isinstance(opening(table, zones, change), Open) != isinstance(found, Open)


@given(st.lists(hours(), min_size=1, max_size=3), st.sampled_from(ZONES), moments)
def test_hours_together_only_narrow(several: list[CallingHours], zone: str, now: datetime) -> None:
    together = opening(timetable(*several), (zone,), now)
    each = [opening(timetable(one), (zone,), now) for one in several]
    assert isinstance(together, Open) == all(isinstance(one, Open) for one in each)
    if isinstance(together, Closed):
        assert together.reason in {one.reason for one in each if isinstance(one, Closed)}


@given(hours(), moments)
def test_hours_told_day_by_day_are_the_same_hours(one: CallingHours, now: datetime) -> None:
    apart = [CallingHours(one.opens, one.closes, frozenset({day}), one.no_dial, one.holidays) for day in one.days]
    assert opening(by_weekday(apart), NEW_YORK, now) == opening(timetable(one), NEW_YORK, now)
    assert opening(meeting(by_weekday(apart), timetable(one)), NEW_YORK, now) == opening(
        timetable(one), NEW_YORK, now
    )


def test_a_week_of_calling_hours_minute_by_minute() -> None:
    table = timetable(CallingHours(no_dial=(Period(time(12), time(14)),), days=EVERY_DAY - {Weekday.SUNDAY}))
    monday = datetime(2026, 3, 23, tzinfo=UTC)
    open_minutes = {
        zone: sum(
            isinstance(opening(table, (zone,), monday + timedelta(minutes=minute)), Open)
            for minute in range(10_080)
        )
        for zone in ZONES
    }
    assert set(open_minutes.values()) == {6 * 9 * 60}


@pytest.mark.parametrize(
    ("now", "reason", "opens_at"),
    [
        ("2026-06-03 08:59", ClosedReason.BEFORE_HOURS, "2026-06-03 09:00"),
        ("2026-06-03 12:30", ClosedReason.NO_DIAL_PERIOD, "2026-06-03 14:00"),
        ("2026-06-03 20:00", ClosedReason.AFTER_HOURS, "2026-06-05 09:00"),
        ("2026-06-04 10:00", ClosedReason.HOLIDAY, "2026-06-05 09:00"),
        ("2026-06-06 10:00", ClosedReason.DAY_OFF, "2026-06-08 09:00"),
    ],
)
def test_a_closed_window_tells_why_and_when_it_opens(now: str, reason: ClosedReason, opens_at: str) -> None:
    one = CallingHours(
        days=EVERY_DAY - {Weekday.SATURDAY, Weekday.SUNDAY},
        no_dial=(Period(time(12), time(14)),),
        holidays=frozenset({date(2026, 6, 4)}),
    )
    place = ZoneInfo("Asia/Shanghai")
    found = opening(timetable(one), ("Asia/Shanghai",), datetime.fromisoformat(now).replace(tzinfo=place))
    assert found == Closed(reason, datetime.fromisoformat(opens_at).replace(tzinfo=place))


def test_an_opening_in_the_hour_that_is_skipped_comes_with_the_first_minute_after_it() -> None:
    table = timetable(CallingHours(time(2, 30), time(5)))
    found = opening(table, NEW_YORK, datetime(2026, 3, 8, 6, 0, tzinfo=UTC))
    assert found == Closed(ClosedReason.BEFORE_HOURS, datetime(2026, 3, 8, 7, 0, tzinfo=UTC))


def test_the_hour_that_comes_twice_is_judged_by_the_clock_both_times() -> None:
    table = timetable(CallingHours(time(1, 30), time(5)))
    first = opening(table, NEW_YORK, datetime(2026, 11, 1, 5, 45, tzinfo=UTC))
    assert first == Open(datetime(2026, 11, 1, 6, 0, tzinfo=UTC))
    between = opening(table, NEW_YORK, datetime(2026, 11, 1, 6, 15, tzinfo=UTC))
    assert between == Closed(ClosedReason.BEFORE_HOURS, datetime(2026, 11, 1, 6, 30, tzinfo=UTC))


def test_a_number_that_may_be_on_either_coast_is_called_when_both_are_awake() -> None:
    table = timetable(CallingHours())
    coasts = ("America/New_York", "America/Los_Angeles")
    morning = opening(table, coasts, datetime(2026, 6, 3, 15, 0, tzinfo=UTC))
    assert morning == Closed(ClosedReason.BEFORE_HOURS, datetime(2026, 6, 3, 16, 0, tzinfo=UTC))
    assert opening(table, coasts, datetime(2026, 6, 3, 16, 0, tzinfo=UTC)) == Open(
        datetime(2026, 6, 4, 0, 0, tzinfo=UTC)
    )


@pytest.mark.parametrize("zones", [(), ("Mars/Olympus",), ("Europe/Paris", "../etc/passwd"), ("",), ("America",)])
def test_an_unknown_zone_is_never_open(zones: tuple[str, ...]) -> None:
    around_the_clock = timetable(CallingHours(time(0), time(0)))
    found = opening(around_the_clock, zones, datetime(2026, 6, 3, 12, tzinfo=UTC))
    assert found == Closed(ClosedReason.UNKNOWN_ZONE, None)


def test_a_time_zone_is_named_as_the_list_does() -> None:
    assert zone_named("Asia/Shanghai").key == "Asia/Shanghai"
    with pytest.raises(UnknownTimeZoneError, match="Mars/Olympus"):
        zone_named("Mars/Olympus")


def test_a_moment_without_a_zone_is_refused_rather_than_guessed() -> None:
    with pytest.raises(TypeError):
        opening(timetable(CallingHours()), NEW_YORK, datetime(2026, 6, 3, 12))  # noqa: DTZ001


def test_a_task_narrows_its_tenants_hours_and_never_widens_them() -> None:
    tenant = CallingHours()
    wide = narrowed(tenant, CallingHours(time(6), time(23)))
    at_eight = datetime(2026, 6, 3, 8, 0, tzinfo=ZoneInfo("Europe/Paris"))
    assert opening(wide, ("Europe/Paris",), at_eight) == opening(
        narrowed(tenant, None), ("Europe/Paris",), at_eight
    )
    with pytest.raises(HoursNeverMeetError, match="09:00 to 20:00"):
        narrowed(tenant, CallingHours(time(20), time(23)))


def test_hours_that_never_open_say_so_without_a_moment() -> None:
    never = timetable(CallingHours(closes=time(12)), CallingHours(opens=time(12)))
    found = opening(never, NEW_YORK, datetime(2026, 6, 3, 15, tzinfo=UTC))
    assert isinstance(found, Closed)
    assert found.opens_at is None


def test_a_task_in_several_places_goes_on_while_anyone_may_be_called() -> None:
    table = timetable(CallingHours())
    now = datetime(2026, 6, 3, 17, 30, tzinfo=UTC)
    paris, york, shanghai = (
        opening(table, (zone,), now) for zone in ("Europe/Paris", "America/New_York", "Asia/Shanghai")
    )
    assert soonest([shanghai, paris, york]) == york
    assert soonest([shanghai]) == shanghai
    later = now.replace(hour=4) + timedelta(days=1)
    asleep = [opening(table, (zone,), later) for zone in ("America/New_York", "Europe/Paris")]
    assert soonest([*asleep, Closed(ClosedReason.UNKNOWN_ZONE, None)]) == asleep[1]
    assert soonest([]) is None


@pytest.mark.parametrize(
    ("given_hours", "error", "words"),
    [
        ({"opens": time(20), "closes": time(9)}, HoursOrderError, "20:00 to 09:00"),
        ({"opens": time(9), "closes": time(9)}, HoursOrderError, "09:00 to 09:00"),
        ({"opens": time(9, 0, 30)}, HoursWholeMinutesError, "09:00:30"),
        ({"days": frozenset()}, NoCallingDayError, "one day"),
        ({"no_dial": (Period(time(14), time(12)),)}, NoDialOrderError, "14:00 to 12:00"),
        ({"no_dial": (Period(time(8), time(10)),)}, NoDialOutsideError, "09:00 to 20:00"),
        (
            {"no_dial": (Period(time(12), time(14)), Period(time(13), time(15)))},
            NoDialOverlapError,
            "13:00 to 15:00 overlaps the one that ends at 14:00",
        ),
    ],
)
def test_bad_hours_are_refused_with_what_and_why(
    given_hours: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        CallingHours(**given_hours)  # type: ignore[arg-type]


def test_holidays_are_a_few_years_of_days_at_most() -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(MOST_HOLIDAYS + 1)]
    assert CallingHours(holidays=frozenset(days[1:])).holidays
    with pytest.raises(TooManyHolidaysError, match="201 holidays are more than 200"):
        CallingHours(holidays=frozenset(days))
