from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.pacing import Supply, TaskFacts, plan

small = st.integers(0, 12)


def seats_taken(facts: TaskFacts[str], count: int) -> int:
    if facts.seats is None:
        return count
    return max(0, min(facts.in_flight + count, facts.seats) - facts.in_flight)


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[TaskFacts[str]], Supply[str], int]:
    tasks = [
        TaskFacts(
            task=f"task{number}",
            tenant=draw(st.sampled_from(["a", "b"])),
            line=draw(st.sampled_from(["x", "y"])),
            concurrency=draw(st.integers(1, 10)),
            in_flight=draw(small),
            waiting=draw(small),
            seats=draw(st.none() | small),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    seats = draw(st.dictionaries(st.sampled_from(["a", "b"]), small))
    channels = draw(st.dictionaries(st.sampled_from(["x", "y"]), small))
    return tasks, Supply(seats, channels, draw(small)), draw(small)


@given(situations())
def test_nothing_is_planned_beyond_what_there_is(
    situation: tuple[list[TaskFacts[str]], Supply[str], int],
) -> None:
    tasks, supply, at_most = situation
    starts = plan(tasks, supply, at_most=at_most)
    seats: Counter[str] = Counter()
    channels: Counter[str] = Counter()
    for facts in tasks:
        count = starts.get(facts.task, 0)
        assert count <= facts.waiting
        assert count == 0 or facts.in_flight + count <= facts.concurrency
        seats[facts.tenant] += seats_taken(facts, count)
        channels[facts.line] += count
    assert all(used <= supply.seats.get(tenant, 0) for tenant, used in seats.items())
    assert all(used <= supply.channels.get(line, 0) for line, used in channels.items())
    assert sum(starts.values()) <= min(at_most, supply.nodes)
    assert all(count > 0 for count in starts.values())


@given(situations())
def test_nothing_is_left_that_could_be_started(
    situation: tuple[list[TaskFacts[str]], Supply[str], int],
) -> None:
    tasks, supply, at_most = situation
    starts = plan(tasks, supply, at_most=at_most)
    if sum(starts.values()) == min(at_most, supply.nodes):
        return
    for facts in tasks:
        count = starts.get(facts.task, 0)
        seats = sum(
            seats_taken(other, starts.get(other.task, 0)) for other in tasks if other.tenant == facts.tenant
        )
        channels = sum(starts.get(other.task, 0) for other in tasks if other.line == facts.line)
        assert (
            count >= min(facts.concurrency - facts.in_flight, facts.waiting)
            or seats == supply.seats.get(facts.tenant, 0)
            or channels == supply.channels.get(facts.line, 0)
        )


def test_a_task_keeps_its_number_of_calls_under_way() -> None:
    task = TaskFacts("t", "a", "x", concurrency=5, in_flight=3, waiting=100)
    assert plan([task], Supply({"a": 9}, {"x": 9}, 50), at_most=50) == {"t": 2}


def test_a_million_customers_do_not_hold_up_ten() -> None:
    large = TaskFacts("large", "a", "x", concurrency=50, in_flight=0, waiting=1_000_000)
    small_one = TaskFacts("small", "a", "x", concurrency=10, in_flight=0, waiting=10)
    assert plan([large, small_one], Supply({"a": 12}, {"x": 12}, 50), at_most=50) == {"large": 6, "small": 6}


def test_calls_beyond_its_seats_take_none_from_others() -> None:
    double = TaskFacts("double", "a", "x", concurrency=10, in_flight=4, waiting=50, seats=5)
    assert plan([double], Supply({"a": 1}, {"x": 50}, 50), at_most=50) == {"double": 6}
    assert plan([double], Supply({"a": 0}, {"x": 50}, 50), at_most=50) == {}
