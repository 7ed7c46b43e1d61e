"""What follows from something heard, a key pressed, or silence, at the node where the dialogue stands."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from operator import itemgetter

from callwright.dialogue.collecting import digits_value, take
from callwright.dialogue.graph import Ask, Collect, Goodbye, ListenFor, Listening, Script
from callwright.dialogue.intents import Score, believable, choose, plain_answer, spared, surely_wished
from callwright.dialogue.knowledge import answer
from callwright.dialogue.paths import ending_of, endings
from callwright.dialogue.port import Collected, Heard, IntentMet, NotUnderstood, Pressed
from callwright.dialogue.spoken.languages import spoken
from callwright.dialogue.state import (
    DO_NOT_CALL,
    GOODBYE,
    IN_CIRCLES,
    MERE_GOODBYES,
    NOT_UNDERSTOOD,
    SILENCE,
    TOO_LONG,
    Given,
    State,
    Turn,
)
from callwright.dialogue.walking import (
    TOLD_UNASKED,
    Move,
    ask_again,
    enter,
    give_up,
    keep,
    listen,
    listening,
)
from callwright.dialogue.wording import in_turn, not_understood_phrases, silence_phrases

MAX_KEYED = 20


def hear(script: Script, state: State, heard: Heard) -> Move:
    """Take one turn of the person. Noise without words counts as silence."""
    if heard.overheard:
        return _overhear(script, state, heard)
    text = heard.text.strip()
    if not text:
        return stay_silent(script, state)
    node = listening(script, state)
    met = plain_answer(script, text) or _chosen(script, node, believable(script, heard.intents))
    intent, score = met or ("", 0.0)
    if _too_many(script, state, node.branches.get(intent) or script.anywhere.branches.get(intent)):
        return give_up(script, state, TOO_LONG)
    state = replace(state, turns=(*state.turns, Turn(state.node, text, intent, heard.interrupting)), silences=0)
    state, actions = _respond(script, state, node, met or _nearest(heard))
    return state, ((IntentMet(intent, score, text), *actions) if met else actions)


def _chosen(script: Script, node: Listening, scores: Sequence[Score]) -> Score | None:
    met = choose(scores, _usable(script, node))
    return met and spared(met, scores, endings(script, script.anywhere.branches | node.branches))


def hear_outside(script: Script, state: State, event: Heard | Pressed) -> Move:
    """Heed, before the beginning and once a goodbye was begun, the wish not to be called again and nothing else."""
    if state.ended == DO_NOT_CALL:
        return state, ()
    if isinstance(event, Heard):
        after, actions = _overhear(script, state, event)
    else:
        after, actions = _press_anywhere(script, state, event.digit)
    return (after, actions) if after.ended == DO_NOT_CALL else (state, ())


def _overhear(script: Script, state: State, heard: Heard) -> Move:
    """Heed what was said over a prompt where it leads away from anywhere and is surely meant; else change nothing.

    "Don't call me again" needs no second asking, while a "yes?" into the greeting answers no question yet. Nor
    does a mere goodbye end anything: recognisers make one of a hum, and who means it hangs up.
    """
    text = heard.text.strip()
    wish = surely_wished(
        believable(script, heard.intents), endings(script, script.anywhere.branches), script.limits.sure
    )
    intent, score = wish or _nearest(heard)
    target = script.anywhere.branches.get(intent)
    if not text or target is None:
        return state, ()
    if wish is None and (score < script.limits.sure or _takes_leave(script, intent, target)):
        return state, ()
    if _too_many(script, state, target):
        return state, ()
    state = replace(state, turns=(*state.turns, Turn(state.node, text, intent)), silences=0)
    state, actions = enter(script, state, target, told=text)
    return state, (IntentMet(intent, score, text), *actions)


def _takes_leave(script: Script, intent: str, target: str) -> bool:
    """Say whether ``intent`` is a mere goodbye: by its name, or by the ending to which it leads."""
    return intent == GOODBYE or ending_of(script, target) in MERE_GOODBYES


def _nearest(heard: Heard) -> Score:
    return max(heard.intents, key=itemgetter(1), default=("", 0.0))


def press(script: Script, state: State, digit: str) -> Move:
    """Take a key. One that means nothing here is ignored."""
    node = listening(script, state)
    if isinstance(node, Collect) and node.what in ("number", "phone") and not state.unconfirmed:
        if digit.isascii() and digit.isdecimal() and len(state.keyed) < MAX_KEYED:
            return replace(state, keyed=state.keyed + digit, silences=0), (listen(node, state),)
        if digit == "#" and state.keyed:
            return _submit(script, state, node)
    if digit not in node.keys:
        return _press_anywhere(script, state, digit)
    return _follow_key(script, state, digit, node.keys[digit])


def stay_silent(script: Script, state: State) -> Move:
    """Ask once more, as often as the limits allow; then say goodbye. Digits keyed so far are taken as complete."""
    node = listening(script, state)
    if state.keyed and isinstance(node, Collect):
        return _submit(script, state, node)
    if state.silences >= script.limits.silences:
        return give_up(script, state, SILENCE)
    phrase = in_turn(silence_phrases(script), state.silences)
    return ask_again(script, replace(state, silences=state.silences + 1), phrase)


def _press_anywhere(script: Script, state: State, digit: str) -> Move:
    target = script.anywhere.keys.get(digit)
    return (state, ()) if target is None else _follow_key(script, state, digit, target)


def _follow_key(script: Script, state: State, digit: str, target: str) -> Move:
    if _too_many(script, state, target):
        return give_up(script, state, TOO_LONG)
    return enter(script, _with_turn(state, f"Pressed {digit}"), target)


def _too_many(script: Script, state: State, target: str | None) -> bool:
    """Say whether the person has had all their turns; to ask not to be called again one more is always left."""
    node = script.nodes[target] if target else None
    wished = isinstance(node, Goodbye) and node.reason == DO_NOT_CALL
    return len(state.turns) >= script.limits.turns and not wished


def _with_turn(state: State, text: str) -> State:
    return replace(state, turns=(*state.turns, Turn(state.node, text)), silences=0)


def _otherwise(node: Listening) -> str | None:
    return node.otherwise if isinstance(node, Ask | ListenFor) else None


def _usable(script: Script, node: Listening) -> frozenset[str] | None:
    """Return the intents that lead somewhere from ``node``; ``None`` where every answer does."""
    if _otherwise(node):
        return None
    return frozenset((*node.branches, *script.anywhere.branches, *script.anywhere.repeat, *script.knowledge))


def _respond(script: Script, state: State, node: Listening, nearest: Score) -> Move:
    """A value asked for outweighs every other meaning, but for one heeded anywhere and surely meant.

    ``nearest`` is what was meant, as the last turn has it; where nothing was surely meant, what came nearest.
    """
    intent, text = state.turns[-1].intent, state.turns[-1].text
    elsewhere = _heed_anywhere(script, state, intent) if intent and intent not in node.branches else None
    if isinstance(node, Collect) and not (elsewhere and nearest[1] >= script.limits.sure):
        taken = _take(script, state, node)
        if taken:
            return taken
    if elsewhere:
        return elsewhere
    missed = NotUnderstood(text, *nearest)
    target = node.branches.get(intent) or _otherwise(node)
    if target and not state.unconfirmed:
        state, actions = enter(script, state, target, told=text)
        return state, (actions if intent else (missed, *actions))
    state, actions = _not_understood(script, state, node)
    return state, (missed, *actions)


def _heed_anywhere(script: Script, state: State, intent: str) -> Move | None:
    target = script.anywhere.branches.get(intent)
    if target:
        return enter(script, state, target, told=state.turns[-1].text) if target != state.node else None
    times = _times_in_a_row(state)
    if intent in script.anywhere.repeat:
        if times > script.limits.repeats:
            return _stuck(script, state, IN_CIRCLES)
        return ask_again(script, replace(state, silences=0))
    if intent in script.knowledge:
        if times > script.limits.repeats + 1:
            return _stuck(script, state, IN_CIRCLES)
        return answer(script, state, intent, times - 1)
    return None


def _times_in_a_row(state: State) -> int:
    """Return how often the person has meant the same since they meant something else, or elsewhere."""
    last = state.turns[-1]
    before = takewhile(lambda turn: (turn.node, turn.intent) == (last.node, last.intent), reversed(state.turns))
    return sum(1 for _ in before)


def _take(script: Script, state: State, node: Collect) -> Move | None:
    """Return the move of a value found or confirmed in the last turn; ``None`` when it holds neither."""
    text, told = state.turns[-1].text, state.unconfirmed
    agreed = spoken(script.language).agrees(text) if told else None
    found = take(node.what, text, language=script.language, before=told.spoken if told else "")
    if told and agreed and not _corrects(node, told.value, found):
        return _accept(script, state, node, told)
    if found:
        return _offer(script, state, node, Given(node.variable, *found, turn=len(state.turns)))
    if agreed is False:
        return _not_understood(script, replace(state, unconfirmed=None), node)
    return None


def _corrects(node: Collect, told: str, found: tuple[str, str] | None) -> bool:
    """Say whether who agrees names another value all the same; only a day or a time is told apart that surely."""
    if node.what not in TOLD_UNASKED or found is None:
        return False
    vaguer = ":" in told and ":" not in found[0]
    return found[0] != told and not vaguer


def _submit(script: Script, state: State, node: Collect) -> Move:
    if len(state.turns) >= script.limits.turns:
        return give_up(script, state, TOO_LONG)
    value, said = digits_value(state.keyed, script.language)
    state = replace(_with_turn(state, f"Pressed {state.keyed}"), keyed="")
    return _offer(script, state, node, Given(node.variable, value, said, turn=len(state.turns)))


def _offer(script: Script, state: State, node: Collect, given: Given) -> Move:
    if node.read_back is None:
        return _accept(script, state, node, given)
    if state.unconfirmed:
        state = replace(state, misses=state.misses + 1)
    if state.misses > script.limits.not_understood:
        return _failed(script, state, node)
    return ask_again(script, replace(state, unconfirmed=given, silences=0))


def _accept(script: Script, state: State, node: Collect, given: Given) -> Move:
    state, actions = enter(script, keep(state, given), node.next)
    return state, (Collected(given.name, given.value), *actions)


def _not_understood(script: Script, state: State, node: Listening) -> Move:
    """Ask again, as often as the limits allow; without a word of it where the question hadn't been heard out."""
    if state.misses >= script.limits.not_understood:
        return _failed(script, state, node)
    apology = () if state.turns[-1].interrupting else (in_turn(not_understood_phrases(script), state.misses),)
    return ask_again(script, replace(state, misses=state.misses + 1, silences=0), *apology)


def _failed(script: Script, state: State, node: Listening) -> Move:
    if isinstance(node, Collect) and node.failed:
        return enter(script, state, node.failed)
    return _stuck(script, state, NOT_UNDERSTOOD)


def _stuck(script: Script, state: State, reason: str) -> Move:
    """Go where a call goes that is stuck, the first time; then give it up."""
    way_on = script.limits.stuck
    if way_on and all(visit.node != way_on for visit in state.visits):
        return enter(script, state, way_on)
    return give_up(script, state, reason)
