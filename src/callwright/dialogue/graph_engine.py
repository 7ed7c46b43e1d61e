"""Dialogue engine 1.0: plays a script's graph."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from callwright.dialogue import grading
from callwright.dialogue.check import check
from callwright.dialogue.faults import ScriptInvalidError
from callwright.dialogue.graph import Script
from callwright.dialogue.hearing import hear, hear_outside, press, stay_silent
from callwright.dialogue.intents import examples_of
from callwright.dialogue.messages import MessageTold, outcome_of, suppose_sent
from callwright.dialogue.paths import texts_in_order
from callwright.dialogue.port import Action, Answered, Event, Grade, Heard, HungUp, Pressed, Speak, StayedSilent
from callwright.dialogue.state import HUNG_UP, Phase, State
from callwright.dialogue.variables import bind, render, slots
from callwright.dialogue.walking import enter, hear_of_message, recorded


class GraphDialogue:
    """One script version, ready to be played; implements :class:`callwright.dialogue.port.Dialogue`."""

    def __init__(self, script: Script, *, sends: bool = False) -> None:
        """``sends``: whoever plays it sends its messages, and tells of each; else they are supposed to be sent.

        Raises ScriptInvalidError, with every fault, for a script that could not be published.
        """
        faults = check(script)
        if faults:
            raise ScriptInvalidError(faults)
        self.script = script
        self._sends = sends
        self._examples = examples_of(script)
        self._texts = tuple(
            (Speak(text, recording=recorded(script, audio)), frozenset(slots(text)))
            for text, audio in texts_in_order(script)
        )

    @property
    def examples(self) -> Mapping[str, Sequence[str]]:
        """Every intent, knowledge questions included, with its example sentences."""
        return self._examples

    def begin(self, variables: Mapping[str, str]) -> State:
        """Return the state of a call that has not been answered. Raises MissingVariableError, naming them."""
        return State(tuple(bind(self.script, variables).items()))

    def step(self, state: State, event: Event) -> tuple[State, Sequence[Action]]:
        """Return the state after ``event`` and what to do now; an event out of turn changes nothing."""
        state, actions = self._step(state, event)
        return (state, actions) if self._sends else suppose_sent(self._step, state, actions)

    def _step(self, state: State, event: Event) -> tuple[State, Sequence[Action]]:
        if isinstance(event, MessageTold):
            return hear_of_message(self.script, state, event)
        if isinstance(event, HungUp):
            return replace(state, phase=Phase.ENDED, ended=state.ended or HUNG_UP), ()
        if isinstance(event, Answered) and state.phase is Phase.RINGING:
            return enter(self.script, state, self.script.entry)
        if state.phase is not Phase.LISTENING and isinstance(event, Heard | Pressed):
            return hear_outside(self.script, state, event)
        return self._listen(state, event) if state.phase is Phase.LISTENING else (state, ())

    def _listen(self, state: State, event: Event) -> tuple[State, Sequence[Action]]:
        match event:
            case Heard():
                return hear(self.script, state, event)
            case Pressed():
                return press(self.script, state, event.digit)
            case StayedSilent():
                return stay_silent(self.script, state)
        return state, ()

    def take_back(self, before: State, now: State) -> State:
        """Return ``before`` with what was told of messages: whatever was heard since can be unheard."""
        state = replace(before, messages=now.messages)
        outcome = outcome_of(now.messages, state.node) if state.phase is Phase.SENDING else None
        return hear_of_message(self.script, state, MessageTold(state.node, outcome))[0] if outcome else state

    def grade(self, state: State, *, talk_s: float) -> Grade:
        """Return the grade of a call that was connected for ``talk_s`` seconds."""
        return grading.grade(self.script, state, talk_s)

    def prompts(self, variables: Mapping[str, str]) -> Sequence[Speak]:
        """Return everything that this call may speak, the first one first.

        Left out are texts with a value that the person has yet to give. Raises MissingVariableError.
        """
        values = bind(self.script, variables)
        ready = (
            replace(said, text=render(said.text, values)) if needed else said
            for said, needed in self._texts
            if not needed or needed <= values.keys()
        )
        return tuple(dict.fromkeys(ready))
