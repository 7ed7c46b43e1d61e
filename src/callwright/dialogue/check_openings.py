"""Faults of how calls open: what a person must know by the first question, on every way to it."""

from collections.abc import Callable, Iterator

from callwright.dialogue.duties import Duties, discloses
from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Ask, Collect, Goodbye, Node, Script, Speaking, Transfer
from callwright.dialogue.paths import exits, paths_from_entry

Says = Callable[[Node], bool]

_QUESTIONS = (Ask, Collect, Transfer)
_FIRST_WORDS = (*_QUESTIONS, Goodbye)


def openings_at_fault(script: Script, duties: Duties) -> Iterator[Fault]:
    """Yield each node that a call reaches too early; each connection must lead somewhere."""
    for node_id, path in _unsaid(script, lambda node: _names_company(script, node), _FIRST_WORDS):
        yield fault("who-is-calling", node_id, path=path, company=script.company)
    if duties.say_ai:
        for node_id, path in _unsaid(script, lambda node: discloses(script, node, "ai"), _FIRST_WORDS):
            yield fault("ai-not-said", node_id, path=path)
    if duties.say_recorded:
        for node_id, path in _unsaid(script, lambda node: discloses(script, node, "recording"), _FIRST_WORDS):
            yield fault("recording-not-said", node_id, path=path)
    if duties.offer_way_out:
        for node_id, path in _unsaid(script, lambda node: discloses(script, node, "way_out"), _QUESTIONS):
            yield fault("way-out-not-offered", node_id, path=path)


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
