from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.estimate import finishing_about
from callwright.dialing.outcome import (
    FAULTS_IN_A_ROW,
    FAULTS_OF_ONE_NUMBER,
    CustomerState,
    customer_after,
    customer_after_interruption,
    line_is_down,
)

reached = st.sampled_from(
    ["connected", "lost", "busy", "refused", "no_answer", "unreachable", "invalid_number", "voicemail"]
)
outcomes = st.one_of(reached, st.just("line_fault"))


@given(reached, st.booleans(), st.integers(0, 9), st.lists(outcomes, max_size=5))
def test_nobody_is_dialled_again_after_the_network_answered_for_the_number(
    phone_state: str, rang: bool, faults: int, latest: list[str]
) -> None:
    assert customer_after(phone_state, rang=rang, faults=faults, latest=latest) is CustomerState.CALLED


@given(st.integers(0, 9), st.lists(outcomes, max_size=5))
def test_nobody_whose_telephone_rang_is_dialled_again(faults: int, latest: list[str]) -> None:
    assert customer_after("line_fault", rang=True, faults=faults, latest=latest) is CustomerState.CALLED


def test_a_customer_whom_the_dead_line_never_reached_waits_again() -> None:
    latest = ["line_fault"] * FAULTS_IN_A_ROW
    assert customer_after("line_fault", rang=False, faults=9, latest=latest) is CustomerState.UNCALLED


def test_a_number_that_alone_fails_is_given_up() -> None:
    latest = ["line_fault", "line_fault", "line_fault", "connected"]
    states = [
        customer_after("line_fault", rang=False, faults=faults, latest=latest)
        for faults in range(1, FAULTS_OF_ONE_NUMBER + 1)
    ]
    assert states == [CustomerState.UNCALLED] * (FAULTS_OF_ONE_NUMBER - 1) + [CustomerState.CALLED]


@given(st.lists(outcomes, max_size=FAULTS_IN_A_ROW))
def test_a_line_is_down_after_enough_faults_in_a_row(latest: list[str]) -> None:
    assert line_is_down(latest) == (latest == ["line_fault"] * FAULTS_IN_A_ROW)


def test_an_interrupted_customer_is_free_only_if_never_dialled() -> None:
    assert customer_after_interruption(dialled=False) is CustomerState.UNCALLED
    assert customer_after_interruption(dialled=True) is CustomerState.CALLED


def test_the_end_is_estimated_from_the_latest_attempts() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert finishing_about(now, remaining=100, concurrency=5, seconds_per_attempt=None) is None
    about = finishing_about(now, remaining=100, concurrency=5, seconds_per_attempt=30)
    assert about == now + timedelta(minutes=10)
