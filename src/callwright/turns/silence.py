"""When nobody has spoken for as long as the dialogue waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from callwright.turns.frames import frames


class Floor(Enum):
    """Whose turn it is during a frame."""

    OURS = auto()
    THEIRS = auto()
    NOBODYS = auto()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A wait for the person: at most ``limit_ms``, of which ``quiet`` frames are over."""

    limit_ms: int
    quiet: int = 0


@dataclass(frozen=True, slots=True)
class StayedSilent:
    """Nobody spoke for the whole limit; the wait begins anew."""


_NOTHING: Sequence[StayedSilent] = ()


def step(waiting: Waiting, floor: Floor) -> tuple[Waiting, Sequence[StayedSilent]]:
    """Return the wait after one more frame.

    It begins when we have spoken. A person's sound holds it up but does not begin it anew: noise that turned out to
    be nothing must not keep a silent call alive. Words do, by what the dialogue then says or waits for.
    """
    if floor is Floor.OURS:
        return (waiting if waiting.quiet == 0 else Waiting(waiting.limit_ms)), _NOTHING
    if floor is Floor.THEIRS:
        return waiting, _NOTHING
    quiet = waiting.quiet + 1
    if quiet >= frames(waiting.limit_ms):
        return Waiting(waiting.limit_ms), (StayedSilent(),)
    return Waiting(waiting.limit_ms, quiet), _NOTHING
