"""The graph as a graph: where each node leads, what is reached from where, what is spoken in which order.

A way out is called as its place in the node or the script is, steps joined by dots: ``branches.yes``.
"""

from collections.abc import Callable, Iterator, Mapping

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
    Speaking,
)
from callwright.dialogue.wording import not_understood_phrases, silence_phrases

Ways = Iterator[tuple[str, str]]
Onwards = Callable[[str], Iterator[str]]


def exits(script: Script, node: Node) -> Ways:
    """Yield each way out of ``node``: what it is called, and the node it leads to.

    A jump to a flow that isn't there leads to a node of that name, which isn't there either.
    """
    if isinstance(node, Say | Collect | SendSms):
        yield "next", node.next
    if isinstance(node, Jump):
        yield "to", script.flows[node.to].entry if node.to in script.flows else node.to
    if isinstance(node, Listening | Branch):
        yield from ((f"branches.{intent}", target) for intent, target in node.branches.items())
    if isinstance(node, Listening):
        yield from ((f"keys.{key}", target) for key, target in node.keys.items())
    if isinstance(node, Condition):
        yield from ((f"cases.{number}.next", case.next) for number, case in enumerate(node.cases))
    rest = ((way, getattr(node, way, None)) for way in ("otherwise", "held", "failed"))
    yield from ((way, target) for way, target in rest if target is not None)


def anywhere_exits(script: Script) -> Ways:
    """Yield the ways out of every listening node: those heeded anywhere, being stuck, and giving up."""
    yield from ((f"anywhere.branches.{intent}", target) for intent, target in script.anywhere.branches.items())
    yield from ((f"anywhere.keys.{key}", target) for key, target in script.anywhere.keys.items())
    asked = script.knowledge.items()
    yield from ((f"knowledge.{name}.next", question.next) for name, question in asked if question.next)
    if script.limits.stuck is not None:
        yield "limits.stuck", script.limits.stuck
    yield "limits.give_up", script.limits.give_up


def ending_of(script: Script, node_id: str) -> str | None:
    """Return the reason of the goodbye that follows from ``node_id`` whatever happens; ``None`` where none must."""
    seen: set[str] = set()
    while node_id not in seen:
        seen.add(node_id)
        node = script.nodes[node_id]
        if isinstance(node, Goodbye):
            return node.reason
        if isinstance(node, Say | Jump):
            node_id = next(target for _, target in exits(script, node))
    return None


def endings(script: Script, ways: Mapping[str, str]) -> dict[str, str]:
    """Return the reason of the goodbye to which each intent leads at once on its way; others are left out."""
    found = {intent: ending_of(script, target) for intent, target in ways.items()}
    return {intent: reason for intent, reason in found.items() if reason}


def order_of_reach(script: Script) -> list[str]:
    """Return the nodes that a call can reach, nearest the entry first; those heeded anywhere come last."""
    order: dict[str, None] = {}
    for start in (script.entry, *(target for _, target in anywhere_exits(script))):
        waiting = [start]
        while waiting:
            node_id = waiting.pop(0)
            if node_id in script.nodes and node_id not in order:
                order[node_id] = None
                waiting.extend(target for _, target in exits(script, script.nodes[node_id]))
    return list(order)


def onwards(script: Script, node_id: str) -> Iterator[str]:
    """Yield each node that may follow ``node_id``; from one that listens those heeded anywhere, too."""
    node = script.nodes[node_id]
    yield from (target for _, target in exits(script, node))
    if isinstance(node, Listening):
        yield from (target for _, target in anywhere_exits(script))


def paths_from_entry(script: Script, onwards: Onwards) -> dict[str, tuple[str, ...]]:
    """Return the shortest path from the entry to each node that a call can reach by ``onwards``."""
    found: dict[str, tuple[str, ...]] = {script.entry: (script.entry,)} if script.entry in script.nodes else {}
    waiting = list(found)
    while waiting:
        node_id = waiting.pop(0)
        for target in onwards(node_id):
            if target in script.nodes and target not in found:
                found[target] = (*found[node_id], target)
                waiting.append(target)
    return found


def texts_in_order(script: Script) -> Iterator[tuple[str, str | None]]:
    """Yield every text of the script with the name of its recording, if it has one; those spoken first first."""
    for node_id in order_of_reach(script):
        node = script.nodes[node_id]
        told, audio = (node.text, node.audio) if isinstance(node, Speaking) else (None, None)
        yield from ((text, audio if text == told else None) for text in texts_of(node))
    yield from ((text, None) for text in (*silence_phrases(script), *not_understood_phrases(script)))
    for question in script.knowledge.values():
        yield question.answer, question.audio
        yield from ((text, None) for text in question.again)


def texts_of(node: Node) -> Iterator[str]:
    """Yield the texts of one node."""
    if isinstance(node, Speaking) and node.text:
        yield node.text
    if isinstance(node, Ask | Collect):
        yield from node.again
    if isinstance(node, Collect) and node.read_back:
        yield node.read_back
