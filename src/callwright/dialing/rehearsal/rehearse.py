"""A dry run of a task: several runs, each with its own luck, and what they tell together."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from callwright.dialing.concurrency import Concurrency
from callwright.dialing.rehearsal.calendar import run_calendar
from callwright.dialing.rehearsal.facts import Line, Plan
from callwright.dialing.rehearsal.floor import FloorRun
from callwright.dialing.rehearsal.luck import Luck
from callwright.dialing.rehearsal.run import Run, hour_of, moment_of

PEOPLE_AT_MOST = 2_000
"""More customers than these are stood for by so many of them."""
CALLS_AT_MOST = 6_000
"""So many calls are made one by one in all runs together."""
FEWEST_RUNS, MOST_RUNS = 3, 9
CALLS_TO_PACE = 2_500
"""In one run; what is left beyond them goes on at the pace that they showed."""
LARGEST_FLOOR = 200
"""More calls at once than these are made on a floor of this size, in proportion."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The runs, in the order of when they finish; ``one_by_one`` where every call of the task was simulated."""

    runs: Sequence[Run]
    one_by_one: bool

    @property
    def typical(self) -> Run:
        """The run that is nearest to the middle both in when it finishes and in what it costs."""
        middle = (len(self.runs) - 1) / 2
        by_cost = sorted(self.runs, key=lambda run: run.cost)
        return min(self.runs, key=lambda run: abs(self.runs.index(run) - middle) + abs(by_cost.index(run) - middle))

    def spread(self, figure: Callable[[Run], float]) -> tuple[float, float]:
        """Return the least and the most of a figure."""
        figures = [figure(run) for run in self.runs]
        return min(figures), max(figures)

    @property
    def finishes(self) -> tuple[datetime, datetime] | None:
        """The earliest and the latest end, nothing where a run has none."""
        moments = [run.finishes_at for run in self.runs if run.finishes_at is not None]
        return (min(moments), max(moments)) if len(moments) == len(self.runs) else None


def rehearse(plan: Plan, tell: Callable[[float], None] = lambda _done: None) -> Rehearsal:
    """Call ``plan`` through in simulated time; the same plan always gives the same answer. Takes 1 to 3 s.

    Before each run ``tell`` is told how much is done, 0 to 1; what it raises ends the work.
    """
    count = max(FEWEST_RUNS, min(MOST_RUNS, CALLS_AT_MOST // max(1, len(plan.people))))
    tried = []
    for seed in range(count):
        tell(seed / count)
        tried.append(_try(plan, seed))
    runs = sorted((run for run, _ in tried), key=lambda run: (run.finishes_at is None, run.finishes_at, run.cost))
    return Rehearsal(runs, all(whole for _, whole in tried))


def runs_out_at(run: Run, balance: int, hold: int) -> datetime | None:
    """Return the hour in which ``balance`` (micros) no longer covers another call, each of which holds ``hold``."""
    left = balance
    for hour in sorted(run.spent_by_hour):
        left -= round(run.spent_by_hour[hour])
        if left < hold and run.finishes_at is not None and hour < hour_of(run.finishes_at):
            return moment_of(hour)
        if left < 0:
            return moment_of(hour)
    return None


def _try(plan: Plan, seed: int) -> tuple[Run, bool]:
    luck = Luck(plan.draws, len(plan.people), seed)
    floor_plan = _shrunk(plan) if plan.weight > 1 else plan
    floor = FloorRun(floor_plan, luck, calls=CALLS_TO_PACE)
    found = floor.go()
    if (plan.weight <= 1 and (floor.over or floor.stuck)) or not found.calls:
        return (found if found.calls else _never(found, plan.weight)), plan.weight <= 1
    share = floor_plan.concurrency.seats / plan.concurrency.seats
    pace = floor.pace()
    # A short stretch may have had short talks: in the long run seats hold no more calls than they have time for.
    most = plan.concurrency.seats / luck.mean_talk_s if luck.mean_talk_s else math.inf
    run = run_calendar(plan, luck, replace(pace, calls_per_s=min(most, pace.calls_per_s / share)))
    mean = run.seat_s / run.calling_s if run.calling_s else 0.0
    run.seats_peak = min(plan.concurrency.seats, math.ceil(max(mean, found.seats_peak / share)))
    return run, False


def _never(run: Run, weight: float) -> Run:
    run.left *= weight
    run.customers *= weight
    run.given_up = {rule: count * weight for rule, count in run.given_up.items()}
    return run


def _shrunk(plan: Plan) -> Plan:
    """Return ``plan`` on a floor that is small enough to see its pace in few calls."""
    chosen = plan.concurrency
    seats = max(1, round(chosen.seats * min(1.0, LARGEST_FLOOR / chosen.most)))
    share = seats / chosen.seats
    small = Concurrency(
        chosen.mode,
        seats,
        calls=round(chosen.calls * share),
        ceiling=chosen.ceiling,
        lost_limit=chosen.lost_limit,
    )
    lines = [_shrunk_line(line, share) for line in plan.lines]
    return replace(plan, concurrency=small, lines=lines, nodes=math.ceil(plan.nodes * share))


def _shrunk_line(line: Line, share: float) -> Line:
    route = replace(line.route, channels=math.ceil(line.route.channels * share))
    return replace(line, route=route, calls_per_second=line.calls_per_second * share)
