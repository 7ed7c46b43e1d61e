"""What follows from something heard, a key pressed, or silence, at the node where the dialogue stands."""

from dataclasses import replace

from callwright.dialogue.collecting import digits_value, take
from callwright.dialogue.graph import Collect, Listening, Script
from callwright.dialogue.intents import agrees, choose
from callwright.dialogue.knowledge import answer
from callwright.dialogue.port import Collected, Heard, IntentMet, Listen
from callwright.dialogue.state import Given, State, Turn
from callwright.dialogue.walking import Move, ask_again, enter, give_up

SILENCE = "silence"
NOT_UNDERSTOOD = "not_understood"
TOO_LONG = "too_long"

MAX_KEYED = 20


def hear(script: Script, state: State, heard: Heard) -> Move:
    """Take one turn of the person. Noise without words counts as silence."""
    text = heard.text.strip()
    if not text:
        return stay_silent(script, state)
    if len(state.turns) >= script.limits.turns:
        return give_up(script, state, TOO_LONG)
    node = _waiting(script, state)
    met = choose(heard.intents, _usable(script, node), script.limits.floor)
    intent, score = met or ("", 0.0)
    state = replace(state, turns=(*state.turns, Turn(state.node, text, intent)))
    state, actions = _respond(script, state, node, text, intent, score)
    return state, ((IntentMet(intent, score, text), *actions) if met else actions)


def press(script: Script, state: State, digit: str) -> Move:
    """Take a key. One that means nothing here is ignored."""
    node = _waiting(script, state)
    if isinstance(node, Collect) and node.what in ("number", "phone") and not state.unconfirmed:
        if digit in "0123456789" and len(state.keyed) < MAX_KEYED:
            return replace(state, keyed=state.keyed + digit, silences=0), (Listen(node.silence_s),)
        if digit == "#" and state.keyed:
            return _submit(script, state, node)
    target = node.keys.get(digit) or script.anywhere.keys.get(digit)
    if target is None:
        return state, ()
    if len(state.turns) >= script.limits.turns:
        return give_up(script, state, TOO_LONG)
    return enter(script, _with_turn(state, f"Pressed {digit}"), target)


def stay_silent(script: Script, state: State) -> Move:
    """Ask once more, as often as the limits allow; then say goodbye. Digits keyed so far are taken as complete."""
    node = _waiting(script, state)
    if state.keyed and isinstance(node, Collect):
        return _submit(script, state, node)
    if state.silences >= script.limits.silences:
        return give_up(script, state, SILENCE)
    return ask_again(script, replace(state, silences=state.silences + 1), script.phrases.silence)


def _waiting(script: Script, state: State) -> Listening:
    node = script.nodes[state.node]
    if not isinstance(node, Listening):
        raise TypeError(f"the dialogue waits at {state.node}, which does not listen")
    return node


def _with_turn(state: State, text: str) -> State:
    return replace(state, turns=(*state.turns, Turn(state.node, text)))


def _usable(script: Script, node: Listening) -> frozenset[str] | None:
    """Return the intents that lead somewhere from ``node``; ``None`` where every answer does."""
    if getattr(node, "otherwise", None):
        return None
    return frozenset((*node.branches, *script.anywhere.branches, *script.anywhere.repeat, *script.knowledge))


def _respond(script: Script, state: State, node: Listening, text: str, intent: str, score: float) -> Move:
    elsewhere = _heed_anywhere(script, state, intent) if intent and intent not in node.branches else None
    if isinstance(node, Collect) and not (elsewhere and score >= script.limits.sure):
        taken = _take(script, state, node, text)
        if taken:
            return taken
    if elsewhere:
        return elsewhere
    target = node.branches.get(intent) or getattr(node, "otherwise", None)
    if target and not state.unconfirmed:
        return enter(script, state, target)
    return _not_understood(script, state, node)


def _heed_anywhere(script: Script, state: State, intent: str) -> Move | None:
    target = script.anywhere.branches.get(intent)
    if target:
        return enter(script, state, target) if target != state.node else None
    if intent in script.anywhere.repeat:
        return ask_again(script, replace(state, silences=0))
    if intent in script.knowledge:
        return answer(script, state, intent)
    return None


def _take(script: Script, state: State, node: Collect, text: str) -> Move | None:
    """Return the move of a value found or confirmed in ``text``; ``None`` when it holds neither."""
    if state.unconfirmed and agrees(text) is True:
        return _accept(script, state, node, state.unconfirmed)
    found = take(node.what, text)
    if found:
        return _offer(script, state, node, Given(node.variable, *found, turn=len(state.turns)))
    if state.unconfirmed and agrees(text) is False:
        return _not_understood(script, replace(state, unconfirmed=None), node)
    return None


def _submit(script: Script, state: State, node: Collect) -> Move:
    value, spoken = digits_value(state.keyed)
    state = replace(_with_turn(state, f"Pressed {state.keyed}"), keyed="")
    return _offer(script, state, node, Given(node.variable, value, spoken, turn=len(state.turns)))


def _offer(script: Script, state: State, node: Collect, given: Given) -> Move:
    if node.read_back is None:
        return _accept(script, state, node, given)
    if state.unconfirmed:
        state = replace(state, misses=state.misses + 1)
    if state.misses > script.limits.not_understood:
        return _failed(script, state, node)
    return ask_again(script, replace(state, unconfirmed=given, silences=0))


def _accept(script: Script, state: State, node: Collect, given: Given) -> Move:
    others = tuple(value for value in state.given if value.name != given.name)
    state, actions = enter(script, replace(state, given=(*others, given), unconfirmed=None), node.next)
    return state, (Collected(given.name, given.value), *actions)


def _not_understood(script: Script, state: State, node: Listening) -> Move:
    if state.misses >= script.limits.not_understood:
        return _failed(script, state, node)
    state = replace(state, misses=state.misses + 1, silences=0)
    return ask_again(script, state, script.phrases.not_understood)


def _failed(script: Script, state: State, node: Listening) -> Move:
    if isinstance(node, Collect) and node.failed:
        return enter(script, state, node.failed)
    return give_up(script, state, NOT_UNDERSTOOD)
