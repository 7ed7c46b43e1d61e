"""When messages may leave: on the recipient's clock, across zones and changes of it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from callwright.dialing.calling_hours import CallingHours, Weekday
from callwright.dialing.window import by_weekday
from callwright.texting.windows import ALL_DAY, OFFICE_HOURS, WINDOWS, MessageKind, leave, within

ZONES = (
    "Asia/Shanghai",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
)
moments = st.integers(0, 2 * 366 * 86_400).map(
    lambda second: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)
windows = st.tuples(st.integers(0, 22), st.integers(1, 1439)).map(
    lambda given: CallingHours(time(given[0]), time(*divmod(min(1439, given[0] * 60 + given[1]), 60)))
)


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Asia/Shanghai"))  # type: ignore[misc, arg-type]


@pytest.mark.parametrize("kind", [MessageKind.MARKETING, MessageKind.FINANCIAL])
@pytest.mark.parametrize(
    ("now", "at"),
    [
        (shanghai(2026, 11, 28, 8, 59, 59), shanghai(2026, 11, 28, 9)),
        (shanghai(2026, 11, 28, 9), shanghai(2026, 11, 28, 9)),
        (shanghai(2026, 11, 28, 17, 59, 59), shanghai(2026, 11, 28, 17, 59, 59)),
        (shanghai(2026, 11, 28, 18), shanghai(2026, 11, 29, 9)),
        (shanghai(2026, 11, 28, 23, 59, 59), shanghai(2026, 11, 29, 9)),
    ],
)
def test_what_is_late_is_held_until_nine_on_the_next_day(kind: MessageKind, now: datetime, at: datetime) -> None:
    assert leave(WINDOWS[kind], ("Asia/Shanghai",), now).at == at


def test_a_service_message_leaves_at_any_hour_and_asks_for_no_clock() -> None:
    now = datetime(2026, 11, 28, 3, tzinfo=UTC)

    assert leave(WINDOWS[MessageKind.SERVICE], (), now).at == now


@pytest.mark.parametrize("zones", [(), ("Mars/Olympus",)])
def test_where_nobody_knows_the_clock_nothing_leaves(zones: tuple[str, ...]) -> None:
    assert leave(OFFICE_HOURS, zones, datetime(2026, 11, 28, 12, tzinfo=UTC)).at is None


@given(windows, st.sampled_from(ZONES), moments)
@example(OFFICE_HOURS, "Europe/London", datetime(2026, 3, 28, 18, tzinfo=UTC))
@example(OFFICE_HOURS, "Europe/London", datetime(2026, 10, 24, 17, tzinfo=UTC))
@example(CallingHours(time(1), time(2)), "Europe/London", datetime(2026, 3, 28, 18, tzinfo=UTC))
def test_it_leaves_at_the_first_second_within_the_window(hours: CallingHours, zone: str, now: datetime) -> None:
    at = leave(hours, (zone,), now).at

    assert at is not None
    assert at >= now
    assert _open(hours, zone, at)
    # At once, or at the very moment at which the window opens, and never days later.
    assert at == now or not _open(hours, zone, at - timedelta(seconds=1))
    assert at - now < timedelta(hours=49)
    if _open(hours, zone, now):
        assert at == now


@given(st.lists(st.sampled_from(ZONES), min_size=1, max_size=2, unique=True), moments)
def test_whose_clock_is_one_of_several_is_written_to_when_all_allow_it(zones: list[str], now: datetime) -> None:
    at = leave(OFFICE_HOURS, tuple(zones), now).at

    assert at is None or all(_open(OFFICE_HOURS, zone, at) for zone in zones)


def _open(hours: CallingHours, zone: str, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(zone)).time()
    return hours == ALL_DAY or hours.opens <= local < hours.closes


NARROW = by_weekday((CallingHours(time(10), time(17), frozenset({Weekday.MONDAY, Weekday.FRIDAY})),))
"""What a strict country allows."""


@given(windows, st.sampled_from(ZONES), moments)
@example(CallingHours(time(7), time(23)), "Europe/London", datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC))
@example(CallingHours(time(7), time(23)), "America/New_York", datetime(2026, 11, 1, 5, 59, 59, tzinfo=UTC))
def test_a_country_only_narrows_what_a_company_has_set(hours: CallingHours, zone: str, now: datetime) -> None:
    at = leave(hours, (zone,), now, country=NARROW).at
    if at is None:
        assert not within(hours, NARROW).ever_open
        return
    local = at.astimezone(ZoneInfo(zone))
    assert at >= now
    assert _open(hours, zone, at)
    assert local.weekday() in (0, 4)
    assert time(10) <= local.time() < time(17)


@pytest.mark.parametrize("closes", [time(17, 30), time(18), time(20)])
def test_the_last_second_of_any_window_leaves_and_the_next_one_waits(closes: time) -> None:
    hours, zone = CallingHours(time(8), closes), ZoneInfo("Europe/London")
    for day in (datetime(2026, 3, 28, tzinfo=zone), datetime(2026, 10, 24, tzinfo=zone)):
        end = day.replace(hour=closes.hour, minute=closes.minute)
        last = end - timedelta(seconds=1)
        assert leave(hours, ("Europe/London",), last).at == last
        assert leave(hours, ("Europe/London",), end).at == day.replace(hour=8) + timedelta(days=1)


def test_even_at_any_hour_a_country_s_hours_hold_and_ask_for_a_clock() -> None:
    noon = datetime(2026, 11, 28, 12, tzinfo=UTC)
    assert leave(ALL_DAY, (), noon, country=NARROW).at is None
    assert leave(ALL_DAY, ("UTC",), noon, country=NARROW).at == datetime(2026, 11, 30, 10, tzinfo=UTC)
