"""Faults of the way through a script: what is never reached, never ends, or never listens."""

from collections.abc import Iterator

from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Goodbye, Listening, Script
from callwright.dialogue.paths import exits, onwards, order_of_reach, paths_from_entry


def paths_at_fault(script: Script) -> Iterator[Fault]:
    """Yield every fault of the ways through ``script``, each of whose connections must lead somewhere."""
    yield from _unreachable(script)
    yield from _endless(script)
    yield from _silent_loops(script)


def _unreachable(script: Script) -> Iterator[Fault]:
    reached = set(order_of_reach(script))
    yield from (fault("unreachable", node_id) for node_id in script.nodes if node_id not in reached)


def _endless(script: Script) -> Iterator[Fault]:
    ending = {node_id for node_id, node in script.nodes.items() if isinstance(node, Goodbye)}
    grown = True
    while grown:
        onto = {
            node_id
            for node_id, node in script.nodes.items()
            if node_id not in ending and any(target in ending for _, target in exits(script, node))
        }
        ending |= onto
        grown = bool(onto)
    yield from (fault("no-goodbye", node_id) for node_id in script.nodes if node_id not in ending)


def _silent_loops(script: Script) -> Iterator[Fault]:
    paths = paths_from_entry(script, lambda node_id: onwards(script, node_id))
    cleared: set[str] = set()
    for start in script.nodes:
        loop = _loop_from(script, start, cleared)
        if loop:
            cleared.update(loop)
            round_again = (*loop, loop[0])
            path = (*paths.get(loop[0], (loop[0],))[:-1], *round_again)
            yield fault("silent-loop", loop[0], path=path, loop=" → ".join(round_again))


def _loop_from(script: Script, start: str, cleared: set[str]) -> tuple[str, ...]:
    """Return a loop without a listening node that is reached from ``start``; clear what is in none."""
    path, ways = [start], [_silent_targets(script, start, cleared)]
    while ways:
        target = next(ways[-1], None)
        if target is None:
            ways.pop()
            cleared.add(path.pop())
        elif target in path:
            return tuple(path[path.index(target) :])
        else:
            path.append(target)
            ways.append(_silent_targets(script, target, cleared))
    return ()


def _silent_targets(script: Script, node_id: str, cleared: set[str]) -> Iterator[str]:
    """Yield where ``node_id`` leads without listening and where no loop was looked for yet."""
    node = script.nodes[node_id]
    if node_id in cleared or isinstance(node, Listening | Goodbye):
        return iter(())
    return (target for _, target in exits(script, node) if target not in cleared)
