"""Faults of reference: intents, grades, reasons and recordings that aren't there, or are there twice."""

from collections.abc import Iterator

from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import (
    Branch,
    Collect,
    Condition,
    Goodbye,
    Listening,
    Node,
    Script,
    SendSms,
    Speaking,
    Transfer,
)
from callwright.dialogue.intents import Taught, examples_of
from callwright.dialogue.rules import When
from callwright.dialogue.state import ENGINE_ENDINGS
from callwright.kit.script_size import MOST_EXAMPLES


def names_at_fault(script: Script) -> Iterator[Fault]:
    """Yield every name that means nothing, or two things."""
    for node_id, node in script.nodes.items():
        yield from _node(script, node_id, node)
    for name, question in script.knowledge.items():
        yield from _recording(script, "", f"knowledge.{name}.audio", question.audio)
    anywhere = script.anywhere
    yield from _intents(script, "", "anywhere.branches", tuple(anywhere.branches))
    yield from _intents(script, "", "anywhere.repeat", anywhere.repeat)
    yield from _grades(script)
    yield from _taught(script)


def _node(script: Script, node_id: str, node: Node) -> Iterator[Fault]:
    if node.flow is not None and node.flow not in script.flows:
        yield fault("unknown-flow", node_id, field="flow", name=node.flow)
    if isinstance(node, Listening | Branch):
        yield from _intents(script, node_id, "branches", tuple(node.branches))
    if isinstance(node, Speaking):
        yield from _recording(script, node_id, "audio", node.audio)
    yield from _lacking(node_id, node)
    for number, case in enumerate(node.cases if isinstance(node, Condition) else ()):
        field = f"cases.{number}.when"
        yield from _when(script, node_id, field, case.when)
        if _timed(case.when):
            yield fault("talk-time", node_id, field=field)


def _lacking(node_id: str, node: Node) -> Iterator[Fault]:
    match node:
        case Transfer():
            yield fault("not-available", node_id, kind=node.kind)
        case SendSms(template=""):
            yield fault("no-template", node_id, field="template")
        case Collect(variable=""):
            yield fault("no-variable", node_id, field="variable")


def _intents(script: Script, node_id: str, field: str, names: tuple[str, ...]) -> Iterator[Fault]:
    for name in names:
        if name not in script.intents and name not in script.knowledge:
            yield fault("unknown-intent", node_id, field=f"{field}.{name}", name=name)


def _recording(script: Script, node_id: str, field: str, audio: str | None) -> Iterator[Fault]:
    if audio and audio not in script.recordings:
        yield fault("unknown-recording", node_id, field=field, name=audio)


def _timed(when: When) -> bool:
    own = when.talk_at_least_s is not None or when.talk_below_s is not None
    return own or any(_timed(choice) for choice in when.any)


def _when(script: Script, node_id: str, field: str, when: When) -> Iterator[Fault]:
    yield from _intents(script, node_id, field, (*when.met, *when.not_met))
    for name in (*when.reached, *when.not_reached):
        if name not in script.nodes:
            yield fault("unknown-node", node_id, field=field, name=name)
    reasons = ENGINE_ENDINGS | {node.reason for node in script.nodes.values() if isinstance(node, Goodbye)}
    for name in when.ended:
        if name not in reasons:
            yield fault("unknown-reason", node_id, field=field, name=name, known=", ".join(sorted(reasons)))
    for choice in when.any:
        yield from _when(script, node_id, field, choice)


def _grades(script: Script) -> Iterator[Fault]:
    grades = script.grades
    given = [(f"grades.rules.{number}", rule.grade, rule.because) for number, rule in enumerate(grades.rules)]
    for field, grade, because in (*given, ("grades.default", grades.default.grade, grades.default.because)):
        if grade not in grades.names:
            yield fault("unknown-grade", field=field, because=because, grade=grade)
    for number, rule in enumerate(grades.rules):
        yield from _when(script, "", f"grades.rules.{number}.when", rule.when)


def _taught(script: Script) -> Iterator[Fault]:
    """Yield intents and questions that are taught by nothing, or by what another is taught by."""
    for name in script.knowledge:
        if name in script.intents:
            yield fault("name-twice", field=f"knowledge.{name}", name=name)
    yield from examples_at_fault(script)
    taught: dict[str, str] = {}
    for field, name, sentences in _lessons(script):
        if not sentences:
            yield fault("no-examples", field=field, name=name)
        for sentence in sentences:
            other = taught.setdefault(sentence.casefold(), name)
            if other != name:
                yield fault("example-twice", field=field, sentence=sentence, one=other, other=name)


def examples_at_fault(script: Taught) -> Iterator[Fault]:
    """Yield the fault of a script that is taught by more than can be learned."""
    count = sum(map(len, examples_of(script).values()))
    if count > MOST_EXAMPLES:
        yield fault("too-many-examples", field="knowledge", count=str(count), most=str(MOST_EXAMPLES))


def _lessons(script: Script) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for name, intent in script.intents.items():
        yield f"intents.{name}.examples", name, intent.examples
    for name, question in script.knowledge.items():
        yield f"knowledge.{name}.wordings", name, question.wordings
