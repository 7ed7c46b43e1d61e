"""What the model answers: sentence by sentence past the guard, its tools carried out, its failures borne."""

from dataclasses import replace

from callwright.dialogue.messages import MessageTold, outcome_of, with_told
from callwright.dialogue.model.guard import Breach, Guard
from callwright.dialogue.model.parting import Move, part, part_in_trouble
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.model.state import Answer, Errand, ModelState
from callwright.dialogue.model.texting import TOLD
from callwright.dialogue.model.tools import use
from callwright.dialogue.model.turns import think
from callwright.dialogue.port import Action, HeldBack, Listen, NotUnderstood, Speak, ToolUsed
from callwright.dialogue.state import Phase
from callwright.dialogue.thought import (
    Message,
    SentenceThought,
    StopThinking,
    ThoughtDropped,
    ThoughtEnded,
    ThoughtFailed,
    ToolAsked,
    ToolCall,
)
from callwright.dialogue.variables import render, spoken_values

Written = SentenceThought | ToolAsked | ThoughtEnded | ThoughtFailed
_MOST_CALLS = 4
_LACKING: tuple[Breach, ...] = ("figure", "offer", "name", "statement")
"""What a sentence breaks that speaks of something the script doesn't know."""


def awaits(state: ModelState, event: Written | ThoughtDropped) -> bool:
    """Say whether ``event`` is of the answer that is being waited for."""
    return not isinstance(event, ThoughtDropped) and state.thinking and event.serial == state.serial


def take(script: ModelScript, guard: Guard, state: ModelState, event: Written) -> Move:
    """Take what the model wrote; what it writes after it was told to stop, or was asked anew, is nobody's."""
    if not awaits(state, event):
        return state, ()
    match event:
        case SentenceThought():
            return _say(script, guard, state, event.text)
        case ToolAsked():
            calls = (*state.answer.calls, event.call)[:_MOST_CALLS]
            return replace(state, answer=replace(state.answer, calls=calls)), ()
        case ThoughtEnded():
            return _ended(script, replace(state, tokens=state.tokens + event.tokens))
        case ThoughtFailed():
            return _failed(script, replace(state, tokens=state.tokens + event.tokens))


def hear_of_message(script: ModelScript, state: ModelState, told: MessageTold) -> Move:
    """Keep what became of a message; where the model waits for it, tell it, and let it go on."""
    known = outcome_of(state.talk.messages, told.key) is not None
    state = replace(state, talk=replace(state.talk, messages=with_told(state.talk.messages, told)))
    errand = state.errand
    if state.talk.phase is Phase.ENDED or errand is None or errand.key != told.key:
        news = () if known else (Message("system", TOLD[told.outcome]),)
        return replace(state, messages=(*state.messages, *news)), ()
    result = TOLD[told.outcome]
    answered = Message("tool", result, answers=errand.call.id)
    state = replace(state, messages=(*state.messages, answered), errand=None)
    used = ToolUsed(errand.call.name, errand.call.arguments, result, told.outcome == "failed")
    state, actions = _do(script, state, errand.rest, reports=True)
    return state, (used, *actions)


def _say(script: ModelScript, guard: Guard, state: ModelState, text: str) -> Move:
    sentence = " ".join(text.split())
    if not sentence:
        return state, ()
    breach = guard.breach(sentence, state.talk)
    if breach is not None:
        return _hold_back(script, state, sentence, breach)
    answer = replace(state.answer, said=(*state.answer.said, sentence))
    state = replace(state, answer=answer, spoke=True)
    spoken: tuple[Action, ...] = (Speak(sentence),)
    if len(answer.said) < script.limits.sentences:
        return state, spoken
    state, actions = _ended(script, state)
    return state, (*spoken, StopThinking(), *actions)


def _hold_back(script: ModelScript, state: ModelState, sentence: str, breach: Breach) -> Move:
    """Say in place of a sentence that we don't say such things; what follows from it is not said either."""
    instead = render(script.phrases.not_mine_to_say, spoken_values(state.talk))
    answer = replace(state.answer, said=(*state.answer.said, instead), calls=(), held_back=1)
    note = Message("system", f"You were stopped: that sentence was not said ({breach}). Keep to the facts.")
    state, actions = _ended(script, replace(state, answer=answer, spoke=True))
    beside: tuple[Action, ...] = (HeldBack(sentence, breach), *_unknown(state, breach))
    return replace(state, messages=(*state.messages, note)), (StopThinking(), *beside, Speak(instead), *actions)


def _unknown(state: ModelState, breach: Breach) -> tuple[NotUnderstood, ...]:
    """Return what the script would have to know for the model to speak of it: what the person said last."""
    asked = state.talk.turns[-1] if state.talk.turns else None
    return (NotUnderstood(asked.text, asked.intent, 0.0),) if asked and breach in _LACKING else ()


def _ended(script: ModelScript, state: ModelState) -> Move:
    """The answer is complete: do what the model wants done, then let it go on or let the person speak."""
    answer = state.answer
    said = Message("assistant", " ".join(answer.said), answer.calls)
    messages = (*state.messages, said) if answer.said or answer.calls else state.messages
    failures = 0 if answer.said else state.failures
    state = replace(state, messages=messages, thinking=False, answer=Answer(), failures=failures)
    return _do(script, state, answer.calls)


def _do(script: ModelScript, state: ModelState, calls: tuple[ToolCall, ...], *, reports: bool = False) -> Move:
    """Do what ``calls`` ask. With ``reports`` the model goes on even if it has spoken: it has something to tell."""
    done: list[Action] = []
    for number, call in enumerate(calls, start=1):
        outcome = use(script, state, call)
        if outcome.sends:
            errand = Errand(call, outcome.sends, calls[number:])
            return replace(outcome.state, errand=errand), (*done, *outcome.actions)
        result = Message("tool", outcome.result, answers=call.id)
        state = replace(outcome.state, messages=(*outcome.state.messages, result))
        done.extend(outcome.actions)
        done.append(ToolUsed(call.name, call.arguments, outcome.result, outcome.refused))
        if outcome.goodbye:
            state, actions = part(script, state, outcome.goodbye)
            return state, (*done, *actions)
    state, actions = _go_on(script, state, used_tools=bool(calls), reports=reports)
    return state, (*done, *actions)


def _go_on(script: ModelScript, state: ModelState, *, used_tools: bool, reports: bool) -> Move:
    if (reports or (used_tools and not state.spoke)) and state.rounds < script.limits.rounds:
        return think(script, replace(state, rounds=state.rounds + 1))
    if not state.spoke:
        return _failed(script, state)
    return state, (Listen(script.limits.silence_s),)


def _failed(script: ModelScript, state: ModelState) -> Move:
    """Bear a failure: what was said stands; else a moment is asked for and the model asked again, or given up."""
    said, failures = state.answer.said, state.failures + 1
    if said:
        state = replace(state, messages=(*state.messages, Message("assistant", " ".join(said))))
    state = replace(state, thinking=False, answer=Answer(), failures=failures)
    if failures > script.limits.failures:
        return part_in_trouble(script, state)
    if state.spoke:
        return state, (Listen(script.limits.silence_s),)
    state, actions = think(script, state)
    return state, (Speak(render(script.phrases.one_moment, spoken_values(state.talk))), *actions)
