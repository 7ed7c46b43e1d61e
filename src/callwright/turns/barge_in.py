"""When a person who speaks while we do has the floor.

Fed every 20 ms frame during which we speak. People stop at once when someone else begins, and go on when it was
only a cough; so do we. Evidence that someone speaks makes us pause. A sound of less than ``sustained_ms`` of speech
gives the floor back by its end; of a longer one the words say what it was (:mod:`callwright.turns.interjections`),
until ``longest_ms`` of speech take the floor from us whatever they are.

The evidence is a sequential test (Page's cumulative sum). Each frame adds the log-odds that the voice detector
gives it and ``per_db`` for every decibel by which it stands out of the background, less ``bias``. The sum never
falls below nothing; ``enough`` of it makes us pause. A frame that surely is speech suffices, a soft beginning adds
up while the detector still doubts, and loudness that the detector is sure is no speech comes to nothing. A gap of
at most ``gap_ms`` without evidence or speech does not end the overlap, because words have gaps.

The person has 200 ms from their first sound to our last (SPEC CALL-3), of which the network and the jitter buffers
of both ends take some 80. The settings were fitted to other sentences and sounds than ``bench/barge_in.py``
measures: fewer false stops in all than two frames above one half would give, echo included.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

from callwright.turns.frames import frames
from callwright.turns.surroundings import SPEECH, Sound


@dataclass(frozen=True, slots=True)
class BargeIn:
    """The rule's settings: times in ms, evidence in nats.

    ``threshold`` is the probability from which a frame is speech. No frame counts as surer of speech than
    ``surest`` or of none than ``least_sure``, nor as louder than ``loudest_db``, nor takes more than ``forgets``.
    """

    threshold: float = SPEECH
    surest: float = 1.6
    least_sure: float = 4.0
    per_db: float = 0.14
    loudest_db: float = 20.0
    bias: float = 1.6
    enough: float = 1.0
    most: float = 1.3
    forgets: float = 1.2
    sustained_ms: int = 160
    longest_ms: int = 1200
    gap_ms: int = 40


@dataclass(frozen=True, slots=True)
class Overlap:
    """The person speaking over us: the ``evidence``, and frames of ``speech``, of ``age``, of ``gap`` now.

    While it is ``sustained`` we have paused and wait for what the words say.
    """

    evidence: float = 0.0
    speech: int = 0
    age: int = 0
    gap: int = 0
    paused: bool = False
    sustained: bool = False


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
    rule: BargeIn, overlap: Overlap, sound: Sound, *, interruptible: bool, in_turn: bool
) -> tuple[Overlap, Sequence[Action]]:
    """Return the overlap after one more frame of both speaking, and what we do.

    While the prompt is not ``interruptible`` the evidence is still gathered, so that a person who goes on speaking
    into an interruptible one stops it at once. A floor is yielded only after a pause. While the person is
    ``in_turn``, words are to be had of them: what is sustained ends no sooner.
    """
    evidence = min(max(overlap.evidence + weight(rule, sound), 0.0), rule.most)
    is_speech = sound.probability >= rule.threshold
    if evidence == 0 and not is_speech:
        return _quiet_frame(rule, overlap, in_turn=in_turn)
    after = replace(overlap, evidence=evidence, speech=overlap.speech + is_speech, age=overlap.age + 1, gap=0)
    if not interruptible or (evidence < rule.enough and not overlap.paused):
        return after, _NOTHING
    actions: tuple[Action, ...] = () if overlap.paused else (Pause(frames_ago=after.age - 1),)
    if after.speech >= frames(rule.longest_ms):
        return NO_OVERLAP, (*actions, YieldFloor())
    return replace(after, paused=True, sustained=after.speech >= frames(rule.sustained_ms)), actions


def weight(rule: BargeIn, sound: Sound) -> float:
    """Return the evidence in one frame that a person speaks, negative for silence."""
    loudness = min(max(sound.above_db, 0.0), rule.loudest_db)
    odds = min(max(_log_odds(sound.probability), -rule.least_sure), rule.surest)
    return max(odds + rule.per_db * loudness - rule.bias, -rule.forgets)


def _log_odds(probability: float) -> float:
    likely = min(max(probability, 0.001), 0.999)
    return log(likely / (1 - likely))


def _quiet_frame(rule: BargeIn, overlap: Overlap, *, in_turn: bool) -> tuple[Overlap, Sequence[Action]]:
    if overlap.age == 0:
        return overlap, _NOTHING
    if overlap.gap >= frames(rule.gap_ms) and not (overlap.sustained and in_turn):
        return NO_OVERLAP, (Resume(),) if overlap.paused else _NOTHING
    return replace(overlap, evidence=0.0, age=overlap.age + 1, gap=overlap.gap + 1), _NOTHING
