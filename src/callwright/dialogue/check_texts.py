"""Faults of wording: variables nobody knows, prompts too long to listen to, signs that can't be spoken."""

import re
from collections.abc import Iterator

from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Collect, Condition, Goodbye, Script, Speaking
from callwright.dialogue.parts import Language
from callwright.dialogue.paths import texts_of
from callwright.dialogue.rules import When
from callwright.dialogue.spoken.languages import spoken
from callwright.dialogue.variables import OWN_VARIABLES, slots

_SLOT = re.compile(r"\{[a-z][a-z0-9_]*\}")
_SHOWN = 40


def texts_at_fault(script: Script) -> Iterator[Fault]:
    """Yield every fault of the script's texts and of the variables they and its conditions name."""
    yield from _unwritten(script)
    for node_id, text in all_texts(script):
        yield from wording_at_fault(script.language, node_id, text)
        yield from _unknown(script, node_id, slots(text))
    for node_id, node in script.nodes.items():
        for case in node.cases if isinstance(node, Condition) else ():
            yield from _unknown(script, node_id, tuple(_tested(case.when)))
    for rule in script.grades.rules:
        yield from _unknown(script, "", tuple(_tested(rule.when)))
    yield from _declared(script)


def all_texts(script: Script) -> Iterator[tuple[str, str]]:
    """Yield every text with its node, empty for what may be said at any."""
    for node_id, node in script.nodes.items():
        yield from ((node_id, text) for text in texts_of(node))
    yield from (("", text) for text in (*script.phrases.silence, *script.phrases.not_understood))
    for question in script.knowledge.values():
        yield from (("", text) for text in (question.answer, *question.again))


def _unwritten(script: Script) -> Iterator[Fault]:
    for node_id, node in script.nodes.items():
        if isinstance(node, Speaking) and not isinstance(node, Goodbye) and not node.text:
            yield fault("no-text", node_id, field="text")
    for name, question in script.knowledge.items():
        if not question.answer:
            yield fault("no-answer", field=f"knowledge.{name}.answer", name=name)


def wording_at_fault(language: Language, node_id: str, text: str) -> Iterator[Fault]:
    """Yield what is wrong with one text."""
    words = spoken(language)
    bare = _SLOT.sub("", text)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    if "{" in bare or "}" in bare:
        yield fault("braces", node_id, text=shown)
    elif sign := words.unspeakable.search(bare):
        yield fault("unspeakable", node_id, sign=sign[0], text=shown)
    if (length := words.length(text)) > words.longest:
        yield fault(words.too_long, node_id, text=shown, length=str(length), longest=str(words.longest))


def _known(script: Script) -> set[str]:
    collected = {node.variable for node in script.nodes.values() if isinstance(node, Collect)}
    return {*OWN_VARIABLES, *collected, *(variable.name for variable in script.variables)}


def _unknown(script: Script, node_id: str, names: tuple[str, ...]) -> Iterator[Fault]:
    known = _known(script)
    for name in names:
        if name not in known:
            yield fault("unknown-variable", node_id, name=name)


def _tested(when: When) -> Iterator[str]:
    yield from when.collected
    yield from (test.variable for test in when.where)
    for choice in when.any:
        yield from _tested(choice)


def _declared(script: Script) -> Iterator[Fault]:
    seen = set(OWN_VARIABLES)
    for variable in script.variables:
        if variable.name in seen:
            yield fault("variable-twice", field="variables", name=variable.name)
        seen.add(variable.name)
    said = [(variable.name, variable.default) for variable in script.variables]
    for name, value in (*said, ("company", script.company), ("caller", script.caller)):
        if "{" in value or "}" in value:
            yield fault("braces-in-value", field="variables" if name in seen - OWN_VARIABLES else name, name=name)
