from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.redial import (
    RedialIntervalError,
    Redialled,
    RedialPlan,
    RedialRule,
    RedialTriesError,
    next_try,
)

ENDED = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
rules = st.builds(
    RedialRule, interval_h=st.decimals("0.1", "720", places=2, allow_nan=False), tries=st.integers(1, 10)
)
plans = st.dictionaries(st.sampled_from(Redialled), rules)
outcomes = st.one_of(
    st.sampled_from(Redialled).map(str), st.sampled_from(["connected", "invalid_number", "line_fault", ""])
)


@given(plans, outcomes, st.integers(0, 12), st.booleans())
def test_a_customer_is_dialled_again_as_often_as_the_outcomes_rule_says_and_after_its_interval(
    plan: RedialPlan, outcome: str, redials: int, do_not_call: bool
) -> None:
    again = next_try(plan, outcome, redials_so_far=redials, ended_at=ENDED, do_not_call=do_not_call)
    rule = plan[Redialled(outcome)] if outcome in [one.value for one in plan] else None
    assert (again is not None) == (rule is not None and redials < rule.tries and not do_not_call)
    if again is not None and rule is not None:
        assert (again - ENDED) // timedelta(seconds=1) == rule.interval_h * 3600


@given(plans, st.sampled_from(["connected", "invalid_number", "line_fault"]))
def test_who_was_reached_or_does_not_exist_is_never_dialled_again(plan: RedialPlan, outcome: str) -> None:
    assert next_try(plan, outcome, redials_so_far=0, ended_at=ENDED, do_not_call=False) is None


def test_a_tenth_of_an_hour_is_six_minutes() -> None:
    plan = {Redialled.BUSY: RedialRule(Decimal("0.1"), 2)}
    again = next_try(plan, "busy", redials_so_far=1, ended_at=ENDED, do_not_call=False)
    assert again == ENDED + timedelta(minutes=6)
    assert next_try(plan, "busy", redials_so_far=2, ended_at=ENDED, do_not_call=False) is None


@pytest.mark.parametrize("hours", ["0", "-1", "0.09", "720.1", "NaN", "Infinity"])
def test_an_interval_out_of_range_is_refused(hours: str) -> None:
    with pytest.raises(RedialIntervalError, match=r"0\.1 \(6 minutes\) to 720"):
        RedialRule(Decimal(hours), 1)


@pytest.mark.parametrize("tries", [0, -1, 11])
def test_a_number_of_tries_out_of_range_is_refused(tries: int) -> None:
    with pytest.raises(RedialTriesError, match="from 1 to 10"):
        RedialRule(Decimal(1), tries)
