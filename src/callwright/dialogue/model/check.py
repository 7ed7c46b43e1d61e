"""What must be put right before a script for engine 2.0 is published."""

from collections.abc import Iterator

from callwright.dialogue.check_names import examples_at_fault
from callwright.dialogue.check_texts import wording_at_fault
from callwright.dialogue.duties import Duties
from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.model.guard import spoken_texts
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.parts import Disclosure
from callwright.dialogue.rules import When
from callwright.dialogue.spoken.languages import spoken
from callwright.dialogue.state import DO_NOT_CALL, ENGINE_ENDINGS, FINISHED, TROUBLE
from callwright.dialogue.variables import OWN_VARIABLES, slots

NEEDED = (FINISHED, DO_NOT_CALL, TROUBLE)


def check_model(script: ModelScript, duties: Duties) -> tuple[Fault, ...]:
    """Return every fault of ``script``; none means that it can be published."""
    parts = (
        _goodbyes(script),
        _messages(script),
        _meanings(script),
        _texts(script),
        _opening(script, duties),
        _grades(script),
    )
    return tuple(found for part in parts for found in part)


def _goodbyes(script: ModelScript) -> Iterator[Fault]:
    for reason in NEEDED:
        if reason not in script.goodbyes:
            yield fault("missing-goodbye", field="goodbyes", name=reason)
    ways = [("anywhere", script.anywhere), ("keys", script.keys)]
    for field, routes in ways:
        for way, reason in routes.items():
            if reason not in script.goodbyes:
                yield fault("unknown-goodbye", field=f"{field}.{way}", way=way, name=reason)
    if DO_NOT_CALL not in script.anywhere.values():
        yield fault("no-way-out-model", field="anywhere")


def _messages(script: ModelScript) -> Iterator[Fault]:
    for name, message in script.messages.items():
        if not message.template:
            yield fault("no-template", field=f"messages.{name}.template")


def _meanings(script: ModelScript) -> Iterator[Fault]:
    yield from examples_at_fault(script)
    for way in script.anywhere:
        if way not in script.intents:
            yield fault("unknown-intent", field=f"anywhere.{way}", name=way)
    for name, intent in script.intents.items():
        if not intent.examples:
            yield fault("no-examples", field=f"intents.{name}", name=name)
    for name, question in script.knowledge.items():
        if not question.wordings:
            yield fault("no-examples", field=f"knowledge.{name}", name=name)
        if not question.answer:
            yield fault("no-answer", field=f"knowledge.{name}.answer", name=name)


def _texts(script: ModelScript) -> Iterator[Fault]:
    declared = {variable.name: variable for variable in script.variables}
    for text in spoken_texts(script):
        yield from wording_at_fault(script.language, "", text)
        for name in slots(text):
            variable = declared.get(name)
            if name in OWN_VARIABLES or (variable is not None and (variable.required or variable.default)):
                continue
            yield fault("empty-variable" if variable else "unknown-variable", field="variables", name=name)


def _opening(script: ModelScript, duties: Duties) -> Iterator[Fault]:
    if script.company.casefold() not in script.opening.replace("{company}", script.company).casefold():
        yield fault("who-is-calling", field="opening", company=script.company)
    # A language model is always an AI, and nobody should have to ask.
    wanted: list[tuple[Disclosure, str]] = [("ai", "ai-not-said")]
    if duties.say_recorded:
        wanted.append(("recording", "recording-not-said"))
    if duties.offer_way_out:
        wanted.append(("way_out", "way-out-not-offered"))
    for what, rule in wanted:
        said = spoken(script.language).disclosures[what].search(script.opening)
        if what not in script.discloses and not said:
            yield fault(rule, field="opening")


def _grades(script: ModelScript) -> Iterator[Fault]:
    given = [(rule.grade, rule.because) for rule in script.grades.rules]
    for grade, because in (*given, (script.grades.default.grade, script.grades.default.because)):
        if grade not in script.grades.names:
            yield fault("unknown-grade", field="grades", grade=grade, because=because)
    for rule in script.grades.rules:
        yield from _when(script, rule.when)


def _when(script: ModelScript, when: When) -> Iterator[Fault]:
    for name in (*when.reached, *when.not_reached):
        yield fault("unknown-node", field="grades", name=name)
    yield from _unknown("unknown-intent", (*when.met, *when.not_met), {*script.intents, *script.knowledge})
    yield from _unknown("unknown-variable", when.collected, set(script.collect))
    yield from _unknown("unknown-reason", when.ended, {*script.goodbyes, *ENGINE_ENDINGS})
    for choice in when.any:
        yield from _when(script, choice)


def _unknown(rule: str, names: tuple[str, ...], known: set[str]) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield fault(rule, field="grades", name=name, known=", ".join(sorted(known)))
