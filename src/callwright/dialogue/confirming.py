"""A dialogue for whoever keys in a code, and for nobody else.

Who tries a script on a phone says that it is theirs. The code on their screen shows it: a stranger who is rung by
mistake, or by malice, hears no more than that this was a test call.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from callwright.dialogue.port import (
    Action,
    Answered,
    Dialogue,
    Event,
    Grade,
    HangUp,
    Heard,
    HungUp,
    Listen,
    Pressed,
    Speak,
    StayedSilent,
)
from callwright.dialogue.state import DO_NOT_CALL

Played = TypeVar("Played")

CODE_MISSING = "code_missing"
"""The reason for which we hang up where the code was not keyed in."""
TIMES = 2
"""So often the code is asked for."""
WORDS = 3
"""Who has said so much to us instead of keying in the code has none."""
SILENCE_S = 10.0
"""As long as it takes to find the phone's keys."""


@dataclass(frozen=True, slots=True)
class CodeWords:
    """What is said: to ask for the code, once it was ``wrong``, and to whoever has none."""

    ask: str
    wrong: str
    sorry: str


@dataclass(frozen=True, slots=True)
class Confirming(Generic[Played]):
    """How far it got; ``played`` is the state of the dialogue that waits for the code."""

    played: Played
    confirmed: bool = False
    keyed: str = ""
    asked: int = 0
    heard: int = 0
    over: bool = False


class CodeFirst(Generic[Played]):
    """``dialogue``, begun once ``code`` (digits) was keyed in; a Dialogue itself.

    Meanwhile nothing is heeded that is said but the wish not to be called again, as the dialogue heeds it.
    """

    def __init__(self, dialogue: Dialogue[Played], code: str, words: CodeWords) -> None:
        self._dialogue = dialogue
        self._code = code
        self._words = words

    @property
    def examples(self) -> Mapping[str, Sequence[str]]:
        """Every intent of the dialogue with its example sentences."""
        return self._dialogue.examples

    def begin(self, variables: Mapping[str, str]) -> Confirming[Played]:
        """Return the state of a call that has not been answered. Raises MissingVariableError, naming them."""
        return Confirming(self._dialogue.begin(variables))

    def grade(self, state: Confirming[Played], *, talk_s: float) -> Grade:
        """Return the dialogue's grade."""
        return self._dialogue.grade(state.played, talk_s=talk_s)

    def prompts(self, variables: Mapping[str, str]) -> Sequence[Speak]:
        """Return everything that this call may speak, the first one first. Raises MissingVariableError."""
        words = self._words
        return (*map(_said, (words.ask, words.sorry, words.wrong)), *self._dialogue.prompts(variables))

    def step(self, state: Confirming[Played], event: Event) -> tuple[Confirming[Played], Sequence[Action]]:
        """Return the state after ``event`` and what to do now."""
        if state.confirmed or isinstance(event, HungUp):
            return self._play(state, event)
        if isinstance(event, Heard):
            return self._hear(state, event)
        if state.over:
            return state, ()
        match event:
            case Answered() if not state.asked:
                return self._ask(state, self._words.ask)
            case Pressed():
                return self._press(state, event.digit)
            case StayedSilent():
                return self._ask(state, self._words.ask)
        return state, ()

    def take_back(self, before: Confirming[Played], now: Confirming[Played]) -> Confirming[Played]:
        """Return ``before`` with what the dialogue can't undo."""
        return replace(before, played=self._dialogue.take_back(before.played, now.played))

    def _play(self, state: Confirming[Played], event: Event) -> tuple[Confirming[Played], Sequence[Action]]:
        played, actions = self._dialogue.step(state.played, event)
        return replace(state, played=played), actions

    def _hear(self, state: Confirming[Played], heard: Heard) -> tuple[Confirming[Played], Sequence[Action]]:
        wished, actions = self._play(state, replace(heard, overheard=True))
        if _NEVER_AGAIN in actions:
            return replace(wished, over=True), actions
        if state.over or heard.overheard:
            return state, ()
        state = replace(state, heard=state.heard + 1)
        return self._ask(state, self._words.ask) if state.heard >= WORDS else (state, (_WAIT,))

    def _press(self, state: Confirming[Played], digit: str) -> tuple[Confirming[Played], Sequence[Action]]:
        keyed = state.keyed + digit if digit.isdecimal() else ""
        if len(keyed) < len(self._code):
            return replace(state, keyed=keyed), (_WAIT,)
        if keyed == self._code:
            return self._play(replace(state, confirmed=True, keyed=""), Answered())
        return self._ask(replace(state, keyed=""), self._words.wrong)

    def _ask(self, state: Confirming[Played], text: str) -> tuple[Confirming[Played], Sequence[Action]]:
        if state.asked >= TIMES or state.heard >= WORDS:
            return replace(state, over=True), (_said(self._words.sorry), HangUp(CODE_MISSING))
        return replace(state, asked=state.asked + 1, keyed=""), (_said(text), _WAIT)


_WAIT = Listen(SILENCE_S, "number")
_NEVER_AGAIN = HangUp(DO_NOT_CALL)


def _said(text: str) -> Speak:
    return Speak(text, interruptible=False)
