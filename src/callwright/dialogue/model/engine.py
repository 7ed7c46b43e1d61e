"""Dialogue engine 2.0: a language model speaks; what it says, does and takes is held to the script.

Pure, as engine 1.0: to think is an action, and what the model writes comes back as events. Whatever it does
(nothing, nonsense, no end), the call goes on within the script's limits and ends with a goodbye of the script.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from callwright.dialogue import grading
from callwright.dialogue.duties import Duties
from callwright.dialogue.faults import ScriptInvalidError
from callwright.dialogue.intents import examples_of
from callwright.dialogue.messages import MessageTold, suppose_sent
from callwright.dialogue.model import answering, turns
from callwright.dialogue.model.briefing import briefing, instructions
from callwright.dialogue.model.check import check_model
from callwright.dialogue.model.guard import Guard
from callwright.dialogue.model.parting import part
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.model.state import EVERYDAY, ModelState
from callwright.dialogue.port import (
    Action,
    Answered,
    Event,
    Grade,
    Heard,
    HungUp,
    Listen,
    Pressed,
    Reason,
    Speak,
    StayedSilent,
    TimeUp,
    Watch,
)
from callwright.dialogue.spoken.languages import spoken
from callwright.dialogue.state import HUNG_UP, TOO_LONG, Phase, State
from callwright.dialogue.thought import (
    Message,
    Paid,
    SentenceThought,
    ThoughtEnded,
    ThoughtFailed,
    ToolAsked,
)
from callwright.dialogue.variables import bind, render

Move = tuple[ModelState, Sequence[Action]]


class ModelDialogue:
    """One script version for a language model; implements :class:`callwright.dialogue.port.Dialogue`."""

    def __init__(self, script: ModelScript, *, sends: bool = False) -> None:
        """``sends``: whoever plays it sends its messages, and tells of each; else they are supposed to be sent.

        Raises ScriptInvalidError, with every fault, for a script that could not be published.
        """
        faults = check_model(script, Duties())
        if faults:
            raise ScriptInvalidError(faults)
        self.script = script
        self._sends = sends
        self._guard = Guard(script, instructions(script))
        self._examples = examples_of(script) | {EVERYDAY: spoken(script.language).everyday}

    @property
    def examples(self) -> Mapping[str, Sequence[str]]:
        """Every intent, knowledge questions included, with its example sentences; and what is none of them.

        Of a few intents one is always the likeliest. Most of what people say to a model is none, and must not be
        taken for the wish not to be called again because nothing else was taught.
        """
        return self._examples

    def begin(self, variables: Mapping[str, str]) -> ModelState:
        """Return the state of a call that has not been answered. Raises MissingVariableError, naming them."""
        values = bind(self.script, variables)
        return ModelState(State(tuple(values.items())), (Message("system", briefing(self.script, values)),))

    def take_back(self, before: ModelState, now: ModelState) -> ModelState:
        """Return ``before`` with what has been asked and sent since, whatever becomes of it."""
        talk = replace(before.talk, messages=now.talk.messages)
        return replace(before, tokens=now.tokens, serial=now.serial, talk=talk)

    def step(self, state: ModelState, event: Event) -> Move:
        """Return the state after ``event`` and what to do now; an event out of turn changes nothing."""
        state, actions = self._take(state, event)
        return (state, actions) if self._sends else suppose_sent(self._take, state, actions)

    def _take(self, state: ModelState, event: Event) -> Move:
        if isinstance(event, MessageTold):
            return answering.hear_of_message(self.script, state, event)
        if isinstance(event, Paid) and not answering.awaits(state, event):
            return replace(state, tokens=state.tokens + event.tokens), ()
        phase = state.talk.phase
        if isinstance(event, HungUp):
            talk = replace(state.talk, phase=Phase.ENDED, ended=state.talk.ended or HUNG_UP)
            return replace(state, talk=talk, thinking=False), ()
        if isinstance(event, Heard | Pressed) and (phase is not Phase.LISTENING or _overheard(event)):
            return turns.hear_outside(self.script, state, event)
        if phase is Phase.RINGING:
            return self._answered(state) if isinstance(event, Answered) else (state, ())
        return (state, ()) if phase is Phase.ENDED else self._step(state, event)

    def _step(self, state: ModelState, event: Event) -> Move:
        match event:
            case Heard():
                return turns.hear(self.script, state, event)
            case Pressed():
                return turns.press(self.script, state, event.digit)
            case StayedSilent():
                return turns.stay_silent(self.script, state)
            case TimeUp():
                return part(self.script, state, TOO_LONG)
            case SentenceThought() | ToolAsked() | ThoughtEnded() | ThoughtFailed():
                return answering.take(self.script, self._guard, state, event)
        return state, ()

    def _answered(self, state: ModelState) -> Move:
        script = self.script
        opening = render(script.opening, dict(state.talk.variables))
        talk = replace(state.talk, phase=Phase.LISTENING)
        state = replace(state, talk=talk, messages=(*state.messages, Message("assistant", opening)))
        return state, (Watch(script.limits.seconds), Speak(opening), Listen(script.limits.silence_s))

    def grade(self, state: ModelState, *, talk_s: float) -> Grade:
        """Return the grade of a call that was connected for ``talk_s`` seconds.

        The script's rules come first; where none holds, what the model noted, then the script's default.
        """
        by_rule = grading.by_rule(self.script, state.talk, talk_s)
        if by_rule is not None or state.proposed is None:
            return by_rule or grading.grade(self.script, state.talk, talk_s)
        name, because = state.proposed
        quote = state.talk.turns[-1].text if state.talk.turns else ""
        return Grade(name, (Reason(because, quote),))

    def prompts(self, variables: Mapping[str, str]) -> Sequence[Speak]:
        """Return everything that this call may speak without the model, the first one first."""
        values = bind(self.script, variables)
        phrases = self.script.phrases
        texts = (self.script.opening, phrases.silence, phrases.one_moment, phrases.not_mine_to_say)
        return tuple(
            dict.fromkeys(Speak(render(text, values)) for text in (*texts, *self.script.goodbyes.values()))
        )


def _overheard(event: Heard | Pressed) -> bool:
    return isinstance(event, Heard) and event.overheard
