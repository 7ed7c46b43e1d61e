"""When a person who speaks while we do has the floor, so that we must stop.

Fed every 20 ms frame during which we speak. ``sustained_ms`` of speech stops us; a blip (a cough, a click) shorter
than that doesn't. A gap of at most ``gap_ms`` does not break a run, because words have gaps, but does not count
either. The person has 200 ms from the first sound to our last (SPEC CALL-3): of these ``sustained_ms`` is what the
rule may take; the rest belongs to the network, the jitter buffer and the voice detector's window.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from callwright.turns.frames import frames


@dataclass(frozen=True, slots=True)
class BargeIn:
    """The rule's settings; times in ms."""

    threshold: float = 0.5
    sustained_ms: int = 100
    gap_ms: int = 40


@dataclass(frozen=True, slots=True)
class Overlap:
    """The person speaking over us, in frames: of ``speech``, ``age`` since it began, ``gap`` in it now."""

    speech: int = 0
    age: int = 0
    gap: int = 0


@dataclass(frozen=True, slots=True)
class StopSpeaking:
    """The person took the floor; their speech began ``frames_ago`` frames before this one."""

    frames_ago: int


NO_OVERLAP = Overlap()
_NOTHING: Sequence[StopSpeaking] = ()


def step(
    rule: BargeIn, overlap: Overlap, probability: float, *, interruptible: bool
) -> tuple[Overlap, Sequence[StopSpeaking]]:
    """Return the overlap after one more frame of both speaking, and whether we stop.

    While the prompt is not ``interruptible`` the run is still counted, so that a person who goes on speaking into
    an interruptible one stops it at once.
    """
    if probability < rule.threshold:
        return _quiet_frame(rule, overlap), _NOTHING
    speech, age = overlap.speech + 1, overlap.age + 1
    if speech < frames(rule.sustained_ms) or not interruptible:
        return Overlap(speech, age), _NOTHING
    return NO_OVERLAP, (StopSpeaking(frames_ago=age - 1),)


def _quiet_frame(rule: BargeIn, overlap: Overlap) -> Overlap:
    if overlap.speech == 0 or overlap.gap >= frames(rule.gap_ms):
        return NO_OVERLAP
    return Overlap(overlap.speech, overlap.age + 1, overlap.gap + 1)
