"""The dialogue of one call: what happened goes in, what it asks for is carried out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from callwright.callroom.journal import Journal
from callwright.callroom.own_words import ENGLISH
from callwright.dialogue import port
from callwright.dialogue.messages import MessageTold, SendMessage
from callwright.dialogue.port import Dialogue, Grade
from callwright.dialogue.thought import StopThinking, Think

State = TypeVar("State")

Witness = Callable[[State, port.Event, State, Sequence[port.Action]], None]
"""Told of a step: the state before, what happened, the state after, and what is to be done."""

NAMED = 200
"""Of what a language model calls its tools, and of what they told it, so many characters are kept with the call."""


class Mouth(Protocol):
    """What a dialogue may have done."""

    def speak(self, said: port.Speak) -> None:
        """Say this after what is being said."""
        ...

    def hush(self) -> None:
        """Stop what is being said."""
        ...

    def wait(self, silence_s: float, expects: port.Expects) -> None:
        """Give the person ``silence_s`` to say what is expected."""
        ...

    def think(self, asked: Think) -> None:
        """Ask the language model, and nothing that it was asked before."""
        ...

    def stop_thinking(self) -> None:
        """Want no answer of the language model any more."""
        ...

    def watch(self, seconds: float) -> None:
        """Tell the dialogue when ``seconds`` have passed."""
        ...

    def send(self, wanted: SendMessage) -> None:
        """Send the person a text message, and tell the dialogue what became of it."""
        ...

    def end(self, reason: str) -> None:
        """End the call once everything has been said."""
        ...


class Conductor(Generic[State]):
    """Steps the dialogue.

    Once it has asked to hang up, or the room has, it only overhears: nothing is carried out any more, so that the
    call gets no longer by it, but what the person still wishes is noted.
    """

    def __init__(
        self,
        dialogue: Dialogue[State],
        variables: Mapping[str, str],
        mouth: Mouth,
        journal: Journal,
        witness: Witness[State] | None = None,
        *,
        pressed: str = ENGLISH.pressed,
    ) -> None:
        self._dialogue = dialogue
        self._witness = witness
        self._mouth = mouth
        self._journal = journal
        self._state = dialogue.begin(variables)
        self._begun = False
        self._before_heard = self._state
        self._said_before = ""
        self._parting = False
        self._line_dead = False
        self._said = ""
        self._pressed = pressed
        self.intent: port.IntentMet | None = None

    def take(self, event: port.Event) -> None:
        """Tell the dialogue what happened and do what it says. Raises whatever the dialogue raises."""
        self.intent = None
        if isinstance(event, MessageTold):
            self._journal.event("message_told", node=event.key, outcome=event.outcome)
        if self._parting:
            self._overhear(event)
            return
        if isinstance(event, port.Answered):
            self._begun = True
        elif isinstance(event, port.Heard):
            # Nothing was asked yet of a person who waits for the dialogue to begin.
            event = event if self._begun else replace(event, overheard=True)
            self._before_heard, self._said_before = self._state, self._said
        actions = self._step(event)
        if actions and isinstance(event, port.Heard | port.Pressed | port.StayedSilent):
            self._mouth.hush()
        for action in actions:
            self._note(action)
            if not self._line_dead:
                self._carry_out(action)

    def take_back(self) -> None:
        """Let the last turn heard be unheard."""
        self._state = self._dialogue.take_back(self._before_heard, self._state)
        self._said = self._said_before

    def hung_up(self) -> None:
        """From now on the dialogue is told what was said, so that the grade counts it, but does nothing more."""
        self._line_dead = True

    def stop(self) -> None:
        """From now on only overhear: the room ends the call of its own accord."""
        self._parting = True

    def foresee(self, event: port.Event, *, instead: bool) -> list[port.Speak | Think]:
        """Return what would be said and asked of the language model if ``event`` happened now; nothing changes.

        With ``instead``, if it happened in place of the last turn.
        """
        if self._parting:
            return []
        before = self._dialogue.take_back(self._before_heard, self._state) if instead else self._state
        _, actions = self._dialogue.step(before, event)
        return [action for action in actions if isinstance(action, port.Speak | Think)]

    def grade(self, talk_s: float) -> Grade:
        """Return the grade of the call after ``talk_s`` seconds."""
        return self._dialogue.grade(self._state, talk_s=talk_s)

    def _overhear(self, event: port.Event) -> None:
        if isinstance(event, port.Heard):
            event = replace(event, overheard=True)
        elif not isinstance(event, port.Pressed):
            return
        for action in self._step(event):
            self._note(action)

    def _step(self, event: port.Event) -> Sequence[port.Action]:
        before = self._state
        self._said = self._said_with(event)
        self._state, actions = self._dialogue.step(before, event)
        if self._witness is not None:
            self._witness(before, event, self._state, actions)
        return actions

    def _said_with(self, event: port.Event) -> str:
        """Return the words to which whatever is done from ``event`` on may answer: none, where nobody said any."""
        match event:
            case port.Heard():
                said = event.text.strip()
                return said or (self._said if event.overheard else "")  # noise over a prompt answers nothing
            case port.Pressed():
                return self._pressed.format(digit=event.digit)
            case port.StayedSilent():
                return ""
        return self._said

    def _carry_out(self, action: port.Action) -> None:
        if isinstance(action, port.Speak):
            self._mouth.speak(action)
        elif isinstance(action, port.Listen):
            self._mouth.wait(action.silence_s, action.expects)
        elif isinstance(action, Think):
            self._mouth.think(action)
        elif isinstance(action, StopThinking):
            self._mouth.stop_thinking()
        elif isinstance(action, port.Watch):
            self._mouth.watch(action.seconds)
        elif isinstance(action, SendMessage):
            self._mouth.send(action)
        elif isinstance(action, port.HangUp):
            self._parting = True
            self._mouth.end(action.reason)

    def _note(self, action: port.Action) -> None:
        if isinstance(action, port.Entered):
            self._journal.step(action.node, action.kind)
            self._journal.event("entered", node=action.node, node_kind=action.kind)
        elif isinstance(action, port.Collected):
            self._journal.collected[action.name] = action.value
            self._journal.event("collected", name=action.name, value=action.value)
        elif isinstance(action, port.IntentMet):
            self.intent = action
            self._journal.event("intent", intent=action.intent, score=round(action.score, 3))
        elif isinstance(action, port.NotUnderstood):
            node = self._journal.path[-1].node if self._journal.path else ""
            self._journal.event("not_understood", text=action.text, node=node, nearest=action.intent)
        else:
            self._note_deed(action)

    def _note_deed(self, action: port.Action) -> None:
        if isinstance(action, port.HeldBack):
            self._journal.event("held_back", text=action.text, why=action.why)
        elif isinstance(action, port.ToolUsed):
            self._journal.event("tool_used", name=action.name[:NAMED], result=action.result[:NAMED])
        elif isinstance(action, SendMessage):
            self._journal.event("message", node=action.key, template=action.template)
        elif isinstance(action, port.HangUp):
            self._journal.say_goodbye(action.reason, self._said)
