"""Walking the graph: from a node onwards until the person must speak or the call ends."""

from collections.abc import Iterator
from dataclasses import replace

from callwright.dialogue.collecting import take
from callwright.dialogue.conditions import Facts, weigh
from callwright.dialogue.graph import (
    Ask,
    Branch,
    Collect,
    Condition,
    Goodbye,
    Jump,
    Listening,
    Node,
    Say,
    Script,
    SendSms,
    Transfer,
)
from callwright.dialogue.messages import MessageTold, Outcome, SendMessage, outcome_of, with_told
from callwright.dialogue.port import Action, Collected, Entered, Expects, HangUp, Listen, Speak
from callwright.dialogue.state import SCRIPT_LOOP, Given, Phase, State, Visit
from callwright.dialogue.variables import kept_values, render, spoken_values
from callwright.dialogue.wording import in_turn

Move = tuple[State, tuple[Action, ...]]

# Only these are told apart surely enough from whatever else was said with them.
TOLD_UNASKED = ("date", "time", "moment")


def enter(script: Script, state: State, node_id: str, *, ended: str = "", told: str = "") -> Move:
    """Enter ``node_id`` and go on to the next node that waits.

    ``told`` are the words that led here: a day or a time in them is not asked for again. ``ended`` overrides the
    reason of a goodbye. A node met a second time without the person having spoken is a loop: the call is given up.
    """
    actions: list[Action] = []
    seen: set[str] = set()
    while True:
        if node_id in seen:
            node_id, ended = script.limits.give_up, SCRIPT_LOOP
        seen.add(node_id)
        node = script.nodes[node_id]
        state = replace(state, visits=(*state.visits, Visit(node_id, len(state.turns))))
        actions.append(Entered(node_id, node.kind))
        given = _told(script, node, state, told)
        if given and isinstance(node, Collect) and node.read_back is None:
            state, node_id = keep(state, given), node.next
            actions.append(Collected(given.name, given.value))
            continue
        if isinstance(node, Goodbye):
            reason = ended or node.reason
            actions.extend((*_said(script, node, state), HangUp(reason)))
            return replace(state, phase=Phase.ENDED, node=node_id, ended=reason), tuple(actions)
        if isinstance(node, Listening):
            state = _waiting_at(node_id, state, given)
            actions.extend((*_said(script, node, state), listen(node, state)))
            return state, tuple(actions)
        actions.extend(_said(script, node, state))
        if isinstance(node, SendSms):
            outcome = outcome_of(state.messages, node_id)
            if outcome is None:
                actions.append(SendMessage(node_id, node.template, tuple(kept_values(state).items())))
                return replace(state, phase=Phase.SENDING, node=node_id), tuple(actions)
            node_id = _after_sending(node, outcome)
            continue
        node_id = _following(script, node, state)


def hear_of_message(script: Script, state: State, told: MessageTold) -> Move:
    """Keep what became of a message, and go on where it was waited for."""
    state = replace(state, messages=with_told(state.messages, told))
    node = script.nodes.get(told.key)
    if state.phase is not Phase.SENDING or state.node != told.key or not isinstance(node, SendSms):
        return state, ()
    return enter(script, state, _after_sending(node, told.outcome))


def ask_again(script: Script, state: State, *first: str) -> Move:
    """Say the ``first`` texts, then the present question once more, in its next wording, and listen."""
    node = listening(script, state)
    values = spoken_values(state)
    actions: list[Action] = [Speak(render(text, values)) for text in (*first, *_question(node, state))]
    actions.append(listen(node, state))
    return replace(state, asked=state.asked + 1), tuple(actions)


def give_up(script: Script, state: State, reason: str) -> Move:
    """Say the goodbye for a call that leads nowhere."""
    return enter(script, state, script.limits.give_up, ended=reason)


def keep(state: State, given: Given) -> State:
    """Return ``state`` with the value ``given``, in place of an earlier one of that name."""
    others = tuple(value for value in state.given if value.name != given.name)
    return replace(state, given=(*others, given), unconfirmed=None)


def listening(script: Script, state: State) -> Listening:
    """Return the node at which the dialogue waits."""
    node = script.nodes[state.node]
    if not isinstance(node, Listening):
        raise TypeError(f"the dialogue waits at {state.node}, which does not listen")
    return node


def listen(node: Listening, state: State) -> Listen:
    """Return the wait for what the person will answer at ``node``."""
    return Listen(node.silence_s, _expected(node, state))


def _expected(node: Listening, state: State) -> Expects:
    if isinstance(node, Collect) and not state.unconfirmed:
        return node.what
    if isinstance(node, Collect) or not {"yes", "no"}.isdisjoint(node.branches):
        return "yes_or_no"
    return "anything"


def _waiting_at(node_id: str, state: State, unconfirmed: Given | None) -> State:
    state = replace(state, phase=Phase.LISTENING, node=node_id, asked=0, silences=0, misses=0)
    return replace(state, unconfirmed=unconfirmed, keyed="")


def _told(script: Script, node: Node, state: State, words: str) -> Given | None:
    if not words or not isinstance(node, Collect) or node.what not in TOLD_UNASKED:
        return None
    found = take(node.what, words, language=script.language)
    return Given(node.variable, *found, turn=len(state.turns)) if found else None


def _said(script: Script, node: Node, state: State) -> Iterator[Speak]:
    values = spoken_values(state)
    match node:
        case Collect(read_back=str(text)) if state.unconfirmed:
            yield Speak(render(text, values))
        case Say() | Ask() | Collect():
            yield Speak(render(node.text, values), node.barge_in, recorded(script, node.audio))
        case Transfer() | Goodbye() if node.text:
            yield Speak(render(node.text, values), interruptible=False, recording=recorded(script, node.audio))


def recorded(script: Script, audio: str | None) -> str:
    """Return the hash of the recording called ``audio``, nothing for none."""
    return script.recordings[audio].sha256 if audio else ""


def _question(node: Listening, state: State) -> tuple[str, ...]:
    match node:
        case Collect(read_back=str(read_back)) if state.unconfirmed:
            return (read_back,)
        case Ask() | Collect():
            return (in_turn(node.again or (node.text,), state.asked),)
    return ()


def _after_sending(node: SendSms, outcome: Outcome) -> str:
    if outcome == "failed":
        return node.failed
    return node.next if outcome == "sent" or node.held is None else node.held


def _following(script: Script, node: Say | Branch | Condition | Jump | Transfer, state: State) -> str:
    match node:
        case Say():
            return node.next
        case Jump():
            return script.flows[node.to].entry
        case Transfer():
            return node.failed
        case Branch():
            meant = state.turns[-1].intent if state.turns else ""
            return node.branches.get(meant, node.otherwise)
        case Condition():
            held = (case.next for case in node.cases if weigh(case.when, Facts(state)) is not None)
            return next(held, node.otherwise)
