"""What a task has learned about its calls: when people answer, how long they talk, how many were lost.

Small histograms that forget, so that a morning's answer rate doesn't rule the afternoon. A value: ``step`` returns
the next one. Whoever takes over begins with the task's totals and steps through its last calls.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]

RING_BIN_S: Final = 1.0
RING_BINS: Final = 60
TALK_BIN_S: Final = 2.0
TALK_BINS: Final = 120

RINGS_REMEMBERED: Final = 400
"""Short enough to follow an answer rate that rises by half within the hour, long enough to know it to a tenth."""

TALKS_REMEMBERED: Final = 400

PEOPLE_REMEMBERED: Final = 5_000
"""The lost share is held over about so many people who answered."""


@dataclass(frozen=True, slots=True)
class RingEnded:
    """The network let a call ring, and that ended after ``after_s`` seconds: answered, or not.

    A call that never rang because the line failed says nothing about people and is no such event.
    """

    after_s: float
    answered: bool


@dataclass(frozen=True, slots=True)
class TalkEnded:
    """An AI seat became free that a call had held for ``after_s`` seconds."""

    after_s: float


@dataclass(frozen=True, slots=True)
class PersonAnswered:
    """A person answered and got an AI seat, or was lost: known when the seat is given or the person is gone."""

    lost: bool


PacingEvent = RingEnded | TalkEnded | PersonAnswered


@dataclass(frozen=True, slots=True, eq=False)
class PacingState:
    """Counts by ring time of calls answered and not, by talk time of calls ended; people answered and lost."""

    answered_after: Counts
    unanswered_after: Counts
    talked: Counts
    people: float
    lost: float


def begin(*, people: float = 0, lost: float = 0) -> PacingState:
    """Return the state of a task of which only its ``people`` who answered and ``lost`` of them are known."""
    kept = min(1.0, PEOPLE_REMEMBERED / people) if people else 1.0
    rings, talks = np.zeros(RING_BINS), np.zeros(TALK_BINS)
    return PacingState(rings, rings, talks, people * kept, lost * kept)


def step(state: PacingState, event: PacingEvent) -> PacingState:
    """Return ``state`` after ``event``."""
    match event:
        case RingEnded(after_s, answered):
            kept = 1 - 1 / RINGS_REMEMBERED
            return replace(
                state,
                answered_after=_counted(state.answered_after, kept, after_s / RING_BIN_S, float(answered)),
                unanswered_after=_counted(state.unanswered_after, kept, after_s / RING_BIN_S, float(not answered)),
            )
        case TalkEnded(after_s):
            kept = 1 - 1 / TALKS_REMEMBERED
            return replace(state, talked=_counted(state.talked, kept, after_s / TALK_BIN_S, 1.0))
        case PersonAnswered(lost):
            kept = 1 - 1 / PEOPLE_REMEMBERED
            return replace(state, people=state.people * kept + 1, lost=state.lost * kept + lost)


def _counted(counts: Counts, kept: float, place: float, amount: float) -> Counts:
    remembered = counts * kept
    remembered[min(max(int(place), 0), len(counts) - 1)] += amount
    return remembered
