"""When a person's turn begins, when it has probably ended, and when it has.

Fed every 20 ms frame, in order. A turn begins after ``start_ms`` of speech without a gap; after ``speculate_ms`` of
silence (``urgent_ms`` where we wait for it) recognition may begin on what was said so far. What was understood then
tells how much silence ends the turn (:mod:`callwright.turns.patience`); without it ``longest_ms`` do. Speech in
between withdraws the speculation. ``max_turn_ms`` bounds a turn that never falls silent (a television).

A voice detector still hears speech for a tenth of a second after its end. Within a turn a frame that doesn't stand
out of the background by ``above_db`` is silence, whatever the detector says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from callwright.turns.frames import frames
from callwright.turns.surroundings import SPEECH, Sound


@dataclass(frozen=True, slots=True)
class Endpointing:
    """The rule's settings; times in ms. ``threshold`` is the probability from which a frame is speech."""

    threshold: float = SPEECH
    above_db: float = 2.0
    start_ms: int = 60
    speculate_ms: int = 160
    urgent_ms: int = 80
    longest_ms: int = 1500
    max_turn_ms: int = 20_000


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a turn stands, in frames: ``run`` of speech before it began, of ``silence`` after it, of ``length``.

    ``enough`` is how much silence ends it, once that is known.
    """

    speaking: bool = False
    run: int = 0
    silence: int = 0
    length: int = 0
    speculating: bool = False
    enough: int | None = None


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


def step(rule: Endpointing, turn: Turn, sound: Sound, *, urgent: bool = False) -> tuple[Turn, Sequence[Action]]:
    """Return the turn after one more frame, and what follows from it.

    It is ``urgent`` to know the words while we have fallen silent in the middle of a sentence for them.
    """
    speech = sound.probability >= rule.threshold
    if not turn.speaking:
        return _before(rule, turn, speech=speech)
    speech = speech and sound.above_db >= rule.above_db
    if turn.length + 1 >= frames(rule.max_turn_ms):
        return Turn(), (TurnEnded(silence_frames=0 if speech else turn.silence + 1, cut=True),)
    return _within(rule, turn, speech=speech, speculate_ms=rule.urgent_ms if urgent else rule.speculate_ms)


def understood(turn: Turn, patience_ms: int) -> tuple[Turn, Sequence[Action]]:
    """Return the turn once the speculation is understood: it ends when ``patience_ms`` of silence are over.

    They may be already. A turn that isn't speculated on doesn't change.
    """
    if not turn.speculating:
        return turn, _NOTHING
    enough = frames(patience_ms)
    if turn.silence >= enough:
        return Turn(), (TurnEnded(silence_frames=turn.silence),)
    return replace(turn, enough=enough), _NOTHING


def _before(rule: Endpointing, turn: Turn, *, speech: bool) -> tuple[Turn, Sequence[Action]]:
    run = turn.run + 1 if speech else 0
    if run < frames(rule.start_ms):
        return (turn if run == turn.run else replace(turn, run=run)), _NOTHING
    return Turn(speaking=True, length=run), (SpeechStarted(frames_ago=run - 1),)


def _within(rule: Endpointing, turn: Turn, *, speech: bool, speculate_ms: int) -> tuple[Turn, Sequence[Action]]:
    length = turn.length + 1
    if speech:
        actions = (SpeculationWithdrawn(),) if turn.speculating else _NOTHING
        return Turn(speaking=True, length=length), actions
    silence = turn.silence + 1
    if silence >= (turn.enough or frames(rule.longest_ms)):
        return Turn(), (TurnEnded(silence_frames=silence),)
    if silence >= frames(speculate_ms) and not turn.speculating:
        return Turn(speaking=True, silence=silence, length=length, speculating=True), (Speculate(),)
    return replace(turn, silence=silence, length=length), _NOTHING
