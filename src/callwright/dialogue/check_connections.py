"""Faults of connection: what leads nowhere, or where no answer leads on."""

from collections.abc import Iterator

from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Ask, Branch, Condition, Goodbye, ListenFor, Node, Script
from callwright.dialogue.paths import anywhere_exits, exits
from callwright.dialogue.state import DO_NOT_CALL


def loose_ends(script: Script) -> Iterator[Fault]:
    """Yield connections that lead to no node."""
    ways = [("", "entry", script.entry), *(("", way, target) for way, target in anywhere_exits(script))]
    ways += [("", f"flows.{name}.entry", flow.entry) for name, flow in script.flows.items()]
    ways += [
        (node_id, way, target) for node_id, node in script.nodes.items() for way, target in exits(script, node)
    ]
    for node_id, way, target in ways:
        words = way.replace(".", ", ")
        if not target:
            yield fault("dead-end", node_id, field=way, way=words)
        elif target not in script.nodes:
            yield fault("missing-target", node_id, field=way, way=words, target=target)


def connections_at_fault(script: Script) -> Iterator[Fault]:
    """Yield nodes that go on by no answer, a give-up that doesn't hang up, and a missing way out."""
    last = script.nodes.get(script.limits.give_up)
    if last is not None and not isinstance(last, Goodbye):
        yield fault("give-up", field="limits.give_up", target=script.limits.give_up)
    for node_id, node in script.nodes.items():
        yield from _lone(script, node_id, node)
    ways = (script.nodes.get(target) for target in script.anywhere.branches.values())
    if not any(isinstance(node, Goodbye) and node.reason == DO_NOT_CALL for node in ways):
        yield fault("no-way-out", field="anywhere.branches")


def _lone(script: Script, node_id: str, node: Node) -> Iterator[Fault]:
    """Yield nodes that listen in vain, and questions with a branch for yes but none for no."""
    if isinstance(node, Condition) and not node.cases:
        yield fault("no-case", node_id, field="cases")
    if isinstance(node, Branch) and not node.branches:
        yield fault("no-branch", node_id, field="branches")
    if not isinstance(node, Ask | ListenFor) or node.otherwise is not None:
        return
    if not node.branches and not node.keys:
        yield fault("no-branch", node_id, field="branches")
    for there, missing in (("yes", "no"), ("no", "yes")):
        known = missing in script.intents and missing not in script.anywhere.branches
        if there in node.branches and known and missing not in node.branches:
            yield fault("missing-branch", node_id, field="branches", there=there, missing=missing)
