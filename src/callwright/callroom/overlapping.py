"""Both speak at once: who falls silent, who goes on, and what of it the dialogue is told."""

from callwright.callroom.player import Player
from callwright.callroom.scribe import Scribe
from callwright.callroom.settings import RoomSettings
from callwright.turns import barge_in
from callwright.turns.interjections import SaidOver, is_interjection
from callwright.turns.lexicon import Lexicon
from callwright.turns.patience import Expects
from callwright.turns.surroundings import Sound


class Overlapping:
    """Holds our prompt against what the person says meanwhile."""

    def __init__(self, player: Player, scribe: Scribe, settings: RoomSettings, words: Lexicon) -> None:
        self._player = player
        self._scribe = scribe
        self._rule = settings.barge_in
        self._interjections = settings.interjections
        self._words = words
        self._overlap = barge_in.NO_OVERLAP
        self._yielded = False
        self._listened = False

    @property
    def waits_for_words(self) -> bool:
        """Whether we have fallen silent and go on or not by what is being said."""
        return self._overlap.sustained

    def hear(self, sound: Sound, frame: int, *, interruptible: bool, in_turn: bool) -> None:
        """Take what was heard in ``frame`` of the call; ``in_turn`` while the person has a turn."""
        if not self._player.busy:
            self.over()
            return
        interruptible = interruptible and self._player.interruptible
        self._overlap, actions = barge_in.step(
            self._rule, self._overlap, sound, interruptible=interruptible, in_turn=in_turn
        )
        for action in actions:
            if isinstance(action, barge_in.Pause):
                self._player.pause()
                self._scribe.paused(frame, action.frames_ago)
            elif isinstance(action, barge_in.Resume):
                self._go_on()
            else:
                self._give_way()

    def understood(self, heard: SaidOver, expects: Expects) -> bool:
        """Go on or give way now that the words are known; return whether they leave us the floor."""
        if not (self._overlap.sustained or self._listened):
            return False
        self._listened = is_interjection(self._interjections, self._words, expects, heard, self._player.left_ms)
        if self._overlap.sustained:
            self.over()
            if self._listened:
                self._go_on(after_words=True)
            else:
                self._give_way()
        return self._listened

    def turn_ended(self) -> tuple[bool, bool]:
        """Return whether the person's turn took the floor from us, and whether they only listened.

        What is still not understood takes it.
        """
        if self._overlap.sustained:
            self.over()
            self._give_way()
        yielded, listened = self._yielded, self._listened and not self._yielded
        self._yielded = self._listened = False
        return yielded, listened

    def over(self) -> None:
        """We no longer speak, or not this."""
        self._overlap = barge_in.NO_OVERLAP

    def _go_on(self, *, after_words: bool = False) -> None:
        self._player.resume(after_words=after_words)
        self._scribe.resumed()

    def _give_way(self) -> None:
        self._player.stop()
        self._yielded = True
        self._scribe.yielded()
