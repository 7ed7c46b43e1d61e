import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.adaptive import Floor, get_adaptive_start, get_risk
from callwright.dialing.outlook import Outlook, look_ahead
from callwright.dialing.pacing_state import PersonAnswered, RingEnded, TalkEnded, begin, step

LIMIT = 0.03
ages = st.lists(st.floats(0, 400), max_size=40)


@st.composite
def outlooks(draw: st.DrawFn) -> Outlook:
    people = draw(st.integers(0, 20_000))
    state = begin(people=people, lost=draw(st.integers(0, people)))
    for after_s, answered in draw(st.lists(st.tuples(st.floats(0, 90), st.booleans()), max_size=20)):
        state = step(state, RingEnded(after_s, answered))
    for after_s in draw(st.lists(st.floats(0, 900), max_size=20)):
        state = step(state, TalkEnded(after_s))
    return look_ahead(state, hold_s=draw(st.sampled_from([0.0, 2.0])))


@st.composite
def floors(draw: st.DrawFn) -> Floor:
    talking = draw(ages)
    seats = draw(st.integers(max(1, len(talking)), 60))
    return Floor(seats, talking, draw(ages), draw(st.integers(0, 3)), draw(st.floats(0.05, 5)))


def usual(people: int = 5000, lost: int = 100) -> Outlook:
    """A quarter answers after 8 s, the rest ring out at 25 s; talks of 49 s in the mean."""
    state = begin(people=people, lost=lost)
    for number in range(400):
        state = step(state, RingEnded(8.0, answered=True) if number % 4 == 0 else RingEnded(25.0, answered=False))
        state = step(state, TalkEnded(-49 * math.log((number % 100 + 0.5) / 100)))
    return look_ahead(state, hold_s=0)


@given(outlooks(), floors(), st.integers(0, 200))
def test_never_above_the_ceiling_and_never_a_burst(outlook: Outlook, floor: Floor, ceiling: int) -> None:
    count = get_adaptive_start(outlook, floor, ceiling=ceiling, lost_limit=LIMIT)
    assert count >= 0 or floor.under_way > ceiling
    assert floor.under_way + count <= max(ceiling, floor.under_way)
    assert count <= math.ceil(floor.seats / 4)


@given(outlooks(), floors())
def test_a_seat_that_nobody_is_rung_for_is_called_for(outlook: Outlook, floor: Floor) -> None:
    prompt = replace(floor, elapsed_s=1.0)
    count = get_adaptive_start(outlook, prompt, ceiling=4 * floor.seats, lost_limit=LIMIT)
    assert count >= min(floor.seats - floor.under_way, math.ceil(floor.seats / 4))


@given(outlooks(), floors(), st.data())
def test_more_free_seats_never_mean_fewer_calls(outlook: Outlook, floor: Floor, data: st.DataObject) -> None:
    def started(at: Floor) -> int:
        return get_adaptive_start(outlook, at, ceiling=1000, lost_limit=LIMIT)

    assert started(replace(floor, seats=floor.seats + 1)) >= started(floor)
    if floor.talking_s:
        gone = data.draw(st.integers(0, len(floor.talking_s) - 1))
        fewer = [age for place, age in enumerate(floor.talking_s) if place != gone]
        assert started(replace(floor, talking_s=fewer)) >= started(floor)


@given(st.integers(0, 5000), st.integers(1, 60), st.integers(0, 60))
def test_over_the_limit_with_confidence_nothing_is_called_ahead(people: int, seats: int, busy: int) -> None:
    lost = LIMIT * people + 1.3 * math.sqrt(LIMIT * (1 - LIMIT) * people) + 0.01
    outlook = look_ahead(begin(people=people, lost=lost), hold_s=0)
    floor = Floor(seats, [20.0] * min(busy, seats), [], 0, 1.0)
    count = get_adaptive_start(outlook, floor, ceiling=4 * seats, lost_limit=LIMIT)
    assert count <= seats - floor.under_way


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.floats(0, 0.1))
def test_each_loss_lowers_the_risk_allowed(people: int, lost: int, limit: float) -> None:
    risk = get_risk(people, lost, lost_limit=limit)
    assert 0 <= risk <= 0.5
    assert get_risk(people, lost + 1, lost_limit=limit) <= risk


def test_early_losses_are_earned_back() -> None:
    assert get_risk(20, 5, lost_limit=LIMIT) == 0
    assert get_risk(400, 5, lost_limit=LIMIT) > LIMIT


def test_no_loss_allowed_is_one_call_a_seat() -> None:
    floor = Floor(10, [10.0] * 4, [3.0] * 6, 0, 1.0)
    assert get_adaptive_start(usual(lost=0), floor, ceiling=40, lost_limit=0.0) == 0


def test_calls_ahead_of_seats_when_a_quarter_answers() -> None:
    floor = Floor(10, [30.0] * 8, [5.0] * 4, 0, 1.0)
    assert get_adaptive_start(usual(), floor, ceiling=40, lost_limit=LIMIT) > 0


def test_holds_back_when_enough_ring_already() -> None:
    floor = Floor(10, [30.0] * 10, [5.0] * 20, 0, 1.0)
    assert get_adaptive_start(usual(), floor, ceiling=40, lost_limit=LIMIT) == 0


def test_people_on_hold_take_the_next_seats() -> None:
    floor = Floor(10, [30.0] * 8, [5.0] * 4, 0, 1.0)
    waiting = replace(floor, talking_s=[30.0] * 10, holding=2)
    assert get_adaptive_start(usual(), waiting, ceiling=40, lost_limit=LIMIT) == 0


def test_knows_the_answer_rate_from_what_it_saw() -> None:
    assert usual().new[-1] == pytest.approx(0.25, abs=0.02)


def test_follows_an_answer_rate_that_changes() -> None:
    state = begin()
    for _ in range(1000):
        state = step(state, RingEnded(25.0, answered=False))
    before = look_ahead(state, hold_s=0).new[-1]
    for number in range(800):
        state = step(state, RingEnded(8.0, answered=True) if number % 2 else RingEnded(25.0, answered=False))
    assert before < 0.05
    assert look_ahead(state, hold_s=0).new[-1] == pytest.approx(0.5, abs=0.08)


def test_a_talk_of_fixed_length_is_expected_to_end_when_it_does() -> None:
    state = begin()
    for _ in range(400):
        state = step(step(state, TalkEnded(60.0)), RingEnded(8.0, answered=True))
    frees = -look_ahead(state, hold_s=0).frees[1]
    young, nearly_done = frees[5], frees[27]
    assert young < 0.2
    assert nearly_done > 0.8


def test_remembers_the_share_of_a_task_and_not_its_size() -> None:
    state = begin(people=1_000_000, lost=20_000)
    assert state.lost / state.people == pytest.approx(0.02)
    for _ in range(10_000):
        state = step(state, PersonAnswered(lost=False))
    assert state.lost / state.people < 0.01
