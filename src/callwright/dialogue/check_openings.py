"""Faults of how calls open: what a person must know by the first question, on every way to it."""

from collections.abc import Callable, Iterator
from functools import partial

from callwright.dialogue.duties import Duties, discloses
from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Ask, Collect, Goodbye, Node, Script, Speaking, Transfer
from callwright.dialogue.parts import Disclosure
from callwright.dialogue.paths import exits, paths_from_entry

Says = Callable[[Node], bool]

_QUESTIONS = (Ask, Collect, Transfer)
_FIRST_WORDS = (*_QUESTIONS, Goodbye)


def openings_at_fault(script: Script, duties: Duties) -> Iterator[Fault]:
    """Yield each node that a call reaches too early; each connection must lead somewhere."""
    for node_id, path in _unsaid(script, lambda node: _names_company(script, node), _FIRST_WORDS):
        yield fault("who-is-calling", node_id, path=path, company=script.company)
    if duties.say_ai:
        yield from _undisclosed(script, "ai", "ai-not-said")
    if duties.say_recorded:
        yield from _undisclosed(script, "recording", "recording-not-said")
    if duties.offer_way_out:
        for node_id, path in _unsaid(script, lambda node: discloses(script, node, "way_out"), _QUESTIONS):
            yield fault("way-out-not-offered", node_id, path=path)
    yield from _interruptible(script, duties)


def _undisclosed(script: Script, what: Disclosure, rule: str) -> Iterator[Fault]:
    for node_id, path in _unsaid(script, lambda node: discloses(script, node, what), _FIRST_WORDS):
        yield fault(rule, node_id, path=path)


def _interruptible(script: Script, duties: Duties) -> Iterator[Fault]:
    """Yield each node whose disclosure is the only one on a way, and which may be stopped before it was heard."""
    owed: list[Disclosure] = ["ai"] if duties.say_ai else []
    owed += ["recording"] if duties.say_recorded else []
    found: dict[str, tuple[str, ...]] = {}
    for what in owed:
        for _, path in _unsaid(script, partial(_surely_discloses, script, what), _FIRST_WORDS):
            telling = [place for place, name in enumerate(path) if discloses(script, script.nodes[name], what)]
            for place in telling:
                found.setdefault(path[place], path[: place + 1])
    for node_id, path in found.items():
        yield fault("disclosure-interruptible", node_id, field="barge_in", path=path)


def _surely_discloses(script: Script, what: Disclosure, node: Node) -> bool:
    return discloses(script, node, what) and not getattr(node, "barge_in", False)


def _unsaid(script: Script, says: Says, late: tuple[type[Node], ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the nodes of the kinds ``late`` reached, and by which path, before any node that ``says`` it."""

    def onwards(node_id: str) -> Iterator[str]:
        node = script.nodes[node_id]
        if not says(node) and not isinstance(node, late):
            yield from (target for _, target in exits(script, node))

    for node_id, path in paths_from_entry(script, onwards).items():
        node = script.nodes[node_id]
        if isinstance(node, late) and not says(node):
            yield node_id, path


def _names_company(script: Script, node: Node) -> bool:
    text = node.text if isinstance(node, Speaking) else ""
    return script.company.casefold() in text.replace("{company}", script.company).casefold()
