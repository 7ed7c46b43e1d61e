from collections import Counter
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.placing import Demand, Placed, place
from callwright.dialing.routing import LineStanding, RouteLine, Why
from callwright.kit.phone_place import Region

NOW = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
TEXAS, OHIO = Region("US", "TX", "Austin"), Region("US", "OH", "Dayton")


def line(key: str, **known: Any) -> RouteLine[str]:
    usual: dict[str, Any] = {
        "priority": 1,
        "home": None,
        "channels": 30,
        "free": 30,
        "on": True,
        "paid": True,
        "faulty": False,
    }
    return RouteLine(key, **usual | known)


def demand(
    task: str, customers: int, *lines: RouteLine[str], under_way: int = 0, region: Region = TEXAS
) -> Demand[str]:
    return Demand(task, under_way, [(f"{task}-{number}", region) for number in range(customers)], lines)


def _placed(*demands: Demand[str], nodes: int = 1000, at_most: int = 1000) -> Placed[str]:
    return place(demands, nodes=nodes, at_most=at_most, now=NOW)


lines = st.lists(
    st.builds(
        line,
        st.sampled_from(["one", "two", "three"]),
        free=st.sampled_from([None, -1, 0, 1, 3]),
        on=st.sampled_from([True, True, False, None]),
        paid=st.sampled_from([True, True, False]),
        faulty=st.sampled_from([False, False, True]),
        probe_due=st.booleans(),
        home=st.sampled_from([None, TEXAS, OHIO]),
    ),
    unique_by=lambda one: one.id,
    max_size=3,
)


@st.composite
def some_demands(draw: st.DrawFn) -> list[Demand[str]]:
    shared = draw(lines)
    count = draw(st.integers(0, 4))
    return [
        demand(
            f"task{number}",
            draw(st.integers(0, 5)),
            *draw(st.lists(st.sampled_from(shared), unique_by=lambda one: one.id) if shared else st.just([])),
            under_way=draw(st.integers(0, 4)),
            region=draw(st.sampled_from([TEXAS, OHIO])),
        )
        for number in range(count)
    ]


@given(some_demands(), st.integers(-2, 8), st.integers(0, 8))
def test_nothing_is_placed_beyond_what_lines_nodes_and_one_look_hold(
    demands: list[Demand[str]], nodes: int, at_most: int
) -> None:
    placed = place(demands, nodes=nodes, at_most=at_most, now=NOW)
    known = {one.id: one for each in demands for one in each.lines}
    assert len(placed.calls) <= max(0, min(nodes, at_most))
    for key, calls in Counter(call.line for call in placed.calls).items():
        free = known[key].free
        assert free is not None
        assert calls <= free
        assert known[key].on
        assert known[key].paid
        assert not known[key].faulty or calls == 1, "a faulty line gets one call to try it"
    for each in demands:
        asked = [customer for customer, _ in each.customers]
        called = [call.customer for call in placed.calls if call.task == each.task]
        assert called == asked[: len(called)], "in the order of the customers, each once"
        assert all(call.line in {one.id for one in each.lines} for call in placed.calls if call.task == each.task)
        limited = len(placed.calls) >= max(0, min(nodes, at_most))
        assert limited or len(called) == len(asked) or each.task in placed.stuck, "whoever goes without learns why"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), min_size=1, max_size=6), st.integers(0, 40))
def test_what_is_scarce_goes_to_whoever_has_least_under_way(tasks: list[tuple[int, int]], nodes: int) -> None:
    demands = [
        demand(f"task{number}", customers, line("one", free=1000, channels=1000), under_way=under_way)
        for number, (under_way, customers) in enumerate(tasks)
    ]
    calls = Counter(call.task for call in _placed(*demands, nodes=nodes).calls)
    after = {each.task: each.under_way + calls[each.task] for each in demands}
    for mine in demands:
        if calls[mine.task] == len(mine.customers):
            continue
        for other in demands:
            assert not calls[other.task] or after[other.task] <= after[mine.task] + 1, "the poorer was passed over"


def test_ten_are_called_beside_a_million() -> None:
    shared = line("one", free=500, channels=500)
    large, small = demand("large", 500, shared, under_way=0), demand("small", 10, shared)
    calls = Counter(call.task for call in _placed(large, small, nodes=20).calls)
    assert calls == {"large": 10, "small": 10}


def test_the_line_at_home_is_used_up_before_the_next() -> None:
    far, near = line("far", home=OHIO), line("near", home=Region("US", "TX"), free=2, priority=9)
    calls = _placed(demand("task", 4, far, near)).calls
    assert [(call.line, call.why) for call in calls] == [
        ("near", Why.PROVINCE),
        ("near", Why.PROVINCE),
        ("far", Why.PRIORITY),
        ("far", Why.PRIORITY),
    ]


def test_a_probe_is_one_call_whoever_makes_it() -> None:
    faulty = line("faulty", faulty=True, probe_due=True)
    placed = _placed(demand("one", 3, faulty), demand("two", 3, faulty))
    assert [(call.task, call.why) for call in placed.calls] == [("one", Why.PROBE)]
    assert placed.stuck == {"one": LineStanding.FAULTY, "two": LineStanding.FAULTY}


def test_what_stands_in_the_way_is_told_of_the_line_nearest_to_usable() -> None:
    placed = _placed(
        demand("paid out", 1, line("one", paid=False), line("two", on=False, paid=False)),
        demand("full", 1, line("three", free=0), line("four", paid=False)),
        demand("nothing", 1),
    )
    assert placed.stuck == {
        "paid out": LineStanding.UNPAID,
        "full": LineStanding.BUSY,
        "nothing": LineStanding.UNKNOWN,
    }
