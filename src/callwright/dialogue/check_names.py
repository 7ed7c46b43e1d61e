"""Faults of reference: connections, intents, grades and reasons that aren't there, or are there twice."""

from collections.abc import Iterator

from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import (
    Ask,
    Branch,
    Condition,
    Goodbye,
    ListenFor,
    Listening,
    Node,
    Script,
    SendSms,
    Spoken,
    Transfer,
    When,
)
from callwright.dialogue.paths import anywhere_exits, exits
from callwright.dialogue.state import DO_NOT_CALL, ENGINE_ENDINGS


def missing_targets(script: Script) -> Iterator[Fault]:
    """Yield connections that lead to no node, and a give-up that doesn't hang up."""
    ways = [("", "entry", script.entry), *(("", way, target) for way, target in anywhere_exits(script))]
    ways += [("", f"flow {name}, entry", flow.entry) for name, flow in script.flows.items()]
    ways += [
        (node_id, way, target) for node_id, node in script.nodes.items() for way, target in exits(script, node)
    ]
    for node_id, way, target in ways:
        if target not in script.nodes:
            message = f"{way} leads to {target!r}, which isn't there."
            yield Fault(node_id, "missing-target", message, "Connect it to a node of this script.")
    last = script.nodes.get(script.limits.give_up)
    if last is not None and not isinstance(last, Goodbye):
        message = f"limits, give_up leads to {script.limits.give_up!r}, which doesn't hang up."
        yield Fault("", "give-up", message, "Connect it to a hang_up node.")


def names_at_fault(script: Script) -> Iterator[Fault]:
    """Yield every name that means nothing, or two things."""
    for node_id, node in script.nodes.items():
        yield from _intents(script, node_id, node)
        yield from _conditions(script, node_id, node)
        yield from _lone(script, node_id, node)
        yield from _unavailable(node_id, node)
        yield from _drawn(script, node_id, node)
    yield from _unknown_recordings(script)
    yield from _unknown_intents(script, "", (*script.anywhere.branches, *script.anywhere.repeat))
    yield from _grades(script)
    yield from _twice(script)
    yield from _way_out(script)


def _intents(script: Script, node_id: str, node: Node) -> Iterator[Fault]:
    if isinstance(node, Listening | Branch):
        yield from _unknown_intents(script, node_id, tuple(node.branches))


def _unknown_intents(script: Script, node_id: str, names: tuple[str, ...]) -> Iterator[Fault]:
    for name in names:
        if name not in script.intents and name not in script.knowledge:
            message = f"there is no intent {name!r}."
            yield Fault(node_id, "unknown-intent", message, "Add it with example sentences, or use another.")


def _unavailable(node_id: str, node: Node) -> Iterator[Fault]:
    if isinstance(node, Transfer | SendSms):
        message = f"{node.kind} can't be done yet on this installation."
        yield Fault(node_id, "not-available", message, "Take it out.")


def _drawn(script: Script, node_id: str, node: Node) -> Iterator[Fault]:
    if node.flow is not None and node.flow not in script.flows:
        message = f"it is drawn in flow {node.flow!r}, which isn't there."
        yield Fault(node_id, "unknown-flow", message, "Name a flow of this script, or none.")


def _unknown_recordings(script: Script) -> Iterator[Fault]:
    named = [(node_id, node.audio) for node_id, node in script.nodes.items() if isinstance(node, Spoken)]
    named += [("", question.audio) for question in script.knowledge.values()]
    for node_id, audio in named:
        if audio and audio not in script.recordings:
            message = f"there is no recording {audio!r}."
            yield Fault(node_id, "unknown-recording", message, "Record it, or leave the text to the voice.")


def _conditions(script: Script, node_id: str, node: Node) -> Iterator[Fault]:
    for case in node.cases if isinstance(node, Condition) else ():
        yield from _when(script, node_id, case.when)
        if _timed(case.when):
            message = "a condition can't ask how long the call has lasted."
            yield Fault(node_id, "talk-time", message, "Use talk time in the rules of the grades only.")


def _timed(when: When) -> bool:
    own = when.talk_at_least_s is not None or when.talk_below_s is not None
    return own or any(_timed(choice) for choice in when.any)


def _when(script: Script, node_id: str, when: When) -> Iterator[Fault]:
    yield from _unknown_intents(script, node_id, (*when.met, *when.not_met))
    for name in (*when.reached, *when.not_reached):
        if name not in script.nodes:
            yield Fault(node_id, "unknown-node", f"there is no node {name!r} to have reached.", "Name one.")
    reasons = ENGINE_ENDINGS | {node.reason for node in script.nodes.values() if isinstance(node, Goodbye)}
    for name in when.ended:
        if name not in reasons:
            message = f"no call ends with the reason {name!r}."
            yield Fault(node_id, "unknown-reason", message, f"Use one of {', '.join(sorted(reasons))}.")
    for choice in when.any:
        yield from _when(script, node_id, choice)


def _lone(script: Script, node_id: str, node: Node) -> Iterator[Fault]:
    """Yield nodes that listen in vain, and questions with a branch for yes but none for no."""
    if not isinstance(node, Ask | ListenFor) or node.otherwise:
        return
    if not node.branches and not node.keys:
        yield Fault(node_id, "missing-branch", "no answer leads anywhere.", "Add a branch, or otherwise.")
    for one, other in (("yes", "no"), ("no", "yes")):
        known = other in script.intents and other not in script.anywhere.branches
        if one in node.branches and known and other not in node.branches:
            message = f"there is a branch for {one!r} but none for {other!r}."
            yield Fault(node_id, "missing-branch", message, f"Add a branch for {other!r}, or otherwise.")


def _grades(script: Script) -> Iterator[Fault]:
    grades = script.grades
    given = [(rule.grade, rule.because) for rule in grades.rules] + [(grades.default.grade, grades.default.because)]
    for grade, because in given:
        if grade not in grades.names:
            message = f"the rule {because!r} gives grade {grade!r}, which has no name."
            yield Fault("", "unknown-grade", message, "Add it under grades, names.")
    for rule in grades.rules:
        yield from _when(script, "", rule.when)


def _twice(script: Script) -> Iterator[Fault]:
    for name in script.knowledge:
        if name in script.intents:
            message = f"{name!r} is both an intent and a question of the knowledge base."
            yield Fault("", "name-twice", message, "Give one of them another name.")
    taught: dict[str, str] = {}
    named = {name: intent.examples for name, intent in script.intents.items()}
    for name, sentences in (*named.items(), *((name, q.wordings) for name, q in script.knowledge.items())):
        for sentence in sentences:
            other = taught.setdefault(sentence.casefold(), name)
            if other != name:
                message = f"the sentence {sentence!r} is an example of both {other!r} and {name!r}."
                yield Fault("", "example-twice", message, "Keep it in one of them.")


def _way_out(script: Script) -> Iterator[Fault]:
    ways = (script.nodes.get(target) for target in script.anywhere.branches.values())
    if not any(isinstance(node, Goodbye) and node.reason == DO_NOT_CALL for node in ways):
        message = "a person can't ask not to be called again."
        remedy = f"Under anywhere, branch an intent to a hang_up node with the reason {DO_NOT_CALL}."
        yield Fault("", "no-way-out", message, remedy)
