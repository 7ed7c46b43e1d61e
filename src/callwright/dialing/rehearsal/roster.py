"""The people of a dry run: who may be called now, who later, who never."""

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from callwright.dialing.gate import Verdict
from callwright.dialing.lifecycle import Waiting
from callwright.dialing.outcome import CustomerState, EndedDialling, customer_after
from callwright.dialing.rehearsal.facts import LOST, PICKED_UP, Person, Plan, judge
from callwright.dialing.window import Closed, ClosedReason, Open, Opening, opening, soonest

HELD_AGAIN = timedelta(seconds=60)
Zones = tuple[str, ...]


class Roster:
    """Who of a plan's people is still to be called, as calls are made; people are named by their place in it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._zones = [person.zones or (plan.zone_rules.tenant_zone,) for person in plan.people]
        self._uncalled: defaultdict[Zones, deque[int]] = defaultdict(deque)
        self._due: defaultdict[Zones, list[tuple[datetime, int]]] = defaultdict(list)
        self._calls: dict[int, tuple[datetime, ...]] = {}
        self._lost: dict[int, tuple[datetime, ...]] = {}
        self._outcomes: dict[int, dict[str, int]] = {}
        self.tries: Counter[int] = Counter()
        self.given_up: Counter[str] = Counter()
        self.done = 0
        for place, person in enumerate(plan.people):
            self._enter(place, person)

    def _enter(self, place: int, person: Person) -> None:
        decision = judge(person, person.calls, person.lost, self._plan.now)
        if decision.verdict is Verdict.DENY or (decision.verdict is Verdict.HOLD and decision.until is None):
            self.given_up[decision.rule] += 1
        elif person.due_at is not None:
            heapq.heappush(self._due[self._zones[place]], (person.due_at, place))
        else:
            self._uncalled[self._zones[place]].append(place)

    @property
    def waiting(self) -> int:
        """How many are still to be called, now or later."""
        return sum(map(len, self._uncalled.values())) + sum(map(len, self._due.values()))

    def take(self, now: datetime, most: int) -> list[int]:
        """Take up to ``most`` people whom the task calls next: who is due first, then in calling order."""
        zones = [zones for zones, found in self._openings(now).items() if isinstance(found, Open)]
        taken: list[int] = []
        while len(taken) < most:
            due = [self._due[one][0] for one in zones if self._due[one] and self._due[one][0][0] <= now]
            if due:
                taken.append(heapq.heappop(self._due[self._zones[min(due)[1]]])[1])
                continue
            first = min((self._uncalled[one][0] for one in zones if self._uncalled[one]), default=None)
            if first is None:
                break
            taken.append(self._uncalled[self._zones[first]].popleft())
        return taken

    def put_back(self, places: Sequence[int]) -> None:
        """Let people who were taken, and not called, be the next again."""
        for place in reversed(places):
            if self.tries[place]:
                heapq.heappush(self._due[self._zones[place]], (self._plan.now, place))
            else:
                self._uncalled[self._zones[place]].appendleft(place)

    def passes(self, place: int, now: datetime) -> bool:
        """Say whether the gate lets a person be dialled now, which then counts; else they are dealt with."""
        person = self._plan.people[place]
        calls, lost = self._calls.get(place, person.calls), self._lost.get(place, person.lost)
        decision = judge(person, calls, lost, now)
        if decision.verdict is Verdict.ALLOW:
            self._calls[place] = (now, *calls)
            self.tries[place] += 1
            return True
        if decision.verdict is Verdict.HOLD:
            self._wait(place, decision.until or now + HELD_AGAIN)
        else:
            self.given_up[decision.rule] += 1
        return False

    def end(self, place: int, phone_state: str, now: datetime) -> None:
        """Note how a call ended: the person is called again, or is done with."""
        person = self._plan.people[place]
        outcomes = self._outcomes.setdefault(place, dict(person.outcomes))
        outcomes[phone_state] = outcomes.get(phone_state, 0) + 1
        if phone_state == LOST:
            self._lost[place] = (now, *self._lost.get(place, person.lost))
        rang = phone_state in PICKED_UP
        after = customer_after(EndedDialling(phone_state, now, rang, False, outcomes), self._plan.redial)
        if after.state is CustomerState.WAITING and after.due_at is not None:
            self._wait(place, after.due_at)
        else:
            self.done += 1

    def next_moment(self, now: datetime) -> datetime | None:
        """Return when somebody may be called next, from ``now`` on; ``None`` where nobody is left who ever may."""
        moments = []
        for zones, found in self._openings(now).items():
            first = now if self._uncalled[zones] else self._due[zones][0][0]
            if isinstance(found, Open):
                moments.append(max(first, now))
            elif found.opens_at is not None:
                moments.append(max(first, found.opens_at))
        return min(moments, default=None)

    def why_nobody(self, now: datetime) -> ClosedReason | Waiting:
        """Return why nobody is called at ``now`` though some are left."""
        standing = soonest(self._openings(now).values())
        return standing.reason if isinstance(standing, Closed) else Waiting.DUE

    def _wait(self, place: int, due_at: datetime) -> None:
        heapq.heappush(self._due[self._zones[place]], (due_at, place))

    def _openings(self, now: datetime) -> Mapping[Zones, Opening]:
        """Return how the zones stand in which anybody is left."""
        table = self._plan.zone_rules.timetable
        left = {zones for zones, ones in self._uncalled.items() if ones}
        left |= {zones for zones, ones in self._due.items() if ones}
        return {zones: opening(table, zones, now) for zones in left}
