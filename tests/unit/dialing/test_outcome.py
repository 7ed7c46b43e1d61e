from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.outcome import (
    FAULT_PAUSE,
    FAULTS_OF_ONE_NUMBER,
    LINE_FAULT,
    CustomerState,
    EndedDialling,
    Whereabouts,
    customer_after,
    customer_after_interruption,
)
from callwright.dialing.redial import PROMISED, Redialled, RedialPlan, RedialRule

ENDED = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
CALLED = Whereabouts(CustomerState.CALLED)
reached = st.sampled_from(
    [
        "connected",
        "lost",
        "busy",
        "refused",
        "no_answer",
        "unreachable",
        "invalid_number",
        "voicemail",
        "technical_fault",
    ]
)
rules = st.builds(RedialRule, interval_h=st.sampled_from([Decimal("0.1"), Decimal(3)]), tries=st.integers(1, 4))
plans = st.dictionaries(st.sampled_from(Redialled), rules)
earlier = st.dictionaries(st.one_of(reached, st.just(LINE_FAULT)), st.integers(1, 4), max_size=4)


def _ended(
    phone_state: str, before: dict[str, int], *, rang: bool = False, never_again: bool = False
) -> EndedDialling:
    outcomes = before | {phone_state: before.get(phone_state, 0) + 1}
    return EndedDialling(phone_state, ENDED, rang=rang, never_again=never_again, outcomes=outcomes)


@given(st.one_of(reached, st.just(LINE_FAULT)), earlier, plans, st.booleans())
def test_who_asked_for_it_is_never_called_again(
    phone_state: str, before: dict[str, int], plan: RedialPlan, rang: bool
) -> None:
    ended = _ended(phone_state, before, rang=rang, never_again=True)
    assert customer_after(ended, plan) == Whereabouts(CustomerState.DO_NOT_CALL)


@given(st.one_of(reached, st.just(LINE_FAULT)), earlier)
def test_without_a_plan_nobody_whom_the_call_reached_is_called_again(
    phone_state: str, before: dict[str, int]
) -> None:
    assert customer_after(_ended(phone_state, before, rang=True), {}) == CALLED


@given(reached, earlier, plans)
def test_a_customer_is_redialled_as_often_as_the_outcome_says_line_faults_not_counted(
    phone_state: str, before: dict[str, int], plan: RedialPlan
) -> None:
    rule = {str(outcome): rule for outcome, rule in plan.items()}.get(phone_state)
    diallings = sum(count for state, count in before.items() if state != LINE_FAULT)
    if phone_state == "technical_fault":
        diallings = before.get(phone_state, 0)
    after = customer_after(_ended(phone_state, before), plan)
    if rule is None or diallings >= rule.tries:
        assert after == CALLED
    else:
        assert after == Whereabouts.waiting(ENDED + timedelta(hours=float(rule.interval_h)))


def test_whoever_was_promised_another_call_gets_it_once_however_often_they_were_busy_before() -> None:
    plan = {Redialled.BUSY: RedialRule(Decimal(1), 3), **PROMISED}
    promised = customer_after(_ended("technical_fault", {"busy": 3}, rang=True), plan)
    assert promised == Whereabouts.waiting(ENDED + timedelta(hours=0.5))
    assert customer_after(_ended("technical_fault", {"busy": 3, "technical_fault": 1}, rang=True), plan) == CALLED


def test_a_customer_whom_the_line_never_reached_waits_a_little_until_it_is_the_number_s_fault() -> None:
    for faults in range(FAULTS_OF_ONE_NUMBER - 1):
        after = customer_after(_ended(LINE_FAULT, {LINE_FAULT: faults}), {})
        assert after == Whereabouts.waiting(ENDED + FAULT_PAUSE)
    assert customer_after(_ended(LINE_FAULT, {LINE_FAULT: FAULTS_OF_ONE_NUMBER - 1}), {}) == CALLED


def test_every_redial_ends() -> None:
    plan = {outcome: RedialRule(Decimal("0.1"), 10) for outcome in Redialled}
    before: dict[str, int] = {}
    diallings = 0
    for phone_state in ["busy", LINE_FAULT, "no_answer", "lost"] * 20:
        diallings += 1
        if customer_after(_ended(phone_state, before), plan) == CALLED:
            break
        before[phone_state] = before.get(phone_state, 0) + 1
    assert diallings <= 11 + FAULTS_OF_ONE_NUMBER


def test_an_interrupted_customer_is_free_only_if_never_dialled() -> None:
    assert customer_after_interruption(dialled=False) is CustomerState.UNCALLED
    assert customer_after_interruption(dialled=True) is CustomerState.CALLED
