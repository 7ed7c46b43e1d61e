from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.call_rate import BURST_S, begin, refill, use

rates = st.floats(0.1, 500)
waits = st.lists(st.floats(0, 5), min_size=1, max_size=40)


@given(rates, waits)
def test_in_no_stretch_of_time_do_more_calls_start_than_the_rate_allows(
    per_second: float, waits: list[float]
) -> None:
    now = 1000.0
    rate = begin(now)
    started: list[tuple[float, int]] = []
    for wait in waits:
        now += wait
        rate = refill(rate, per_second, now)
        calls = int(rate.allowed)
        rate = use(rate, calls)
        started.append((now, calls))
    burst = max(1.0, per_second * BURST_S)
    for first, (since, _) in enumerate(started):
        for last in range(first, len(started)):
            calls = sum(count for _, count in started[first : last + 1])
            assert calls <= burst + per_second * (started[last][0] - since) + 1e-6


def test_whoever_leads_anew_starts_nothing_at_once() -> None:
    assert int(begin(5.0).allowed) == 0
    assert int(refill(begin(5.0), 10, 5.0).allowed) == 0
    assert int(refill(begin(5.0), 10, 5.2).allowed) == 2


def test_a_line_slower_than_one_call_a_second_still_gets_there() -> None:
    rate = refill(begin(0.0), 0.5, 1.9)
    assert int(rate.allowed) == 0
    rate = refill(rate, 0.5, 2.0)
    assert int(rate.allowed) == 1
    assert int(refill(use(rate, 1), 0.5, 3.9).allowed) == 0


def test_a_long_rest_saves_up_no_more_than_a_burst() -> None:
    assert refill(begin(0.0), 100, 3600.0).allowed == 100 * BURST_S
