"""When nobody has spoken for as long as the dialogue waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from callwright.turns.frames import frames


@dataclass(frozen=True, slots=True)
class Waiting:
    """A wait for the person: at most ``limit_ms``, of which ``quiet`` frames are over."""

    limit_ms: int
    quiet: int = 0


@dataclass(frozen=True, slots=True)
class StayedSilent:
    """Nobody spoke for the whole limit; the wait begins anew."""


_NOTHING: Sequence[StayedSilent] = ()


def step(waiting: Waiting, *, busy: bool) -> tuple[Waiting, Sequence[StayedSilent]]:
    """Return the wait after one more frame; ``busy`` while anyone speaks or an answer is being made."""
    if busy:
        return (waiting if waiting.quiet == 0 else Waiting(waiting.limit_ms)), _NOTHING
    quiet = waiting.quiet + 1
    if quiet >= frames(waiting.limit_ms):
        return Waiting(waiting.limit_ms), (StayedSilent(),)
    return Waiting(waiting.limit_ms, quiet), _NOTHING
