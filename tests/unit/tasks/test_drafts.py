"""Every refusal of a task to be made, and what is chosen for one that is not refused."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.concurrency import CeilingError, ConcurrencyMode, LostLimitError, MultiRangeError
from callwright.kit.errors import InvalidInputError
from callwright.kit.names import InvalidNameError
from callwright.tasks.drafts import HOLD_MOST_S, Outbound, TaskDraft, check, concurrency_of, seats_of
from callwright.tasks.errors import (
    ConcurrencyError,
    HoldTimeError,
    LinesOfOutboundError,
    NoLinesError,
    NoSeatsError,
)

LINES = tuple(UUID(int=number) for number in range(1, 9))
GROUP = uuid4()
MULTI, ADAPTIVE = ConcurrencyMode.MULTI, ConcurrencyMode.ADAPTIVE


def draft(**wishes: Any) -> TaskDraft:
    usual: dict[str, Any] = {"name": "Spring", "script_id": uuid4(), "line_ids": LINES[:1], "seats": 5}
    return TaskDraft(**usual | wishes)


def _refused(fault: type[InvalidInputError], **wishes: Any) -> InvalidInputError:
    with pytest.raises(fault) as refused:
        check(draft(**wishes))
    return refused.value


@pytest.mark.parametrize("name", ["", "   ", "x" * 1000])
def test_a_name_that_nobody_can_read_is_refused(name: str) -> None:
    _refused(InvalidNameError, name=name)


def test_the_name_is_taken_without_the_spaces_around_it() -> None:
    assert check(draft(name="  Spring  ")) == "Spring"


@pytest.mark.parametrize(
    ("outbound", "lines", "group", "wanted"),
    [
        (Outbound.MOBILE, 0, None, "one or more mobile lines"),
        (Outbound.MOBILE, 2, GROUP, "one or more mobile lines"),
        (Outbound.FIXED, 0, None, "exactly one fixed line"),
        (Outbound.FIXED, 2, None, "exactly one fixed line"),
        (Outbound.FIXED, 1, GROUP, "exactly one fixed line"),
        (Outbound.POOLED, 0, None, "exactly one pooled line"),
        (Outbound.POOLED, 2, None, "exactly one pooled line"),
        (Outbound.GROUP, 0, None, "a policy group"),
        (Outbound.GROUP, 1, GROUP, "no lines of its own"),
    ],
)
def test_lines_that_do_not_fit_the_outbound_way_are_refused(
    outbound: Outbound, lines: int, group: UUID | None, wanted: str
) -> None:
    refused = _refused(LinesOfOutboundError, outbound=outbound, line_ids=LINES[:lines], policy_group_id=group)
    assert wanted in str(refused)
    assert refused.fields["where"] == "line_ids"


@pytest.mark.parametrize(
    ("outbound", "lines", "group"),
    [
        (Outbound.MOBILE, LINES, None),
        (Outbound.FIXED, LINES[:1], None),
        (Outbound.FIXED, LINES[:1] * 2, None),
        (Outbound.POOLED, LINES[:1], None),
        (Outbound.GROUP, (), GROUP),
    ],
)
def test_lines_that_fit_are_taken_one_named_twice_being_one(
    outbound: Outbound, lines: tuple[UUID, ...], group: UUID | None
) -> None:
    assert check(draft(outbound=outbound, line_ids=lines, policy_group_id=group)) == "Spring"


@pytest.mark.parametrize("hold_s", [-0.1, HOLD_MOST_S + 0.1, float("nan"), float("inf")])
def test_nobody_is_asked_to_hold_for_longer_than_is_decent(hold_s: float) -> None:
    assert _refused(HoldTimeError, hold_s=hold_s).fields["where"] == "hold_s"


@pytest.mark.parametrize("seats", [None, 0, -1, 6])
def test_seats_that_the_company_does_not_own_are_refused(seats: int | None) -> None:
    with pytest.raises(ConcurrencyError, match="AI seats allows from 1 to 5") as refused:
        seats_of(draft(seats=seats), 5)
    assert refused.value.fields["where"] == "seats"


def test_where_nothing_is_allowed_no_range_is_told() -> None:
    with pytest.raises(NoSeatsError, match="has no AI seats"):
        seats_of(draft(seats=1), 0)
    with pytest.raises(NoLinesError, match="has no lines"):
        concurrency_of(draft(outbound=Outbound.GROUP), 5, highest_ceiling=2, channels=0)


def test_mobile_lines_take_a_seat_each_whatever_was_asked() -> None:
    mobile = draft(outbound=Outbound.MOBILE, line_ids=(*LINES[:3], LINES[0]), seats=50)
    assert seats_of(mobile, 3) == 3
    with pytest.raises(ConcurrencyError):
        seats_of(mobile, 2)


def test_plain_places_as_many_calls_as_seats_if_there_are_channels() -> None:
    assert concurrency_of(draft(), 5, highest_ceiling=2, channels=5).most == 5
    with pytest.raises(ConcurrencyError, match=r"5 calls at once.*outbound way allows from 1 to 4") as refused:
        concurrency_of(draft(), 5, highest_ceiling=2, channels=4)
    assert refused.value.fields["where"] == "seats"


@pytest.mark.parametrize(("seats", "calls"), [(5, 0), (5, -3), (5, 5), (5, 11), (1, 2), (1, None)])
def test_multi_concurrency_beyond_its_range_is_refused(seats: int, calls: int | None) -> None:
    with pytest.raises(MultiRangeError):
        concurrency_of(draft(mode=MULTI, concurrency=calls), seats, highest_ceiling=4, channels=100)


def test_multi_concurrency_within_its_range_and_its_channels_is_taken() -> None:
    for calls in range(6, 11):
        wish = draft(mode=MULTI, concurrency=calls)
        assert concurrency_of(wish, 5, highest_ceiling=2, channels=10).most == calls
    assert concurrency_of(draft(mode=MULTI), 5, highest_ceiling=2, channels=10).most == 6
    with pytest.raises(ConcurrencyError, match="10 calls at once") as refused:
        concurrency_of(draft(mode=MULTI, concurrency=10), 5, highest_ceiling=2, channels=9)
    assert refused.value.fields["where"] == "concurrency"


@pytest.mark.parametrize("percent", [-1, 10.1, 100, float("nan")])
def test_a_share_of_lost_calls_out_of_range_is_refused(percent: float) -> None:
    with pytest.raises(LostLimitError):
        concurrency_of(draft(mode=ADAPTIVE, lost_limit_percent=percent), 5, highest_ceiling=2, channels=100)


def test_a_ceiling_that_the_operator_can_not_allow_is_refused() -> None:
    with pytest.raises(CeilingError):
        concurrency_of(draft(mode=ADAPTIVE), 5, highest_ceiling=5, channels=100)


@given(st.integers(1, 300), st.integers(2, 4), st.integers(1, 1500))
def test_adaptive_goes_as_high_as_the_operator_and_the_channels_let_it(
    seats: int, ceiling: int, channels: int
) -> None:
    wish = draft(mode=ADAPTIVE, lost_limit_percent=2)
    if channels < seats:
        with pytest.raises(ConcurrencyError):
            concurrency_of(wish, seats, highest_ceiling=ceiling, channels=channels)
        return
    chosen = concurrency_of(wish, seats, highest_ceiling=ceiling, channels=channels)
    assert chosen.most == min(channels, ceiling * seats)
    assert chosen.lost_limit == 0.02
