"""AI seats at a moment."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from callwright.seats.counting import PackState, SeatCount, days_left, days_used, state_of, total_at

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Bought:
    seats: int
    opens_at: datetime
    expires_at: datetime | None = None


def test_a_pack_counts_from_its_opening_until_its_expiry() -> None:
    pack = Bought(5, NOW, NOW + timedelta(days=1))
    assert total_at([pack], NOW - timedelta(microseconds=1)) == 0
    assert total_at([pack], NOW) == 5
    assert total_at([pack], NOW + timedelta(days=1) - timedelta(microseconds=1)) == 5
    assert total_at([pack], NOW + timedelta(days=1)) == 0
    assert total_at([Bought(3, NOW), pack], NOW + timedelta(days=400)) == 3


@given(st.integers(0, 100), st.integers(0, 100))
def test_free_seats_are_never_fewer_than_none(total: int, reserved: int) -> None:
    assert SeatCount(total, reserved, busy=0).free == max(0, total - reserved)


def test_a_pack_tells_whether_it_is_open_and_for_how_long() -> None:
    day = timedelta(days=1)
    pack = Bought(5, NOW, NOW + 10 * day)
    told = [
        (state_of(pack, at), days_used(pack, at), days_left(pack, at))
        for at in (NOW - day, NOW, NOW + day / 2, NOW + 9.5 * day, NOW + 10 * day, NOW + 30 * day)
    ]
    assert told == [
        (PackState.WAITING, 0, 11),
        (PackState.OPEN, 0, 10),
        (PackState.OPEN, 1, 10),
        (PackState.OPEN, 10, 1),
        (PackState.EXPIRED, 10, 0),
        (PackState.EXPIRED, 10, 0),
    ]
    assert days_left(Bought(5, NOW), NOW) is None
