"""Faults of the way through a script: what is never reached, never ends, never listens, or isn't known yet."""

from collections.abc import Iterator, Mapping

from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Ask, Collect, Condition, Goodbye, Listening, Node, Script, When
from callwright.dialogue.paths import anywhere_exits, exits, order_of_reach, texts_of
from callwright.dialogue.variables import OWN_VARIABLES, slots

Known = frozenset[str]


def paths_at_fault(script: Script) -> Iterator[Fault]:
    """Yield every fault of the ways through ``script``, each of whose connections must lead somewhere."""
    yield from _unreachable(script)
    yield from _endless(script)
    loops = list(_silent_loops(script))
    yield from loops
    if not loops:
        yield from _nobody_introduced(script)
    yield from _unset(script)


def _unreachable(script: Script) -> Iterator[Fault]:
    reached = set(order_of_reach(script))
    for node_id in script.nodes:
        if node_id not in reached:
            yield Fault(node_id, "unreachable", "no way leads here.", "Connect something to it, or delete it.")


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
    for node_id in script.nodes:
        if node_id not in ending:
            message = "no answer leads from here to a goodbye."
            yield Fault(node_id, "no-goodbye", message, "Connect a way that ends in a hang_up node.")


def _silent_loops(script: Script) -> Iterator[Fault]:
    cleared: set[str] = set()
    for start in script.nodes:
        loop = _loop_from(script, start, (), cleared)
        if loop:
            cleared.update(loop)
            path = " → ".join((*loop, loop[0]))
            message = f"{path} goes round without listening."
            yield Fault(loop[0], "silent-loop", message, "Ask something on the way.")


def _loop_from(script: Script, node_id: str, path: tuple[str, ...], cleared: set[str]) -> tuple[str, ...]:
    if node_id in path:
        return path[path.index(node_id) :]
    node = script.nodes[node_id]
    if node_id in cleared or isinstance(node, Listening | Goodbye):
        return ()
    for _, target in exits(script, node):
        loop = _loop_from(script, target, (*path, node_id), cleared)
        if loop:
            return loop
    cleared.add(node_id)
    return ()


def _nobody_introduced(script: Script) -> Iterator[Fault]:
    waiting, seen = [script.entry], set[str]()
    while waiting:
        node_id = waiting.pop()
        node = script.nodes[node_id]
        if node_id in seen or _names_company(script, node):
            continue
        seen.add(node_id)
        if isinstance(node, Ask | Collect | Goodbye):
            message = f"a call comes here without having said that {script.company} is calling."
            yield Fault(node_id, "who-is-calling", message, "Say {company} before it.")
        else:
            waiting.extend(target for _, target in exits(script, node))


def _names_company(script: Script, node: Node) -> bool:
    first = next(texts_of(node), "")
    return script.company.casefold() in first.replace("{company}", script.company).casefold()


# What is known where ------------------------------------------------------------------------------------------


def _unset(script: Script) -> Iterator[Fault]:
    start = _known_at_start(script)
    known = _known_on_every_path(script, start)
    declared = {variable.name for variable in script.variables}
    for node_id, node in script.nodes.items():
        for text in texts_of(node):
            read_back = isinstance(node, Collect) and text == node.read_back
            here = known[node_id] | _gained(node) if read_back else known[node_id]
            yield from _spoken_unset(node_id, text, here, declared)
    answers = (question.answer for question in script.knowledge.values())
    for text in (script.phrases.silence, script.phrases.not_understood, *answers):
        yield from _spoken_unset("", text, start, declared)


def _spoken_unset(node_id: str, text: str, known: Known, declared: set[str]) -> Iterator[Fault]:
    for name in slots(text):
        if name in known:
            continue
        if name in declared:
            remedy = f"Give {name} a default, or make it required."
            yield Fault(node_id, "unset-variable", f"{name!r} may be empty when it is spoken.", remedy)
        else:
            message = f"{name!r} is spoken, but on some way here it hasn't been collected."
            yield Fault(node_id, "unset-variable", message, "Collect it on every way, or ask a condition first.")


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
        gains |= {f"case {number}": _shown(case.when) for number, case in enumerate(node.cases, 1)}
    yield from ((target, gains.get(way, frozenset())) for way, target in exits(script, node))
    if isinstance(node, Listening):
        yield from ((target, frozenset[str]()) for _, target in anywhere_exits(script))


def _gained(node: Node) -> Known:
    return frozenset({node.variable}) if isinstance(node, Collect) else frozenset()


def _shown(when: When) -> Known:
    return frozenset((*when.collected, *(test.variable for test in when.where if test.filled)))
