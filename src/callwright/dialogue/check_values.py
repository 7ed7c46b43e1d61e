"""Faults of values: variables spoken where on some way nobody knows them yet."""

from collections.abc import Iterator, Mapping

from callwright.dialogue.check_texts import all_texts
from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Collect, Condition, Listening, Node, Script
from callwright.dialogue.paths import anywhere_exits, exits, paths_from_entry
from callwright.dialogue.rules import When
from callwright.dialogue.variables import OWN_VARIABLES, slots

Known = frozenset[str]


def values_at_fault(script: Script) -> Iterator[Fault]:
    """Yield every variable that may be unknown where it is spoken; each connection must lead somewhere."""
    start = _known_at_start(script)
    known = _known_on_every_path(script, start)
    declared = {variable.name for variable in script.variables}
    for node_id, text in all_texts(script):
        node = script.nodes.get(node_id)
        here = known[node_id] if node_id else start
        if isinstance(node, Collect) and text == node.read_back:
            here |= _gained(node)
        for name in slots(text):
            if name not in here:
                rule = "empty-variable" if name in declared else "unset-variable"
                yield fault(rule, node_id, path=_path_without(script, name, node_id), name=name)


def _path_without(script: Script, name: str, node_id: str) -> tuple[str, ...]:
    """Return how a call comes to ``node_id`` without ``name`` having got a value."""

    def onwards(source: str) -> Iterator[str]:
        yield from (target for target, gained in _onwards(script, script.nodes[source]) if name not in gained)

    return paths_from_entry(script, onwards).get(node_id, ())


def _known_at_start(script: Script) -> Known:
    filled = {variable.name for variable in script.variables if variable.required or variable.default}
    return frozenset(OWN_VARIABLES | filled)


def _known_on_every_path(script: Script, start: Known) -> Mapping[str, Known]:
    """Return for each node the variables that have a value however the call came there (a greatest fixed point)."""
    everything = start | {node.variable for node in script.nodes.values() if isinstance(node, Collect)}
    everything |= {variable.name for variable in script.variables}
    known = dict.fromkeys(script.nodes, frozenset(everything)) | {script.entry: start}
    waiting = [script.entry]
    while waiting:
        node_id = waiting.pop()
        for target, gained in _onwards(script, script.nodes[node_id]):
            there = known[target] & (known[node_id] | gained)
            if there != known[target]:
                known[target] = there
                waiting.append(target)
    return known


def _onwards(script: Script, node: Node) -> Iterator[tuple[str, Known]]:
    """Yield each node that may follow ``node``, with the variables that this way has filled."""
    gains = {"next": _gained(node)}
    if isinstance(node, Condition):
        gains |= {f"cases.{number}.next": _shown(case.when) for number, case in enumerate(node.cases)}
    yield from ((target, gains.get(way, frozenset())) for way, target in exits(script, node))
    if isinstance(node, Listening):
        yield from ((target, frozenset[str]()) for _, target in anywhere_exits(script))


def _gained(node: Node) -> Known:
    return frozenset({node.variable}) if isinstance(node, Collect) else frozenset()


def _shown(when: When) -> Known:
    return frozenset((*when.collected, *(test.variable for test in when.where if test.filled)))
