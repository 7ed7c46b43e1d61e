"""Walking the graph: from a node onwards until the person must speak or the call ends."""

from collections.abc import Iterator
from dataclasses import replace

from callwright.dialogue.conditions import Facts, weigh
from callwright.dialogue.graph import Ask, Branch, Collect, Condition, Goodbye, ListenFor, Node, Say, Script
from callwright.dialogue.port import Action, Entered, HangUp, Listen, Speak
from callwright.dialogue.state import Phase, State, Visit
from callwright.dialogue.variables import render, spoken_values

Move = tuple[State, tuple[Action, ...]]

SCRIPT_LOOP = "script_loop"


def enter(script: Script, state: State, node_id: str, ended: str = "") -> Move:
    """Enter ``node_id`` and go on to the next node that waits. ``ended`` overrides the reason of a goodbye.

    A node met a second time without the person having spoken is a loop: the call is given up.
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
        actions.extend(_said(node, state))
        if isinstance(node, Goodbye):
            reason = ended or node.reason
            actions.append(HangUp(reason))
            return replace(state, phase=Phase.ENDED, node=node_id, ended=reason), tuple(actions)
        if isinstance(node, Ask | ListenFor | Collect):
            actions.append(Listen(node.silence_s))
            return _fresh(state, node_id), tuple(actions)
        node_id = _following(node, state)


def ask_again(script: Script, state: State, *first: str) -> Move:
    """Say the ``first`` texts, then the present question once more, and listen."""
    node = script.nodes[state.node]
    values = spoken_values(state)
    texts = [render(text, values) for text in (*first, *_question(node, state))]
    actions: list[Action] = [Speak(text) for text in texts]
    actions.append(Listen(silence_allowed(script, state)))
    return state, tuple(actions)


def give_up(script: Script, state: State, reason: str) -> Move:
    """Say the goodbye for a call that leads nowhere."""
    return enter(script, state, script.limits.give_up, reason)


def silence_allowed(script: Script, state: State) -> float:
    """Return how many seconds of silence the present node allows."""
    node = script.nodes[state.node]
    return node.silence_s if isinstance(node, Ask | ListenFor | Collect) else Listen().silence_s


def _fresh(state: State, node_id: str) -> State:
    return replace(state, phase=Phase.LISTENING, node=node_id, silences=0, misses=0, unconfirmed=None, keyed="")


def _said(node: Node, state: State) -> Iterator[Speak]:
    match node:
        case Say() | Ask() | Collect():
            yield Speak(render(node.text, spoken_values(state)), node.barge_in)
        case Goodbye(text=str(text)):
            yield Speak(render(text, spoken_values(state)), interruptible=False)


def _question(node: Node, state: State) -> tuple[str, ...]:
    match node:
        case Collect(read_back=str(read_back)) if state.unconfirmed:
            return (read_back,)
        case Ask() | Collect():
            return (node.again or node.text,)
    return ()


def _following(node: Say | Branch | Condition, state: State) -> str:
    match node:
        case Say():
            return node.next
        case Branch():
            meant = state.turns[-1].intent if state.turns else ""
            return node.branches.get(meant, node.otherwise)
        case Condition():
            held = (case.next for case in node.cases if weigh(case.when, Facts(state)) is not None)
            return next(held, node.otherwise)
