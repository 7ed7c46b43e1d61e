"""When messages may leave: on the recipient's clock, across zones and changes of it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from callwright.dialing.calling_hours import CallingHours
from callwright.texting.windows import ALL_DAY, OFFICE_HOURS, WINDOWS, MessageKind, leave

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
