"""Faults of wording: variables nobody knows, prompts too long to listen to, signs that can't be spoken."""

import re
from collections.abc import Iterator

from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Collect, Condition, Script, When
from callwright.dialogue.paths import texts_of
from callwright.dialogue.variables import OWN_VARIABLES, slots

LONGEST_PROMPT_WORDS = 40  # about 15 seconds of speech

_SLOT = re.compile(r"\{[a-z][a-z0-9_]*\}")
_UNSPEAKABLE = re.compile(r"[<>\[\]_|\\^~#*$€£%@=+]")


def texts_at_fault(script: Script) -> Iterator[Fault]:
    """Yield every fault of the script's texts and of the variables they and its conditions name."""
    for node_id, text in _all_texts(script):
        yield from _wording(node_id, text)
        yield from _unknown(script, node_id, tuple(name for name in slots(text)))
    for node_id, node in script.nodes.items():
        for case in node.cases if isinstance(node, Condition) else ():
            yield from _unknown(script, node_id, tuple(_tested(case.when)))
    for rule in script.grades.rules:
        yield from _unknown(script, "", tuple(_tested(rule.when)))
    yield from _declared(script)


def _all_texts(script: Script) -> Iterator[tuple[str, str]]:
    for node_id, node in script.nodes.items():
        yield from ((node_id, text) for text in texts_of(node))
    yield from (("", text) for text in (script.phrases.silence, script.phrases.not_understood))
    yield from (("", question.answer) for question in script.knowledge.values())


def _wording(node_id: str, text: str) -> Iterator[Fault]:
    bare = _SLOT.sub("", text)
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    if "{" in bare or "}" in bare:
        message = f"the braces in {shown!r} hold no variable's name."
        yield Fault(node_id, "braces", message, "Write variables as {customer_name}.")
    elif sign := _UNSPEAKABLE.search(bare):
        message = f"the sign {sign[0]} in {shown!r} can't be spoken."
        yield Fault(node_id, "unspeakable", message, "Write it in words: nineteen dollars, not $19.")
    if (words := len(text.split())) > LONGEST_PROMPT_WORDS:
        message = f"{shown!r} has {words} words; people stop listening after {LONGEST_PROMPT_WORDS}."
        yield Fault(node_id, "long-prompt", message, "Say less, or ask in between.")


def _known(script: Script) -> set[str]:
    collected = {node.variable for node in script.nodes.values() if isinstance(node, Collect)}
    return {*OWN_VARIABLES, *collected, *(variable.name for variable in script.variables)}


def _unknown(script: Script, node_id: str, names: tuple[str, ...]) -> Iterator[Fault]:
    known = _known(script)
    for name in names:
        if name not in known:
            message = f"there is no variable {name!r}."
            yield Fault(node_id, "unknown-variable", message, "Add it under variables, or collect it.")


def _tested(when: When) -> Iterator[str]:
    yield from when.collected
    yield from (test.variable for test in when.where)
    for choice in when.any:
        yield from _tested(choice)


def _declared(script: Script) -> Iterator[Fault]:
    seen = set(OWN_VARIABLES)
    for variable in script.variables:
        if variable.name in seen:
            message = f"the variable {variable.name!r} is there already."
            yield Fault("", "variable-twice", message, "Give it another name.")
        seen.add(variable.name)
        if "{" in variable.default or "}" in variable.default:
            message = f"the default of {variable.name!r} has braces in it."
            yield Fault("", "braces", message, "Write the words to be spoken.")
    for name, said in (("company", script.company), ("caller", script.caller)):
        if "{" in said or "}" in said:
            yield Fault("", "braces", f"the {name} has braces in it.", "Write the words to be spoken.")
