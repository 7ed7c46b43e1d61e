"""What must be put right before a script for engine 2.0 is published."""

from collections.abc import Iterator

from callwright.dialogue.check_texts import wording_at_fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import When
from callwright.dialogue.model.guard import spoken_texts
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.model.state import FINISHED, TROUBLE
from callwright.dialogue.state import DO_NOT_CALL, ENGINE_ENDINGS
from callwright.dialogue.variables import OWN_VARIABLES, slots

NEEDED = (FINISHED, DO_NOT_CALL, TROUBLE)


def check_model(script: ModelScript) -> tuple[Fault, ...]:
    """Return every fault of ``script``; none means that it can be published."""
    return (*_goodbyes(script), *_ways_out(script), *_texts(script), *_opening(script), *_grades(script))


def _goodbyes(script: ModelScript) -> Iterator[Fault]:
    for reason in NEEDED:
        if reason not in script.goodbyes:
            message = f"there is no goodbye for {reason!r}."
            yield Fault("", "missing-goodbye", message, "Write what is said then, under goodbyes.")
    for way, reason in (*script.anywhere.items(), *script.keys.items()):
        if reason not in script.goodbyes:
            message = f"{way!r} leads to the goodbye {reason!r}, which isn't there."
            yield Fault("", "missing-goodbye", message, "Write it under goodbyes, or name another.")


def _ways_out(script: ModelScript) -> Iterator[Fault]:
    for intent in script.anywhere:
        if intent not in script.intents:
            message = f"there is no intent {intent!r}."
            yield Fault("", "unknown-intent", message, "Add it with example sentences, or use another.")
    if DO_NOT_CALL not in script.anywhere.values():
        message = "a person can't ask not to be called again."
        remedy = f"Under anywhere, lead an intent to the goodbye {DO_NOT_CALL}."
        yield Fault("", "no-way-out", message, remedy)


def _texts(script: ModelScript) -> Iterator[Fault]:
    declared = {variable.name: variable for variable in script.variables}
    for text in spoken_texts(script):
        yield from wording_at_fault("", text)
        for name in slots(text):
            variable = declared.get(name)
            if name in OWN_VARIABLES or (variable is not None and (variable.required or variable.default)):
                continue
            message = f"{name!r} may be empty when it is spoken." if variable else f"there is no variable {name!r}."
            rule = "unset-variable" if variable else "unknown-variable"
            yield Fault("", rule, message, "Add it under variables, required or with a default.")


def _opening(script: ModelScript) -> Iterator[Fault]:
    if script.company.casefold() not in script.opening.replace("{company}", script.company).casefold():
        message = f"the opening doesn't say that {script.company} is calling."
        yield Fault("", "who-is-calling", message, "Say {company} in it.")


def _grades(script: ModelScript) -> Iterator[Fault]:
    rules = script.grades.rules
    for grade in (*(rule.grade for rule in rules), script.grades.default.grade):
        if grade not in script.grades.names:
            message = f"a rule gives grade {grade!r}, which has no name."
            yield Fault("", "unknown-grade", message, "Add it under grades, names.")
    for rule in rules:
        yield from _when(script, rule.when)


def _when(script: ModelScript, when: When) -> Iterator[Fault]:
    if when.reached or when.not_reached:
        message = "a language model's call reaches no nodes."
        yield Fault("", "unknown-node", message, "Use intents, values or endings.")
    meant = {*script.intents, *script.knowledge}
    for names, known, rule in (
        ((*when.met, *when.not_met), meant, "unknown-intent"),
        (when.collected, set(script.collect), "unknown-variable"),
        (when.ended, {*script.goodbyes, *ENGINE_ENDINGS}, "unknown-reason"),
    ):
        for name in names:
            if name not in known:
                yield Fault("", rule, f"a rule names {name!r}, which isn't there.", "Add it, or name another.")
    for choice in when.any:
        yield from _when(script, choice)
