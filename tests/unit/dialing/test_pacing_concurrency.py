import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.adaptive import Floor
from callwright.dialing.concurrency import (
    CeilingError,
    Concurrency,
    ConcurrencyMode,
    LostLimitError,
    MultiRangeError,
    calls_to_start,
    check_concurrency,
    get_multi_range,
)
from callwright.dialing.outlook import look_ahead
from callwright.dialing.pacing_state import begin

OUTLOOK = look_ahead(begin(), hold_s=2.0)


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_plain_and_multi_keep_exactly_their_number(seats: int, talking: int, ringing: int) -> None:
    floor = Floor(seats, [1.0] * talking, [1.0] * ringing, 0, 0.25)
    plain = Concurrency(ConcurrencyMode.PLAIN, seats)
    multi = Concurrency(ConcurrencyMode.MULTI, seats, calls=2 * seats)
    assert calls_to_start(plain, OUTLOOK, floor) == max(0, seats - talking - ringing)
    assert calls_to_start(multi, OUTLOOK, floor) == max(0, 2 * seats - talking - ringing)


def test_adaptive_stays_under_its_ceiling() -> None:
    adaptive = Concurrency(ConcurrencyMode.ADAPTIVE, 10)
    assert adaptive.most == 20
    assert calls_to_start(adaptive, OUTLOOK, Floor(10, [1.0] * 10, [1.0] * 10, 0, 1.0)) == 0


@given(st.integers(2, 500))
def test_multi_is_from_one_more_to_twice_the_seats(seats: int) -> None:
    allowed = get_multi_range(seats)
    assert allowed is not None
    assert (allowed[0], allowed[-1]) == (seats + 1, 2 * seats)
    for calls in (seats + 1, 2 * seats):
        check_concurrency(Concurrency(ConcurrencyMode.MULTI, seats, calls=calls))
    for calls in (seats, 2 * seats + 1):
        with pytest.raises(MultiRangeError, match=f"{seats + 1} to {2 * seats}"):
            check_concurrency(Concurrency(ConcurrencyMode.MULTI, seats, calls=calls))


def test_one_seat_has_no_multi_concurrency() -> None:
    assert get_multi_range(1) is None
    with pytest.raises(MultiRangeError, match="needs 2 AI seats"):
        check_concurrency(Concurrency(ConcurrencyMode.MULTI, 1, calls=2))
    check_concurrency(Concurrency(ConcurrencyMode.PLAIN, 1))


def test_a_higher_ceiling_is_the_operators_to_allow_and_ends_at_four() -> None:
    high = Concurrency(ConcurrencyMode.ADAPTIVE, 10, ceiling=4.0)
    with pytest.raises(CeilingError, match="1 to 2 calls"):
        check_concurrency(high)
    check_concurrency(high, highest_ceiling=4.0)
    with pytest.raises(CeilingError, match="1 to 4 calls"):
        check_concurrency(Concurrency(ConcurrencyMode.ADAPTIVE, 10, ceiling=5.0), highest_ceiling=9.0)


@pytest.mark.parametrize("limit", [-0.01, 0.2])
def test_a_lost_limit_beyond_reason_is_refused(limit: float) -> None:
    with pytest.raises(LostLimitError):
        check_concurrency(Concurrency(ConcurrencyMode.ADAPTIVE, 10, lost_limit=limit))


@given(st.integers(1, 500), st.integers(1, 2000))
def test_a_ceiling_kept_as_calls_for_each_seat_gives_its_calls_back(seats: int, calls: int) -> None:
    assert Concurrency(ConcurrencyMode.ADAPTIVE, seats, ceiling=calls / seats).most == calls
