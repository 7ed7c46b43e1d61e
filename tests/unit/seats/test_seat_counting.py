"""AI seats at a moment."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from callwright.seats.counting import SeatCount, total_at

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
def test_free_seats_are_never_fewer_than_none(total: int, in_use: int) -> None:
    assert SeatCount(total, in_use).free == max(0, total - in_use)
