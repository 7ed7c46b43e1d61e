"""The pace of a task and its end."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.estimate import finishing_about, pace_lately, possible_pace

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CALL_S = 60.0


def _starts(*seconds_ago: float) -> list[datetime]:
    return [NOW - timedelta(seconds=ago) for ago in seconds_ago]


def _pace(started: list[datetime], *, calls_at_once: int = 10, now: datetime = NOW) -> float | None:
    return pace_lately(started, now, calls_at_once=calls_at_once, seconds_per_call=CALL_S)


def test_what_is_possible_follows_from_how_long_calls_last() -> None:
    assert possible_pace(10, CALL_S) == 10
    assert possible_pace(10, None) is None
    assert possible_pace(0, CALL_S) is None


def test_the_pace_is_that_of_the_latest_calls() -> None:
    every_20_s = _starts(*range(20, 420, 20))
    assert _pace(every_20_s) == pytest.approx(3)
    rounds = _starts(60, 60, 60, 120, 120, 120)
    assert _pace(rounds, calls_at_once=3) == pytest.approx(3)


def test_a_pause_is_no_slowness() -> None:
    before = _starts(*range(3600, 4020, 20))
    assert _pace(before) == pytest.approx(60 / 20, rel=0.2), "it goes on as it did before a pause"
    again = _starts(*range(20, 420, 20))
    assert _pace(again + before) == _pace(again)


def test_the_first_calls_of_all_begin_quicker_than_it_goes_on() -> None:
    assert _pace([]) == 10
    assert _pace(_starts(1, 2, 3, 4, 5, 6, 7, 8)) == 10
    assert pace_lately([], NOW, calls_at_once=10, seconds_per_call=None) is None


@given(st.lists(st.floats(0, 7200), max_size=80), st.integers(1, 20))
def test_the_pace_is_above_nothing_and_never_more_than_possible(ago: list[float], calls_at_once: int) -> None:
    pace = _pace(_starts(*sorted(ago)), calls_at_once=calls_at_once)
    assert pace is not None
    assert 0 < pace <= calls_at_once


def test_the_end_follows_from_the_pace() -> None:
    assert finishing_about(NOW, to_start=100, pace=None, seconds_per_call=None) is None
    about = finishing_about(NOW, to_start=100, pace=10, seconds_per_call=30)
    assert about == NOW + timedelta(minutes=10, seconds=30)
    tomorrow = NOW + timedelta(days=1)
    about = finishing_about(NOW, to_start=100, pace=10, seconds_per_call=30, last_due=tomorrow)
    assert about == tomorrow + timedelta(seconds=30), "whoever is to be called again tomorrow is not done today"
