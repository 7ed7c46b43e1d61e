"""Callwright's rule, as the dialer asks it, and others' rules as they are published."""

from abc import ABC, abstractmethod
from collections import deque

from bench.pacing_floor import TICK_S, Rule

from callwright.dialing.adaptive import Floor
from callwright.dialing.concurrency import Concurrency, ConcurrencyMode, calls_to_start
from callwright.dialing.outlook import look_ahead
from callwright.dialing.pacing_state import PacingEvent, PersonAnswered, begin, step

_OUTLOOK_S = 2.0
_ADAPT_S = 15.0
_LIMIT = 0.03


class Callwright(Rule):
    """The code that ships, with an outlook that is at most two seconds old."""

    def __init__(self, chosen: Concurrency, hold_s: float = 0.0) -> None:
        self._chosen, self._hold_s = chosen, hold_s
        self._state = begin()
        self._outlook = look_ahead(self._state, hold_s=hold_s)
        self._next_look = 0.0

    def note(self, event: PacingEvent) -> None:
        """Take ``event`` in."""
        self._state = step(self._state, event)

    def start(self, floor: Floor, now: float) -> int:
        """Return how many calls to start at ``now``."""
        if self._chosen.mode is ConcurrencyMode.ADAPTIVE and now >= self._next_look:
            self._outlook = look_ahead(self._state, hold_s=self._hold_s)
            self._next_look = now + _OUTLOOK_S
        return calls_to_start(self._chosen, self._outlook, floor)


class _Level(Rule, ABC):
    """Keeps a number of calls under way for each seat, and changes it every quarter of a minute."""

    def __init__(self, highest: float) -> None:
        self._highest = highest
        self._level = 1.0
        self._next_s = _ADAPT_S

    def note(self, event: PacingEvent) -> None:
        """Take ``event`` in."""
        if isinstance(event, PersonAnswered):
            self._on_person(event.lost)

    def start(self, floor: Floor, now: float) -> int:
        """Return how many calls to start at ``now``."""
        self._watch(floor)
        if now >= self._next_s:
            self._next_s = now + _ADAPT_S
            self._level = min(self._highest, max(1.0, self._adapt(floor.seats)))
        return max(0, round(self._level * floor.seats) - floor.under_way)

    @abstractmethod
    def _on_person(self, lost: bool) -> None:
        """Take in that a person answered, lost or not."""

    @abstractmethod
    def _watch(self, floor: Floor) -> None:
        """Look at the floor as it is now."""

    @abstractmethod
    def _adapt(self, seats: int) -> float:
        """Return the level from now on, calls for each seat."""


class Vicidial(_Level):
    """VICIdial's AST_VDadapt: every 15 s the level grows by the share of idle agents in the last minute, 1 to 3.

    While the day's dropped share is over the limit (and there were 50 calls) it is halved (ADAPT_AVERAGE) or set
    to 1 (ADAPT_HARD_LIMIT).
    """

    def __init__(self, *, hard: bool) -> None:
        super().__init__(highest=3.0)
        self._hard = hard
        self._idle: deque[int] = deque(maxlen=int(60 / TICK_S))
        self._people = self._lost = 0

    def _on_person(self, lost: bool) -> None:
        self._people += 1
        self._lost += lost

    def _watch(self, floor: Floor) -> None:
        self._idle.append(floor.seats - len(floor.talking_s) - floor.holding)

    def _adapt(self, seats: int) -> float:
        level = min(3.0, self._level * (1 + sum(self._idle) / len(self._idle) / seats))
        if self._people > 50 and self._lost > _LIMIT * self._people:
            return 1.0 if self._hard else level / 2
        return level


class DropRateController(_Level):
    """A PI controller: every 15 s the level follows how far the last people's dropped share is from its aim."""

    AIM, PROPORTIONAL, INTEGRAL, PEOPLE = 0.028, 4.0, 0.2, 500

    def __init__(self, highest: float) -> None:
        super().__init__(highest)
        self._latest: deque[bool] = deque(maxlen=self.PEOPLE)
        self._error = 0.0

    def _on_person(self, lost: bool) -> None:
        self._latest.append(lost)

    def _watch(self, floor: Floor) -> None:
        pass

    def _adapt(self, seats: int) -> float:
        before, self._error = self._error, self.AIM - sum(self._latest) / max(1, len(self._latest))
        return self._level + self.PROPORTIONAL * (self._error - before) + self.INTEGRAL * self._error
