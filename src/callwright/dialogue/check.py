"""What must be put right before a script is published; each fault names its node and the remedy."""

from collections.abc import Iterator

from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Goodbye, Script
from callwright.dialogue.paths import anywhere_exits, exits, order_of_reach


def check(script: Script) -> tuple[Fault, ...]:
    """Return every fault of ``script``; none means that it can be published."""
    dangling = tuple(_missing_targets(script))
    return dangling or (*_unreachable(script), *_give_up(script))


def _missing_targets(script: Script) -> Iterator[Fault]:
    ways = [("", "entry", script.entry), *(("", way, target) for way, target in anywhere_exits(script))]
    ways += [(node_id, way, target) for node_id, node in script.nodes.items() for way, target in exits(node)]
    for node_id, way, target in ways:
        if target not in script.nodes:
            yield Fault(
                node_id,
                "missing-target",
                f"{way} leads to {target}, which isn't there.",
                "Name a node of this script.",
            )


def _unreachable(script: Script) -> Iterator[Fault]:
    reached = set(order_of_reach(script))
    for node_id in script.nodes:
        if node_id not in reached:
            yield Fault(node_id, "unreachable", "no way leads here.", "Connect it, or delete it.")


def _give_up(script: Script) -> Iterator[Fault]:
    if not isinstance(script.nodes[script.limits.give_up], Goodbye):
        yield Fault(
            script.limits.give_up, "give-up", "giving up must hang up.", "Name a hang_up node under limits."
        )
