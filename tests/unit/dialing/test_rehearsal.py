"""Dry runs keep the rules: nobody is forgotten, nobody is called outside hours, the money adds up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callwright.dialing.calling_hours import CallingHours, Period
from callwright.dialing.concurrency import Concurrency, ConcurrencyMode
from callwright.dialing.country_rules import UNRESTRICTED, Span
from callwright.dialing.gate import GateRules
from callwright.dialing.redial import Redialled, RedialRule
from callwright.dialing.rehearsal.assumed import assumed_draws
from callwright.dialing.rehearsal.calendar import run_calendar
from callwright.dialing.rehearsal.facts import Draw, Line, Person, Plan
from callwright.dialing.rehearsal.floor import FloorRun
from callwright.dialing.rehearsal.luck import Luck
from callwright.dialing.rehearsal.rehearse import rehearse, runs_out_at
from callwright.dialing.rehearsal.run import Run, moment_of
from callwright.dialing.routing import RouteLine
from callwright.dialing.window import timetable
from callwright.kit.phone_place import Region

MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)
DAY = CallingHours(opens=time(9), closes=time(18), no_dial=(Period(time(12), time(13)),))
ALWAYS = CallingHours(opens=time(0), closes=time(0))
ZONES = ("America/New_York", "America/Los_Angeles", "Asia/Tokyo")
PRICE = 7
US = Region("US", "NY")
REDIAL = {Redialled.NO_ANSWER: RedialRule(Decimal(3), 2), Redialled.LOST: RedialRule(Decimal("0.5"), 1)}


def rules(hours: CallingHours = DAY) -> GateRules:
    return GateRules(UNRESTRICTED, timetable(hours), "Europe/London", caps={Span.DAY: 2})


def price(talk_ms: int) -> int:
    return PRICE if talk_ms > 0 else 0


def line(name: str = "line", *, channels: int = 1_000, expires_at: datetime | None = None) -> Line:
    route = RouteLine(name, 1, None, channels, channels, True, True, False, expires_at=expires_at)
    return Line(route, 1_000.0, price)


def plan_of(
    people: int,
    *,
    seats: int = 3,
    mode: ConcurrencyMode = ConcurrencyMode.PLAIN,
    hours: CallingHours = DAY,
    zones: Sequence[str] = ZONES,
    weight: float = 1.0,
) -> Plan:
    allowed = rules(hours)
    return Plan(
        now=MONDAY,
        people=[Person((zones[number % len(zones)],), US, allowed) for number in range(people)],
        weight=weight,
        zone_rules=allowed,
        lines=[line()],
        concurrency=Concurrency(mode, seats, calls=2 * seats),
        hold_s=2.0,
        redial=REDIAL,
        draws=assumed_draws(),
        nodes=10_000,
    )


def check(plan: Plan, run: Run) -> None:
    assert run.customers + sum(run.given_up.values()) + run.left == pytest.approx(len(plan.people) * plan.weight)
    assert sum(run.by_state.values()) == pytest.approx(run.calls) == pytest.approx(sum(run.calls_by_hour.values()))
    picked_up = run.connected + run.lost + run.by_state.get("voicemail", 0)
    assert run.cost == pytest.approx(PRICE * picked_up) == pytest.approx(sum(run.spent_by_hour.values()))


plans = st.builds(
    plan_of,
    st.integers(0, 40),
    seats=st.integers(1, 6),
    mode=st.sampled_from([ConcurrencyMode.PLAIN, ConcurrencyMode.ADAPTIVE]),
    weight=st.sampled_from([1.0, 250.5]),
)


@given(plans)
@settings(max_examples=12, deadline=None)
def test_every_customer_and_every_price_is_accounted_for(plan: Plan) -> None:
    found = rehearse(plan)
    for run in found.runs:
        check(plan, run)
        assert run.seats_peak <= plan.concurrency.seats
        # A handful that stands for thousands says nothing of how long the last of them talk.
        if plan.weight == 1 or len(plan.people) >= 30:
            assert run.seat_s <= run.calling_s * plan.concurrency.seats * 1.5
        assert (run.left == 0) == (run.finishes_at is not None) or not run.calls


@given(zone=st.sampled_from(ZONES), weight=st.sampled_from([1.0, 40.0]), seats=st.integers(1, 4))
@settings(max_examples=20, deadline=None)
def test_nobody_is_called_outside_hours(zone: str, weight: float, seats: int) -> None:
    for run in rehearse(plan_of(50, zones=[zone], weight=weight, seats=seats)).runs:
        for hour in run.calls_by_hour:
            local = moment_of(hour).astimezone(ZoneInfo(zone)).hour
            assert 9 <= local < 18
            assert local != 12


@given(people=st.integers(1, 120), seats=st.integers(1, 8))
@settings(max_examples=20, deadline=None)
def test_one_more_seat_never_ends_later(people: int, seats: int) -> None:
    def finishes(seats: int) -> list[datetime | None]:
        plan = replace(plan_of(people, seats=seats, hours=ALWAYS, zones=["Asia/Tokyo"]), redial={})
        luck = [Luck(plan.draws, people, seed) for seed in range(3)]
        return [FloorRun(plan, one, calls=10_000).go().finishes_at for one in luck]

    for fewer, more in zip(finishes(seats), finishes(seats + 1), strict=True):
        assert fewer is not None
        assert more is not None
        assert more <= fewer + timedelta(seconds=1)


def test_the_same_question_has_the_same_answer() -> None:
    assert rehearse(plan_of(80)).runs == rehearse(plan_of(80)).runs


@pytest.mark.parametrize("mode", list(ConcurrencyMode))
def test_large_steps_end_when_single_calls_do(mode: ConcurrencyMode) -> None:
    """The steps stand in for what was not called one by one: they must come to the same."""
    plan = replace(plan_of(1_500, seats=10, mode=mode, hours=ALWAYS), redial={})
    luck = Luck(plan.draws, 1_500, 1)
    whole = FloorRun(plan, luck, calls=10_000)
    one_by_one = whole.go()
    steps = run_calendar(plan, luck, whole.pace())
    assert one_by_one.finishes_at is not None
    assert steps.finishes_at is not None
    took, told = one_by_one.finishes_at - MONDAY, steps.finishes_at - MONDAY
    assert told / took == pytest.approx(1, abs=0.1)
    assert steps.cost == pytest.approx(one_by_one.cost, rel=0.02)


def test_twice_the_customers_take_twice_as_long() -> None:
    once, twice = (
        rehearse(replace(plan_of(300, hours=ALWAYS, weight=weight), redial={})).typical for weight in (20.0, 40.0)
    )
    assert once.finishes_at is not None
    assert twice.finishes_at is not None
    assert (twice.finishes_at - MONDAY) / (once.finishes_at - MONDAY) == pytest.approx(2, rel=0.02)


def test_whom_the_gate_refuses_is_not_called() -> None:
    plan = plan_of(30)
    people = [replace(one, listed=place % 3 == 0) for place, one in enumerate(plan.people)]
    people[1] = replace(people[1], number_valid=False)
    run = rehearse(replace(plan, people=people)).typical
    assert run.given_up["do-not-call"] == 10
    assert run.given_up["invalid-number"] == 1
    assert run.customers <= 19


def test_a_cap_stops_redials() -> None:
    plan = replace(
        plan_of(20, hours=ALWAYS),
        draws=[Draw("no_answer", 25.0)],
        redial={Redialled.NO_ANSWER: RedialRule(Decimal("0.1"), 9)},
    )
    run = rehearse(plan).typical
    assert run.customers == 20
    assert run.calls == 200
    assert run.finishes_at is not None
    assert run.finishes_at - MONDAY > timedelta(days=4)  # two calls a day, ten in all


def test_without_a_line_nobody_is_called_and_nothing_ends() -> None:
    for lines in ([], [line(expires_at=MONDAY)]):
        found = rehearse(replace(plan_of(10), lines=lines))
        assert found.finishes is None
        assert found.typical.calls == 0
        assert found.typical.left == 10


def test_a_line_that_expires_leaves_the_rest_uncalled() -> None:
    lines = [line(expires_at=MONDAY + timedelta(minutes=5))]
    run = rehearse(replace(plan_of(200, hours=ALWAYS), lines=lines)).typical
    assert run.finishes_at is None
    assert 0 < run.calls < 200
    assert run.left > 0


def test_channels_bound_the_calls_at_once() -> None:
    few, many = (
        rehearse(replace(plan_of(200, seats=10, hours=ALWAYS), lines=[line(channels=channels)])).typical
        for channels in (2, 10)
    )
    assert few.seats_peak <= 2
    assert few.finishes_at is not None
    assert many.finishes_at is not None
    assert few.finishes_at > many.finishes_at


def test_it_tells_when_the_money_runs_out() -> None:
    run = rehearse(plan_of(200)).typical
    assert runs_out_at(run, 1_000_000, PRICE) is None
    hour = runs_out_at(run, 100, PRICE)
    assert hour is not None
    assert moment_of(min(run.spent_by_hour)) <= hour <= moment_of(max(run.spent_by_hour))


def test_pauses_tell_why_nobody_is_called() -> None:
    run = rehearse(plan_of(400, seats=1, zones=["America/New_York"])).typical
    reasons = {pause.reason for pause in run.pauses}
    assert {"no_dial_period", "after_hours"} <= reasons
    assert all(pause.begins < pause.ends for pause in run.pauses)
