"""The graph as a graph: where each node leads, what is reached from where, what is spoken in which order."""

from collections.abc import Iterator

from callwright.dialogue.graph import (
    Ask,
    Branch,
    Collect,
    Condition,
    Goodbye,
    Jump,
    ListenFor,
    Listening,
    Node,
    Say,
    Script,
    SendSms,
    Transfer,
)


def exits(script: Script, node: Node) -> Iterator[tuple[str, str]]:
    """Yield each way out of ``node``: what it is called, and the node it leads to.

    A jump to a flow that isn't there leads to a node of that name, which isn't there either.
    """
    if isinstance(node, Say | Collect | SendSms):
        yield "next", node.next
    if isinstance(node, Jump):
        yield f"flow {node.to}", script.flows[node.to].entry if node.to in script.flows else node.to
    if isinstance(node, Listening | Branch):
        yield from ((f"branch {intent}", target) for intent, target in node.branches.items())
    if isinstance(node, Listening):
        yield from ((f"key {key}", target) for key, target in node.keys.items())
    if isinstance(node, Condition):
        yield from ((f"case {number}", case.next) for number, case in enumerate(node.cases, 1))
    if isinstance(node, Ask | ListenFor | Branch | Condition) and node.otherwise:
        yield "otherwise", node.otherwise
    if isinstance(node, Collect | Transfer) and node.failed:
        yield "failed", node.failed


def anywhere_exits(script: Script) -> Iterator[tuple[str, str]]:
    """Yield the ways out of every listening node: those heeded anywhere, and giving up."""
    yield from ((f"anywhere, branch {intent}", target) for intent, target in script.anywhere.branches.items())
    yield from ((f"anywhere, key {key}", target) for key, target in script.anywhere.keys.items())
    yield from ((f"question {name}", asked.next) for name, asked in script.knowledge.items() if asked.next)
    yield "limits, give_up", script.limits.give_up


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


def texts_in_order(script: Script) -> Iterator[str]:
    """Yield every text of the script, those spoken first first."""
    for node_id in order_of_reach(script):
        yield from texts_of(script.nodes[node_id])
    yield from (script.phrases.silence, script.phrases.not_understood)
    yield from (question.answer for question in script.knowledge.values())


def texts_of(node: Node) -> Iterator[str]:
    """Yield the texts of one node."""
    if isinstance(node, Say | Ask | Collect | Transfer):
        yield node.text
    if isinstance(node, Goodbye) and node.text:
        yield node.text
    if isinstance(node, Ask | Collect) and node.again:
        yield node.again
    if isinstance(node, Collect) and node.read_back:
        yield node.read_back
