"""Calls made one by one in simulated time: seats, lines, pacing and gate decide exactly as they do in earnest."""

import heapq
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import numpy as np

from callwright.dialing import call_rate
from callwright.dialing.adaptive import Floor
from callwright.dialing.concurrency import ConcurrencyMode, calls_to_start
from callwright.dialing.outcome import LINE_FAULT
from callwright.dialing.outlook import Outlook, look_ahead
from callwright.dialing.pacing_state import PacingEvent, PersonAnswered, RingEnded, TalkEnded, begin, step
from callwright.dialing.placing import Demand, place
from callwright.dialing.rehearsal.facts import LOST, PICKED_UP, Draw, Plan
from callwright.dialing.rehearsal.luck import Luck
from callwright.dialing.rehearsal.roster import Roster
from callwright.dialing.rehearsal.run import Run
from callwright.dialing.routing import LineStanding, RouteLine

AT_MOST = 200
LOOK_AFTER_S = 0.2
"""The leader hears of a call that ended, rests, and a node takes what it plans."""
TICK_S = 0.5
_NEVER = math.inf
_PASSING = frozenset({LineStanding.BUSY, LineStanding.USABLE, LineStanding.PROBE})


@dataclass(slots=True)
class _Call:
    person: int
    line: str
    draw: Draw
    since: float


@dataclass(frozen=True, slots=True)
class Pace:
    """What a floor with people enough does: calls a second, the share lost of those who answered, uses by line."""

    calls_per_s: float
    lost_share: float
    lines: dict[str, int]


