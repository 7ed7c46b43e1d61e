"""When the end of a pack is worth a warning, by the company's own calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.warnings.expiry import stage_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
ENDS = datetime(2026, 6, 30, 16, 0, tzinfo=UTC)
"""Midnight in Shanghai: the 30th of June is the last day."""


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ((5, 30), ""),
        ((5, 31), "30"),
        ((6, 22), "30"),
        ((6, 23), "7"),
        ((6, 29), "7"),
        ((6, 30), "0"),
        ((7, 1), "0"),
        ((7, 6), "0"),
        ((7, 7), "-7"),
        ((7, 30), "-7"),
        ((7, 31), ""),
    ],
)
def test_each_stage_begins_with_its_day_in_the_companys_zone(day: tuple[int, int], stage: str) -> None:
    begins = datetime(2026, *day, tzinfo=SHANGHAI)
    assert stage_of(ENDS, begins, SHANGHAI) == stage
    assert stage_of(ENDS, begins + timedelta(hours=23, minutes=59), SHANGHAI) == stage


@given(
    ends=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu"]),
)
def test_stages_come_in_their_order_and_each_once(ends: datetime, zone: str) -> None:
    hours = (ends + timedelta(hours=one) for one in range(-24 * 40, 24 * 40, 7))
    seen = [stage_of(ends, hour, ZoneInfo(zone)) for hour in hours]
    changes = [stage for before, stage in zip(["", *seen], seen, strict=False) if stage != before]
    assert changes == ["30", "7", "0", "-7", ""]
