import json
import math
import random
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.line_health import (
    PROBE_REACHES_GATE,
    RAREST_PROBE,
    UNANSWERED_IN_A_ROW,
    Health,
    LineFault,
    after_call,
    after_probe_began,
    from_data,
    probe_due,
    probing,
    to_data,
)
from callwright.dialing.outcome import FAULTS_IN_A_ROW

NOW = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(hours=1)
states = st.sampled_from(
    [
        "connected",
        "lost",
        "voicemail",
        "technical_fault",
        "busy",
        "refused",
        "no_answer",
        "unreachable",
        "invalid_number",
        "line_fault",
    ]
)


def after(results: Iterable[str], health: Health | None = None) -> Health:
    health = health or Health()
    for number, result in enumerate(results):
        health = after_call(health, result, NOW + number * SECOND)
    return health


def used_at(rate: float, calls: int = 1000) -> Health:
    rng = random.Random(3)
    return after("connected" if rng.random() < rate else "no_answer" for _ in range(calls))


def alarms(rate: Callable[[int], float], calls: int) -> Counter[LineFault]:
    """Return how often a line that works was taken for faulty; each time the next call clears it."""
    rng, health, found = random.Random(11), Health(), Counter[LineFault]()
    for number in range(calls):
        at = NOW + number * SECOND
        health = after_call(health, "connected" if rng.random() < rate(number) else "no_answer", at)
        if health.fault is not None:
            found[health.fault] += 1
            health = after_call(health, "connected", at)
    return found


def test_fifty_calls_without_a_connection_are_a_fault_and_forty_nine_are_not() -> None:
    almost = after(["no_answer"] * (UNANSWERED_IN_A_ROW - 1))
    assert almost.fault is None
    broken = after_call(almost, "busy", LATER)
    assert (broken.fault, broken.faulty_since) == (LineFault.UNANSWERED, LATER)
    assert after_call(almost, "voicemail", NOW).unanswered == 0


def test_the_line_itself_failing_is_a_fault_at_once() -> None:
    assert after(["connected"] * 9 + ["line_fault"] * (FAULTS_IN_A_ROW - 1)).fault is None
    assert after(["connected"] * 9 + ["line_fault"] * FAULTS_IN_A_ROW).fault is LineFault.LINE
    assert after(["line_fault", "busy"] * FAULTS_IN_A_ROW).fault is None


@pytest.mark.parametrize(("rate", "at_most"), [(0.6, 15), (0.4, 26), (0.25, 42)])
def test_a_dead_line_that_did_well_before_is_found_sooner(rate: float, at_most: int) -> None:
    health, calls = used_at(rate), 0
    assert health.fault is None
    while health.fault is None:
        health, calls = after_call(health, "unreachable", LATER + 30 * calls * SECOND), calls + 1
    assert health.fault is LineFault.RATE
    assert calls <= at_most


def test_a_line_that_connects_a_tenth_of_what_it_did_is_found_though_some_calls_get_through() -> None:
    health, calls = used_at(0.4), 0
    while health.fault is None:
        state = "connected" if calls % 25 == 24 else "no_answer"
        health, calls = after_call(health, state, LATER + 30 * calls * SECOND), calls + 1
    assert health.fault is LineFault.RATE
    assert calls < 60


@pytest.mark.parametrize("rate", [0.2, 0.25, 0.4, 0.6, 0.9])
def test_a_line_that_works_is_hardly_ever_taken_for_faulty(rate: float) -> None:
    assert alarms(lambda _: rate, 50_000).total() <= 2


def test_nor_is_one_whose_rate_rises_and_falls_with_the_day() -> None:
    assert alarms(lambda call: 0.3 * (1 + 0.4 * math.sin(call / 477)), 50_000).total() <= 4


@pytest.mark.parametrize(
    ("results", "cured_by", "not_by"),
    [
        (["line_fault"] * FAULTS_IN_A_ROW, "busy", "line_fault"),
        (["no_answer"] * UNANSWERED_IN_A_ROW, "connected", "busy"),
    ],
)
def test_the_first_call_that_shows_it_is_well_clears_the_fault(
    results: list[str], cured_by: str, not_by: str
) -> None:
    broken = after(results)
    assert after_call(broken, not_by, NOW).fault is broken.fault
    cured = after_call(broken, cured_by, NOW)
    assert (cured.fault, cured.faulty_since, cured.next_probe_at, cured.unanswered) == (None, None, None, 0)


def test_probes_come_ever_rarer_one_at_a_time() -> None:
    health, now = after(["no_answer"] * UNANSWERED_IN_A_ROW), NOW
    assert not probe_due(health, NOW)
    waits = []
    for _ in range(7):
        assert health.next_probe_at is not None
        waits.append((health.next_probe_at - now) // timedelta(minutes=1))
        now = health.next_probe_at
        assert probe_due(health, now)
        health = after_probe_began(health, now)
        assert not probe_due(health, now)
        assert probing(health, now)
        assert not probing(health, now + PROBE_REACHES_GATE)
        health = after_call(health, "no_answer", now)
    assert waits == [1, 2, 4, 8, 15, 15, 15]
    assert not probe_due(Health(), NOW)
    assert not probing(after(["no_answer"] * UNANSWERED_IN_A_ROW), NOW)
    assert not probing(after_call(health, "connected", now), now)


@given(st.lists(states, max_size=150), st.integers(0, 40))
def test_health_is_kept_as_json(results: list[str], probes: int) -> None:
    health = after(results)
    for _ in range(probes if health.fault else 0):
        health = after_probe_began(health, NOW)
    kept = from_data(json.loads(json.dumps(to_data(health))))
    assert to_data(kept) == to_data(health)
    assert (kept.fault, kept.next_probe_at, kept.unanswered) == (
        health.fault,
        health.next_probe_at,
        health.unanswered,
    )
    assert from_data({}) == Health()
    assert health.next_probe_at is None or health.next_probe_at <= NOW + RAREST_PROBE


@given(st.lists(states, max_size=200))
def test_a_line_is_faulty_only_after_enough_bad_results_and_always_after_them(results: list[str]) -> None:
    health = after(results)
    assert (health.fault is None) == (health.next_probe_at is None) == (health.faulty_since is None)
    assert 0 <= health.rate <= 1
    assert health.fallen >= 0
    if results[-FAULTS_IN_A_ROW:] == ["line_fault"] * FAULTS_IN_A_ROW:
        assert health.fault is not None
    if health.fault is None:
        assert health.unanswered < UNANSWERED_IN_A_ROW


def test_refusals_that_come_before_the_answers_of_calls_started_together_are_no_fault() -> None:
    health = used_at(0.25)
    for _ in range(3):
        for state in ["busy"] * 150 + ["connected"] * 50:
            health = after_call(health, state, LATER)
            assert health.fault is None
