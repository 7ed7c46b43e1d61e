"""A person who paused, was taken to have finished, and goes on: what came of the first part is taken back.

Nobody can tell a pause from an end in 400 ms. Who goes on just as our reply begins has not answered it: both parts
are one turn, which the dialogue hears instead of the first. That is possible because a dialogue's step is pure.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from callwright.callroom.conductor import Conductor
from callwright.callroom.journal import Journal, Mark
from callwright.callroom.listener import SpokenTurn
from callwright.callroom.record import Turn
from callwright.turns.frames import frames

State = TypeVar("State")


@dataclass(slots=True)
class _Delivered:
    turn: SpokenTurn
    text: str
    mark: Mark
    written: Turn | None = None
    replied_in: int | None = None


class SecondThoughts(Generic[State]):
    """Remembers the last turn delivered for as long as its speaker may go on with it."""

    def __init__(self, conductor: Conductor[State], journal: Journal, *, within_ms: int) -> None:
        self._conductor = conductor
        self._journal = journal
        self._within = frames(within_ms)
        self._last: _Delivered | None = None

    @property
    def intent(self) -> str | None:
        """What the last turn delivered was taken for."""
        return self._last.written.intent if self._last and self._last.written else None

    def delivering(self, turn: SpokenTurn, text: str) -> None:
        """The dialogue is about to be told of ``turn``."""
        self._last = _Delivered(turn, text, self._journal.mark()) if text else None

    def written(self, turn: Turn) -> None:
        """The turn delivered last stands in the transcript."""
        if self._last is not None:
            self._last.written = turn

    def reply_began(self, frame: int) -> None:
        """Our first sound since is sent in ``frame``."""
        if self._last is not None and self._last.replied_in is None:
            self._last.replied_in = frame

    def forget(self) -> None:
        """Something else happened: what was said stands."""
        self._last = None

    def unfinished(self, frame: int) -> str:
        """Return what a person who begins to speak in ``frame`` goes on with, nothing if with nothing."""
        last = self._last
        if last is None or (last.replied_in is not None and frame - last.replied_in > self._within):
            return ""
        return last.text

    def take_back(self, turn: SpokenTurn) -> SpokenTurn:
        """Undo what came of the first part, and return the turn with both parts."""
        first, self._last = self._last, None
        if first is None:
            return turn
        self._conductor.take_back()
        self._journal.take_back(first.mark, first.written)
        return turn.joined_to(first.turn)
