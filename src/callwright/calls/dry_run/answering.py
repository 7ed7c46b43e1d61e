"""From what was gathered to the answer: seconds of computing, without the database."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from callwright.calls.dry_run.customers import Entry, ToCall
from callwright.calls.dry_run.gathering import NAMED, Gathered
from callwright.calls.dry_run.lines import repaired_lines, usable_lines
from callwright.calls.dry_run.schemas import Barrier, DryRun, DryRunWait, Finish, HourOfCalls, Spread
from callwright.contacts.do_not_call import Barred
from callwright.dialing.concurrency import Concurrency, ConcurrencyMode
from callwright.dialing.gate import Decision, GateRule, Verdict
from callwright.dialing.lifecycle import Waiting
from callwright.dialing.rehearsal.facts import Line, Person, Plan, judge
from callwright.dialing.rehearsal.rehearse import Rehearsal, rehearse, runs_out_at
from callwright.dialing.rehearsal.run import Run, moment_of
from callwright.kit.area_codes import province_of
from callwright.kit.phone import is_callable
from callwright.kit.phone_fiction import is_fictional
from callwright.tasks.redialling import redial_from_json
from callwright.tasks.rules import rules_of

LONGEST_CALL_MS = 600_000
"""What the leader sets aside money for."""
NO_NODES = 100_000
_LISTS = {
    Barred.BY_TENANT: GateRule.DO_NOT_CALL,
    Barred.EVERYWHERE: GateRule.DO_NOT_CALL_INSTALLATION,
}


@dataclass(frozen=True, slots=True)
class _Judged:
    entry: Entry
    decision: Decision


def answer(found: Gathered, balance: int, tell: Callable[[float], None] = lambda _done: None) -> DryRun:
    """Return what the task would do, with ``balance`` micros to spend. Takes up to some seconds.

    Now and then ``tell`` is told how much is done, 0 to 1; what it raises ends the work.
    Seats, call nodes and lines that are missing now are taken to be there; the waits tell of them.
    """
    usable = usable_lines(found.lines, found.priorities, found.busy, found.now)
    plan = _plan(found, usable or repaired_lines(found.lines, found.priorities, found.now))
    rehearsal = rehearse(plan, tell)
    run = rehearsal.typical
    hold = max((line.price(LONGEST_CALL_MS) for line in plan.lines), default=0)
    cost = _spread(rehearsal, lambda one: one.cost, run.cost)
    people = run.connected + run.lost
    return DryRun(
        begins=found.now,
        finish=_finish(rehearsal),
        customers=found.customers,
        reached_out=round(run.customers),
        calls=_spread(rehearsal, lambda one: one.calls, run.calls),
        connected=_spread(rehearsal, lambda one: one.connected, run.connected),
        lost=_spread(rehearsal, lambda one: one.lost, run.lost),
        lost_percent=round(100 * run.lost / people, 2) if people else 0.0,
        cost=cost,
        balance=balance,
        covered=balance >= cost.most + hold * bool(cost.most),
        runs_out_at=runs_out_at(run, balance, hold),
        seats=found.task.seats,
        seats_peak=run.seats_peak,
        seats_mean=round(run.seat_s / run.calling_s, 1) if run.calling_s else 0.0,
        by_hour=_by_hour(run),
        waits=_waits(found, run, lines=bool(usable)),
        cannot_be_called=_barriers(found, plan),
        basis=found.recorded.basis,
        basis_calls=found.recorded.calls,
        one_by_one=rehearsal.one_by_one,
        runs=len(rehearsal.runs),
    )


def _plan(found: Gathered, lines: Sequence[Line]) -> Plan:
    task, tenant = found.task, found.tenant
    barred = sum(listed.count for listed in found.listed.values())
    people = [_person(found, one) for one in found.to_call]
    return Plan(
        now=found.now,
        people=people,
        weight=max(1.0, (found.customers - barred) / max(1, len(people))),
        zone_rules=rules_of(task, tenant, fictional=True),
        lines=lines,
        concurrency=_concurrency(found),
        hold_s=task.hold_s,
        redial=redial_from_json(task.redial),
        draws=found.recorded.draws,
        nodes=found.nodes if found.nodes > 0 else NO_NODES,
    )


def _person(found: Gathered, one: ToCall) -> Person:
    phone = one.entry.phone
    return Person(
        zones=one.zones,
        region=province_of(phone),
        rules=rules_of(found.task, found.tenant, fictional=is_fictional(phone)),
        number_valid=is_callable(phone),
        consent=one.consent,
        calls=one.earlier.calls,
        lost=one.earlier.lost,
        due_at=one.due_at,
        outcomes=one.outcomes,
    )


def _concurrency(found: Gathered) -> Concurrency:
    task = found.task
    return Concurrency(
        ConcurrencyMode(task.mode),
        task.seats,
        calls=task.concurrency,
        ceiling=task.concurrency / task.seats,
        lost_limit=task.lost_limit_percent / 100,
    )


def _spread(rehearsal: Rehearsal, figure: Callable[[Run], float], typical: float) -> Spread:
    least, most = rehearsal.spread(figure)
    return Spread(round(typical), round(least), round(most))


def _finish(rehearsal: Rehearsal) -> Finish | None:
    typical, bounds = rehearsal.typical.finishes_at, rehearsal.finishes
    return Finish(typical, *bounds) if typical is not None and bounds is not None else None


def _by_hour(run: Run) -> list[HourOfCalls]:
    hours = sorted(run.calls_by_hour.keys() | run.spent_by_hour.keys())
    return [
        HourOfCalls(moment_of(hour), round(run.calls_by_hour.get(hour, 0)), round(run.spent_by_hour.get(hour, 0)))
        for hour in hours
    ]


def _waits(found: Gathered, run: Run, *, lines: bool) -> list[DryRunWait]:
    """Return what it waits for: first what somebody has to see to, then what passes by itself."""
    now = found.now
    standing = (
        (not found.seats, Waiting.SEATS),
        (not lines, Waiting.LINES),
        (found.nodes <= 0, Waiting.NODES),
    )
    blocked = [DryRunWait(reason, now, None) for applies, reason in standing if applies]
    return blocked + [DryRunWait(pause.reason, pause.begins, pause.ends) for pause in run.pauses]


def _barriers(found: Gathered, plan: Plan) -> list[Barrier]:
    """Return whom the gate would let nobody dial as things stand, the largest number first."""
    by_rule: defaultdict[tuple[GateRule, bool], list[_Judged]] = defaultdict(list)
    for one, person in zip(found.to_call, plan.people, strict=True):
        decision = judge(person, person.calls, person.lost, found.now)
        if _stands_in_the_way(decision):
            by_rule[decision.rule, decision.verdict is Verdict.DENY].append(_Judged(one.entry, decision))
    listed = [
        Barrier(_LISTS[barred], True, one.count, True, None, one.first)
        for barred, one in found.listed.items()
        if one.count
    ]
    judged = [_barrier(rule, final, ones, plan.weight) for (rule, final), ones in by_rule.items()]
    return sorted([*listed, *judged], key=lambda one: (-one.count, one.rule))


def _stands_in_the_way(decision: Decision) -> bool:
    """Say whether a decision is more than the wait for the day's calling hours."""
    if decision.verdict is Verdict.ALLOW:
        return False
    return decision.rule is not GateRule.CALLING_HOURS or decision.until is None


def _barrier(rule: GateRule, final: bool, ones: Sequence[_Judged], weight: float) -> Barrier:
    moments: list[datetime] = [one.decision.until for one in ones if one.decision.until is not None]
    return Barrier(
        rule=rule,
        final=final,
        count=round(len(ones) * weight),
        exact=weight <= 1,
        until=min(moments, default=None),
        customers=[one.entry for one in ones[:NAMED]],
    )
