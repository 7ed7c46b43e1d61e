"""What the person does: their turns go to the model, their wish not to be called again never depends on it."""

from dataclasses import replace
from operator import itemgetter

from callwright.dialogue.intents import surely_wished
from callwright.dialogue.messages import outcome_of
from callwright.dialogue.model.briefing import knowledge
from callwright.dialogue.model.parting import Move, part, part_in_trouble
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.model.state import EVERYDAY, Answer, ModelState
from callwright.dialogue.model.texting import NOT_DONE, TOLD, UNKNOWN
from callwright.dialogue.model.tools import tools_of
from callwright.dialogue.port import Action, Heard, IntentMet, Listen, Pressed, Speak
from callwright.dialogue.state import DO_NOT_CALL, MERE_GOODBYES, SILENCE, TOO_LONG, Turn
from callwright.dialogue.thought import Message, Think
from callwright.dialogue.variables import render, spoken_values

_ANSWERS_GIVEN = 3
_LEAST_LIKELY = 0.1
_LONGEST_TURN = 500


def hear(script: ModelScript, state: ModelState, heard: Heard) -> Move:
    """Take one turn of the person and let the model answer it. Noise without words counts as silence."""
    text = heard.text.strip()[:_LONGEST_TURN]
    if not text:
        return stay_silent(script, state)
    intent, score, reason = _meant(script, heard)
    if len(state.talk.turns) >= script.limits.turns and reason != DO_NOT_CALL:
        return part(script, state, TOO_LONG)
    turns = (*state.talk.turns, Turn("", text, intent, heard.interrupting))
    state = replace(state, talk=replace(state.talk, turns=turns, silences=0))
    met: tuple[Action, ...] = (IntentMet(intent, score, text),) if intent else ()
    if reason:
        state, actions = part(script, state, reason)
    else:
        state, actions = think(script, _told(script, state, heard, text))
    return state, (*met, *actions)


def hear_outside(script: ModelScript, state: ModelState, event: Heard | Pressed) -> Move:
    """Heed, before the beginning, over what can't be stopped and in a goodbye, what leads anywhere out of the call.

    A mere goodbye doesn't: recognisers make one of a hum, and who means it hangs up. Once ours was begun it is
    the wish not to be called again alone.
    """
    if state.talk.ended == DO_NOT_CALL:
        return state, ()
    met: tuple[Action, ...] = ()
    if isinstance(event, Pressed):
        reason, text = script.keys.get(event.digit, ""), f"Pressed {event.digit}"
    else:
        text = event.text.strip()[:_LONGEST_TURN]
        intent, score, reason = _meant(script, event)
        reason = "" if reason in MERE_GOODBYES or not text else reason
        met = (IntentMet(intent, score, text),)
    if not reason or (state.talk.ended and reason != DO_NOT_CALL):
        return state, ()
    state = replace(state, talk=replace(state.talk, turns=(*state.talk.turns, Turn("", text)), silences=0))
    state, actions = part(script, state, reason)
    return state, (*met, *actions)


def press(script: ModelScript, state: ModelState, digit: str) -> Move:
    """Take a key: one that leads to a goodbye is heeded, any other ignored."""
    reason = script.keys.get(digit)
    if reason is None:
        return state, ()
    turns = (*state.talk.turns, Turn("", f"Pressed {digit}"))
    return part(script, replace(state, talk=replace(state.talk, turns=turns, silences=0)), reason)


def stay_silent(script: ModelScript, state: ModelState) -> Move:
    """Ask whether somebody is there, as often as the limits allow; then say goodbye."""
    if state.errand is not None:
        return state, ()
    if state.talk.silences >= script.limits.silences:
        return part(script, state, SILENCE)
    state = replace(state, talk=replace(state.talk, silences=state.talk.silences + 1))
    said = render(script.phrases.silence, spoken_values(state.talk))
    return state, (Speak(said), Listen(script.limits.silence_s))


def think(script: ModelScript, state: ModelState) -> Move:
    """Ask the model to go on, unless the call has had all that it may cost."""
    if state.tokens >= script.limits.tokens:
        return part_in_trouble(script, state)
    limits = script.limits
    state = replace(state, serial=state.serial + 1, thinking=True, answer=Answer())
    asked = Think(
        state.serial, state.messages, tools_of(script), limits.first_s, limits.total_s, limits.answer_tokens
    )
    return state, (asked,)


def _told(script: ModelScript, state: ModelState, heard: Heard, text: str) -> ModelState:
    """Return ``state`` with what the person said among the messages, and what the script knows of it."""
    likely = [
        name
        for name, score in heard.intents[:_ANSWERS_GIVEN]
        if name in script.knowledge and score >= _LEAST_LIKELY
    ]
    known = knowledge(script, likely)
    before = (Message("system", known),) if known else ()
    messages = (*_settled(state), *before, Message("user", text))
    return replace(state, messages=messages, rounds=0, failures=0, spoke=False, errand=None)


def _settled(state: ModelState) -> tuple[Message, ...]:
    """Return the messages with what the model had said, or had under way, when the person broke in."""
    if state.errand is not None:
        outcome = outcome_of(state.talk.messages, state.errand.key)
        told = Message("tool", TOLD[outcome] if outcome else UNKNOWN, answers=state.errand.call.id)
        rest = (Message("tool", NOT_DONE, answers=call.id) for call in state.errand.rest)
        return (*state.messages, told, *rest)
    if not state.answer.said:
        return state.messages
    return (*state.messages, Message("assistant", f"{' '.join(state.answer.said)} —"))


def _meant(script: ModelScript, heard: Heard) -> tuple[str, float, str]:
    """Return what was meant, how surely, and the reason of the ending that it surely leads to."""
    limits = script.limits
    least = min(limits.floor, limits.sure)
    scores = [pair for pair in heard.intents if pair[1] >= least]
    wish = surely_wished(scores, script.anywhere, limits.sure)
    if wish is not None:
        return *wish, DO_NOT_CALL
    intent, score = max(scores, key=itemgetter(1), default=(EVERYDAY, 0.0))
    if intent == EVERYDAY:
        return "", 0.0, ""
    return intent, score, script.anywhere.get(intent, "") if score >= limits.sure else ""
