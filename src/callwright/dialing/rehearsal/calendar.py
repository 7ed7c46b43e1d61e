"""A long task in large steps: each person stands for many customers, called at the pace that the floor showed.

Hours, redials, caps and the gate are followed exactly as when call follows call; only what happens within seconds
is taken from the floor.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from callwright.dialing.rehearsal.facts import CONNECTED, LOST, PICKED_UP, Draw, Line, Plan
from callwright.dialing.rehearsal.floor import Pace
from callwright.dialing.rehearsal.luck import Luck
from callwright.dialing.rehearsal.roster import Roster
from callwright.dialing.rehearsal.run import Run

LONGEST = timedelta(days=400)
_NEVER = datetime.max.replace(tzinfo=UTC)


def run_calendar(plan: Plan, luck: Luck, pace: Pace) -> Run:
    """Return how the whole of ``plan`` goes at ``pace``."""
    roster, run, now = Roster(plan), Run(seats_peak=plan.concurrency.seats), plan.now
    step = timedelta(seconds=plan.weight / pace.calls_per_s)
    lines = _Lines(plan.lines, pace)
    until = min(plan.now + LONGEST, max(map(_expires, plan.lines)))
    while now < until:
        people = roster.take(now, 1)
        if not people:
            following = roster.next_moment(now)
            if following is None:
                break
            run.waited(roster.why_nobody(now), now, following)
            now = following
            continue
        (person,) = people
        if not roster.passes(person, now):
            continue
        draw, chance = luck.draw(person, roster.tries[person]), luck.chance(person, roster.tries[person])
        phone_state, talk_s = _after(draw, chance, pace, plan.hold_s)
        ended = now + timedelta(seconds=draw.ring_s + talk_s)
        run.dialled(now, plan.weight)
        run.ended(ended, phone_state, plan.weight, plan.weight * lines.price(chance, phone_state, talk_s))
        run.seat_s += plan.weight * talk_s * (phone_state in PICKED_UP)
        run.calling_s += step.total_seconds()
        roster.end(person, phone_state, ended)
        now += step
    return _summed_up(run, roster, plan)


def _expires(line: Line) -> datetime:
    return line.route.expires_at or _NEVER


def _after(draw: Draw, chance: float, pace: Pace, hold_s: float) -> tuple[str, float]:
    """Return the phone state, and for how long the call was up after it was answered."""
    if draw.phone_state == CONNECTED and chance < pace.lost_share:
        return LOST, hold_s
    return draw.phone_state, draw.talk_s


class _Lines:
    """The lines as often as the floor used each."""

    def __init__(self, lines: Sequence[Line], pace: Pace) -> None:
        self._lines = [line for line in lines if pace.lines.get(line.route.id)] or list(lines)
        uses = [pace.lines.get(line.route.id, 1) for line in self._lines]
        self._bounds = [bound / sum(uses) for bound in accumulate(uses)]

    def price(self, chance: float, phone_state: str, talk_s: float) -> int:
        if phone_state not in (*PICKED_UP, LOST):
            return 0
        spread = chance * len(self._lines) * 1009 % 1.0
        line = next(line for line, bound in zip(self._lines, self._bounds, strict=True) if spread <= bound)
        return line.price(max(1, round(talk_s * 1000)))


def _summed_up(run: Run, roster: Roster, plan: Plan) -> Run:
    run.customers = roster.done * plan.weight
    run.given_up = {rule: count * plan.weight for rule, count in roster.given_up.items()}
    run.left = roster.waiting * plan.weight
    if roster.waiting:
        run.finishes_at = None
    return run
