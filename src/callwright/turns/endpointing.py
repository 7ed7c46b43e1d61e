"""When a person's turn begins, when it has probably ended, and when it has.

Fed the speech probability of every 20 ms frame, in order. A turn begins after ``start_ms`` of speech without a
gap; after ``speculate_ms`` of silence recognition may begin on what was said so far; after ``end_ms`` the turn
is over. Speech in between withdraws the speculation. ``max_turn_ms`` bounds a turn that never falls silent (a
television).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from callwright.turns.frames import frames


@dataclass(frozen=True, slots=True)
class Endpointing:
    """The rule's settings; times in ms. ``threshold`` is the probability from which a frame is speech."""

    threshold: float = 0.5
    start_ms: int = 60
    speculate_ms: int = 200
    end_ms: int = 400
    max_turn_ms: int = 20_000


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a turn stands, in frames: ``run`` of speech before it began, of ``silence`` after it, of ``length``."""

    speaking: bool = False
    run: int = 0
    silence: int = 0
    length: int = 0
    speculating: bool = False


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The person began to speak ``frames_ago`` frames before this one."""

    frames_ago: int


@dataclass(frozen=True, slots=True)
class Speculate:
    """The person has probably finished: what was said so far may be recognised."""


@dataclass(frozen=True, slots=True)
class SpeculationWithdrawn:
    """The person goes on: what was recognised so far is not the turn."""


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The person finished ``silence_frames`` frames ago; ``cut`` where the turn only grew too long."""

    silence_frames: int
    cut: bool = False


Action = SpeechStarted | Speculate | SpeculationWithdrawn | TurnEnded

_NOTHING: Sequence[Action] = ()


def step(rule: Endpointing, turn: Turn, probability: float) -> tuple[Turn, Sequence[Action]]:
    """Return the turn after one more frame, and what follows from it."""
    speech = probability >= rule.threshold
    if not turn.speaking:
        return _before(rule, turn, speech=speech)
    if turn.length + 1 >= frames(rule.max_turn_ms):
        return Turn(), (TurnEnded(silence_frames=0 if speech else turn.silence + 1, cut=True),)
    return _within(rule, turn, speech=speech)


def _before(rule: Endpointing, turn: Turn, *, speech: bool) -> tuple[Turn, Sequence[Action]]:
    run = turn.run + 1 if speech else 0
    if run < frames(rule.start_ms):
        return (turn if run == turn.run else replace(turn, run=run)), _NOTHING
    return Turn(speaking=True, length=run), (SpeechStarted(frames_ago=run - 1),)


def _within(rule: Endpointing, turn: Turn, *, speech: bool) -> tuple[Turn, Sequence[Action]]:
    length = turn.length + 1
    if speech:
        actions = (SpeculationWithdrawn(),) if turn.speculating else _NOTHING
        return Turn(speaking=True, length=length), actions
    silence = turn.silence + 1
    if silence >= frames(rule.end_ms):
        return Turn(), (TurnEnded(silence_frames=silence),)
    if silence >= frames(rule.speculate_ms) and not turn.speculating:
        return Turn(speaking=True, silence=silence, length=length, speculating=True), (Speculate(),)
    return replace(turn, silence=silence, length=length), _NOTHING
