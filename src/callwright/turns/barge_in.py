"""When a person who speaks while we do has the floor.

Fed every 20 ms frame during which we speak. People stop at once when someone else begins, and go on when it was
only a cough; so do we. ``pause_ms`` of speech makes us pause; ``sustained_ms`` of it takes the floor from us, and
a sound shorter than that gives it back. A gap of at most ``gap_ms`` does not break a run, because words have gaps,
but does not count either. The person has 200 ms from their first sound to our last (SPEC CALL-3): of these
``pause_ms`` is what the rule takes; the rest belongs to the network, the jitter buffers and the voice detector.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from callwright.turns.frames import frames


@dataclass(frozen=True, slots=True)
class BargeIn:
    """The rule's settings; times in ms."""

    threshold: float = 0.5
    pause_ms: int = 40
    sustained_ms: int = 160
    gap_ms: int = 40


@dataclass(frozen=True, slots=True)
class Overlap:
    """The person speaking over us, in frames: of ``speech``, ``age`` since it began, ``gap`` in it now."""

    speech: int = 0
    age: int = 0
    gap: int = 0
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """The person began to speak ``frames_ago`` frames before this one: fall silent, ready to go on."""

    frames_ago: int


@dataclass(frozen=True, slots=True)
class Resume:
    """It was nothing: go on where we paused."""


@dataclass(frozen=True, slots=True)
class YieldFloor:
    """The person goes on speaking: what we were saying is over."""


Action = Pause | Resume | YieldFloor

NO_OVERLAP = Overlap()
_NOTHING: Sequence[Action] = ()


def step(
    rule: BargeIn, overlap: Overlap, probability: float, *, interruptible: bool
) -> tuple[Overlap, Sequence[Action]]:
    """Return the overlap after one more frame of both speaking, and what we do.

    While the prompt is not ``interruptible`` the run is still counted, so that a person who goes on speaking into
    an interruptible one stops it at once. A floor is yielded only after a pause.
    """
    if probability < rule.threshold:
        return _quiet_frame(rule, overlap)
    speech, age = overlap.speech + 1, overlap.age + 1
    if not interruptible or speech < frames(rule.pause_ms):
        return Overlap(speech, age, paused=overlap.paused), _NOTHING
    actions: tuple[Action, ...] = () if overlap.paused else (Pause(frames_ago=age - 1),)
    if speech >= frames(rule.sustained_ms):
        return NO_OVERLAP, (*actions, YieldFloor())
    return Overlap(speech, age, paused=True), actions


def _quiet_frame(rule: BargeIn, overlap: Overlap) -> tuple[Overlap, Sequence[Action]]:
    if overlap.speech == 0:
        return overlap, _NOTHING
    if overlap.gap >= frames(rule.gap_ms):
        return NO_OVERLAP, (Resume(),) if overlap.paused else _NOTHING
    return Overlap(overlap.speech, overlap.age + 1, overlap.gap + 1, overlap.paused), _NOTHING