class FloorRun:
    """One run through ``plan``, as far as ``calls`` reach."""

    def __init__(self, plan: Plan, luck: Luck, *, calls: int) -> None:
        self._plan, self._luck, self._left = plan, luck, calls
        self._adaptive = plan.concurrency.mode is ConcurrencyMode.ADAPTIVE
        self._roster = Roster(plan)
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = 0
        self._ringing: dict[int, _Call] = {}
        self._talking: dict[int, _Call] = {}
        self._holding: dict[int, _Call] = {}
        self._line_calls: Counter[str] = Counter()
        self._lines_used: Counter[str] = Counter()
        self._lines = {line.route.id: line for line in plan.lines}
        self._rates = {line.route.id: call_rate.begin(0.0) for line in plan.lines}
        self._pacing = begin()
        self._outlook: Outlook | None = None
        self._until = 0.0
        self._decided = 0.0
        self._full = False
        self._full_s = 0.0
        self._marks: list[float] = []
        self.run = Run()

    @property
    def over(self) -> bool:
        """Whether everybody was called who ever may be."""
        return not self._under_way and self._roster.next_moment(self._at(self._until)) is None

    @property
    def stuck(self) -> bool:
        """Whether it ended though people are left and more calls might have been made: no line will ever do."""
        return self._left > 0 and not self.over

    def go(self) -> Run:
        """Run until everybody was called, nothing can go on, or enough calls were made."""
        look: float = 0.0
        while self._left > 0:
            event = self._events[0][0] if self._events else _NEVER
            if min(event, look) == _NEVER:
                break
            if event <= look:
                self._happen()
                look = min(look, event + LOOK_AFTER_S)
            else:
                self._count(look)
                look = self._look(look)
        while self._events and self._left > 0:
            self._happen()
        return self._sum_up()

    def pace(self) -> Pace:
        """Return how fast it went while people were enough, from when a third of those calls had been dialled."""
        people = self.run.connected + self.run.lost
        begins, ends = self._marks[len(self._marks) // 3], self._marks[-1]
        calls, passed = len(self._marks) - 1 - len(self._marks) // 3, ends - begins
        return Pace(
            calls_per_s=calls / passed if passed else math.inf,
            lost_share=self.run.lost / people if people else 0.0,
            lines=dict(self._lines_used),
        )

    @property
    def _under_way(self) -> int:
        return len(self._ringing) + len(self._talking) + len(self._holding)

    def _at(self, now: float) -> datetime:
        return self._plan.now + timedelta(seconds=now)

    def _look(self, now: float) -> float:
        """Do what the leader does at one look; return when it looks next, unless something happens before."""
        wanted = min(self._wanted(now), AT_MOST, self._left)
        if wanted <= 0:
            return now + TICK_S if self._adaptive else _NEVER
        at = self._at(now)
        people = self._roster.take(at, wanted)
        self._full = len(people) == wanted
        if not people:
            return self._wait(now, at)
        started, stuck = self._start(people, now)
        if stuck is not None:
            return _NEVER if stuck not in _PASSING or self._no_channel_is_free() else now + TICK_S
        if started < len(people):
            return now + LOOK_AFTER_S
        return now + TICK_S if self._adaptive else _NEVER

    def _wanted(self, now: float) -> int:
        chosen = self._plan.concurrency
        if not self._adaptive:
            return chosen.most - self._under_way
        if self._under_way >= chosen.most:
            return 0
        floor = Floor(
            chosen.seats,
            _ages(self._talking, now),
            _ages(self._ringing, now),
            len(self._holding),
            now - self._decided,
        )
        self._decided = now
        if self._outlook is None:
            self._outlook = look_ahead(self._pacing, hold_s=self._plan.hold_s)
        return calls_to_start(chosen, self._outlook, floor)

    def _wait(self, now: float, at: datetime) -> float:
        following = self._roster.next_moment(at)
        if following is None:
            return _NEVER
        if not self._under_way:
            self.run.waited(self._roster.why_nobody(at), at, following)
        return max(now + LOOK_AFTER_S, (following - self._plan.now).total_seconds())

    def _no_channel_is_free(self) -> bool:
        """Whether only a call that ends lets another begin."""
        return all(line.route.channels <= self._line_calls[name] for name, line in self._lines.items())

    def _start(self, people: list[int], now: float) -> tuple[int, LineStanding | None]:
        """Dial whom a line and the gate allow; return how many that were, and what stood in others' way."""
        keys = {str(person): person for person in people}
        demand = Demand(
            task="",
            under_way=self._under_way,
            customers=[(key, self._plan.people[person].region) for key, person in keys.items()],
            lines=[self._route(line_id, now) for line_id in self._lines],
        )
        nodes = self._plan.nodes - self._under_way
        placed = place([demand], nodes=nodes, at_most=AT_MOST, now=self._at(now))
        self._roster.put_back(people[len(placed.calls) :])
        started = 0
        for call in placed.calls:
            person = keys[call.customer]
            if self._roster.passes(person, self._at(now)):
                self._dial(person, call.line, now)
                started += 1
        short = None if nodes >= len(people) else LineStanding.BUSY
        return started, placed.stuck.get("", short)

    def _route(self, line_id: str, now: float) -> RouteLine[str]:
        line = self._lines[line_id]
        rate = self._rates[line_id] = call_rate.refill(self._rates[line_id], line.calls_per_second, now)
        free = min(line.route.channels - self._line_calls[line_id], int(rate.allowed))
        return replace(line.route, free=free)

    def _dial(self, person: int, line: str, now: float) -> None:
        draw = self._luck.draw(person, self._roster.tries[person])
        number = self._order
        self._left -= 1
        self._rates[line] = call_rate.use(self._rates[line], 1)
        self._line_calls[line] += 1
        self._lines_used[line] += 1
        if self._full or not self._marks:
            self._marks.append(self._full_s)
        self._ringing[number] = _Call(person, line, draw, now)
        self.run.dialled(self._at(now), 1)
        self._expect(now + draw.ring_s, partial(self._ring_ends, number))

    def _expect(self, at: float, happens: Callable[[float], None]) -> None:
        heapq.heappush(self._events, (at, self._order, happens))
        self._order += 1

    def _happen(self) -> None:
        at, _, happens = heapq.heappop(self._events)
        self._count(at)
        happens(at)

    def _count(self, now: float) -> None:
        passed = now - self._until
        self.run.seat_s += len(self._talking) * passed
        self.run.calling_s += passed if self._under_way else 0.0
        self.run.seats_peak = max(self.run.seats_peak, len(self._talking))
        self._full_s += passed if self._full else 0.0
        self._until = now

    def _ring_ends(self, number: int, now: float) -> None:
        call = self._ringing.pop(number)
        picked_up = call.draw.phone_state in PICKED_UP
        if call.draw.phone_state != LINE_FAULT:
            self._learn(RingEnded(now - call.since, answered=picked_up))
        if not picked_up:
            self._end(call, call.draw.phone_state, 0, now)
        elif len(self._talking) < self._plan.concurrency.seats:
            self._serve(number, _moved_on(call, now), now)
        else:
            self._holding[number] = _moved_on(call, now)
            self._expect(now + self._plan.hold_s, partial(self._hold_ends, number))

    def _serve(self, number: int, call: _Call, now: float) -> None:
        self._learn(PersonAnswered(lost=False))
        held_s = now - call.since
        self._talking[number] = _moved_on(call, now)
        self._expect(now + call.draw.talk_s, partial(self._talk_ends, number, held_s))

    def _hold_ends(self, number: int, now: float) -> None:
        call = self._holding.pop(number, None)
        if call is not None:
            self._learn(PersonAnswered(lost=True))
            self._end(call, LOST, now - call.since, now)

    def _talk_ends(self, number: int, held_s: float, now: float) -> None:
        call = self._talking.pop(number)
        self._learn(TalkEnded(now - call.since))
        self._end(call, call.draw.phone_state, held_s + now - call.since, now)
        if self._holding:
            longest = next(iter(self._holding))
            self._serve(longest, self._holding.pop(longest), now)

    def _end(self, call: _Call, phone_state: str, billed_s: float, now: float) -> None:
        self._line_calls[call.line] -= 1
        talk_ms = max(1, round(billed_s * 1000)) if phone_state in (*PICKED_UP, LOST) else 0
        self.run.ended(self._at(now), phone_state, 1, self._lines[call.line].price(talk_ms))
        self._roster.end(call.person, phone_state, self._at(now))

    def _learn(self, event: PacingEvent) -> None:
        if self._adaptive:
            self._pacing = step(self._pacing, event)
            self._outlook = None

    def _sum_up(self) -> Run:
        self.run.customers = self._roster.done
        self.run.given_up = {rule: float(count) for rule, count in self._roster.given_up.items()}
        self.run.left = self._roster.waiting + self._under_way
        if not self.over:
            self.run.finishes_at = None
        return self.run


def _moved_on(call: _Call, since: float) -> _Call:
    """Return ``call`` in its next stage, from ``since`` on."""
    return replace(call, since=since)


def _ages(calls: dict[int, _Call], now: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return now - np.fromiter((call.since for call in calls.values()), float, len(calls))
