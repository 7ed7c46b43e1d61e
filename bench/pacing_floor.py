"""A simulated floor of AI seats: people who answer, or don't, and the rule that decides when to call the next.

Discrete events. Call number k of a seed has the same person whatever the rule, so that rules are compared on the
same people.
"""

import heapq
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from callwright.dialing.adaptive import Floor
from callwright.dialing.pacing_state import PacingEvent, PersonAnswered, RingEnded, TalkEnded

TICK_S = 0.5
WARM_UP_S = 900.0
MEAN_TALK_S = 49.0
RING_OUT_S = 25.0
_USUAL_ANSWER_S, _ANSWER_SPREAD = 8.0, 0.5
_REFUSED_SHARE = 0.1
_DRIFT_PERIOD_S = 3600.0
_CHUNK = 4096


class Rule(Protocol):
    """Decides how many calls to start; is told what happens."""

    def note(self, event: PacingEvent) -> None:
        """Take ``event`` in."""
        ...

    def start(self, floor: Floor, now: float) -> int:
        """Return how many calls to start at ``now``."""
        ...


@dataclass(frozen=True, slots=True)
class Setting:
    """The floor: ``drift`` is how far the answer share swings within the hour, ``talk`` how talks vary."""

    seats: int
    answer: float
    drift: float = 0.0
    hold_s: float = 0.0
    talk: str = "exponential"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seat seconds used and there after the warm-up; people who answered and were lost from the first second on."""

    used_s: float
    there_s: float
    answered: int
    lost: int
    most_under_way: int


class _People:
    """The people of one seed, in the order they are called."""

    def __init__(self, seed: int, talk: str) -> None:
        self._random = np.random.default_rng(seed)
        self._talk = talk
        self._known: list[tuple[float, float, float, float]] = []

    def get(self, number: int) -> tuple[float, float, float, float]:
        """Return a draw for whether they answer, after how long if so, how long it rings if not, and their talk."""
        while number >= len(self._known):
            self._draw()
        return self._known[number]

    def _draw(self) -> None:
        random = self._random
        answer = random.lognormal(math.log(_USUAL_ANSWER_S), _ANSWER_SPREAD, _CHUNK)
        refused = random.random(_CHUNK) < _REFUSED_SHARE
        silent = np.where(refused, random.uniform(1, 7, _CHUNK), RING_OUT_S)
        if self._talk == "exponential":
            talk = random.exponential(MEAN_TALK_S, _CHUNK)
        else:
            talk = random.lognormal(math.log(MEAN_TALK_S) - 0.32, 0.8, _CHUNK)
        columns = (random.random(_CHUNK), np.minimum(answer, RING_OUT_S - 0.1), silent, talk)
        self._known += zip(*(column.tolist() for column in columns), strict=True)


class FloorRun:
    """One shift."""

    def __init__(self, setting: Setting, rule: Rule, seed: int) -> None:
        self._setting, self._rule = setting, rule
        self._people = _People(seed, setting.talk)
        self._events: list[tuple[float, int, Callable[[int, float], None]]] = []
        self._ringing: dict[int, float] = {}
        self._talking: dict[int, float] = {}
        self._holding: dict[int, float] = {}
        self._called = self._answered = self._lost = self._most = 0
        self._used_s = self._until_s = 0.0

    def run(self, hours: float) -> Outcome:
        """Return how a shift of ``hours`` went."""
        for tick in range(int(hours * 3600 / TICK_S)):
            now = tick * TICK_S
            self._catch_up(now)
            for _ in range(self._rule.start(self._floor(now), now)):
                self._dial(now)
            self._most = max(self._most, len(self._ringing) + len(self._talking) + len(self._holding))
        there_s = (hours * 3600 - WARM_UP_S) * self._setting.seats
        return Outcome(self._used_s, there_s, self._answered, self._lost, self._most)

    def _catch_up(self, now: float) -> None:
        events = self._events
        while events and events[0][0] <= now:
            at, call, happens = heapq.heappop(events)
            self._count(at)
            happens(call, at)
        self._count(now)

    def _count(self, now: float) -> None:
        if now > WARM_UP_S:
            self._used_s += len(self._talking) * (now - max(self._until_s, WARM_UP_S))
        self._until_s = now

    def _floor(self, now: float) -> Floor:
        talking, ringing = _ages(self._talking, now), _ages(self._ringing, now)
        return Floor(self._setting.seats, talking, ringing, len(self._holding), TICK_S)

    def _dial(self, now: float) -> None:
        luck, answer_s, silent_s, _ = self._people.get(self._called)
        swing = self._setting.drift * math.sin(2 * math.pi * now / _DRIFT_PERIOD_S)
        if luck < self._setting.answer * (1 + swing):
            self._expect(now + answer_s, self._called, self._on_answer)
        else:
            self._expect(now + silent_s, self._called, self._on_silence)
        self._ringing[self._called] = now
        self._called += 1

    def _expect(self, at: float, call: int, happens: Callable[[int, float], None]) -> None:
        heapq.heappush(self._events, (at, call, happens))

    def _on_silence(self, call: int, now: float) -> None:
        self._rule.note(RingEnded(now - self._ringing.pop(call), answered=False))

    def _on_answer(self, call: int, now: float) -> None:
        self._rule.note(RingEnded(now - self._ringing.pop(call), answered=True))
        self._answered += 1
        if len(self._talking) < self._setting.seats:
            self._serve(call, now)
            return
        self._holding[call] = now
        if self._setting.hold_s:
            self._expect(now + self._setting.hold_s, call, self._on_hold_over)
        else:
            self._on_hold_over(call, now)

    def _serve(self, call: int, now: float) -> None:
        self._rule.note(PersonAnswered(lost=False))
        self._talking[call] = now
        self._expect(now + self._people.get(call)[3], call, self._on_goodbye)

    def _on_hold_over(self, call: int, now: float) -> None:
        if self._holding.pop(call, None) is not None:
            self._lost += 1
            self._rule.note(PersonAnswered(lost=True))

    def _on_goodbye(self, call: int, now: float) -> None:
        self._rule.note(TalkEnded(now - self._talking.pop(call)))
        if self._holding:
            longest = next(iter(self._holding))
            del self._holding[longest]
            self._serve(longest, now)


def _ages(starts: dict[int, float], now: float) -> NDArray[np.float64]:
    return now - np.fromiter(starts.values(), float, len(starts))
