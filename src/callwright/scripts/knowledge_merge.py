"""A sheet of questions put into a script: what that changes, and what can't be taken. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.graph import Question, Script
from callwright.scripts.knowledge_faults import SheetFault
from callwright.scripts.knowledge_sheet import MOST_WORDINGS, SHOWN, Entry, KnowledgeSheet
from callwright.scripts.teaching import free_name


@dataclass(frozen=True, slots=True)
class KnowledgeChange:
    """What a sheet does to one question. ``answer_before`` is ``None`` for one that is new."""

    name: str
    question: str
    new_wordings: tuple[str, ...]
    answer_before: str | None
    answer: str
    next_before: str | None
    next: str | None

    @property
    def is_new(self) -> bool:
        """Whether the script doesn't know the question yet."""
        return self.answer_before is None

    @property
    def changes(self) -> bool:
        """Whether it does anything at all."""
        return bool(
            self.is_new or self.new_wordings or (self.answer, self.next) != (self.answer_before, self.next_before)
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """A script with a sheet's questions in it, what that changes, and every fault by row."""

    script: AnyScript
    changes: tuple[KnowledgeChange, ...]
    faults: tuple[SheetFault, ...]


def merge(script: AnyScript, sheet: KnowledgeSheet) -> Merged:
    """Return ``script`` with what ``sheet`` says: known questions by label or name get more, others are added."""
    known = {name.casefold(): name for name in script.knowledge}
    known |= {question.label.casefold(): name for name, question in script.knowledge.items() if question.label}
    taught = _taught(script)
    called = {name: intent.label or name for name, intent in script.intents.items()}
    called |= {name: question.label or name for name, question in script.knowledge.items()}
    knowledge = dict(script.knowledge)
    changes: list[KnowledgeChange] = []
    faults = list(sheet.faults)
    for entry in sheet.entries.values():
        name = known.get(entry.question.casefold()) or free_name(entry.question, {*script.intents, *knowledge})
        before = knowledge.get(name)
        called.setdefault(name, entry.question)
        wordings = tuple(_untaught(entry, name, taught, called, faults))
        unusable = list(_unusable(script, entry, before, wordings))
        if unusable:
            faults.extend(unusable)
            for wording in wordings:
                del taught[wording.casefold()]
            continue
        after = _merged(entry, before, wordings)
        knowledge[name] = after
        change = KnowledgeChange(
            name,
            after.label or name,
            wordings,
            before.answer if before else None,
            after.answer,
            before.next if before else None,
            after.next,
        )
        if change.changes:
            changes.append(change)
    faults.sort(key=lambda fault: fault.row)
    return Merged(script.model_copy(update={"knowledge": knowledge}), tuple(changes), tuple(faults))


def _taught(script: AnyScript) -> dict[str, str]:
    """Return which intent or question each sentence is an example of."""
    named: Iterable[tuple[str, Sequence[str]]] = chain(
        ((name, intent.examples) for name, intent in script.intents.items()),
        ((name, question.wordings) for name, question in script.knowledge.items()),
    )
    return {sentence.casefold(): name for name, sentences in named for sentence in sentences}


def _untaught(
    entry: Entry, name: str, taught: dict[str, str], called: Mapping[str, str], faults: list[SheetFault]
) -> Iterator[str]:
    for row, wording in entry.wordings:
        other = taught.setdefault(wording.casefold(), "")
        if not other:
            taught[wording.casefold()] = name
            yield wording
        elif other != name:
            faults.append(SheetFault(row, "wordings", wording[:SHOWN], "wording-taken", {"other": called[other]}))


def _unusable(
    script: AnyScript, entry: Entry, before: Question | None, wordings: Sequence[str]
) -> Iterator[SheetFault]:
    if entry.next and not (isinstance(script, Script) and entry.next in script.nodes):
        yield SheetFault(entry.row, "next", entry.next[:SHOWN], "node-unknown")
    if len(before.wordings if before else ()) + len(wordings) > MOST_WORDINGS:
        yield SheetFault(entry.row, "wordings", None, "too-many-wordings", {"most": MOST_WORDINGS})
    if before is None and not entry.answer:
        yield SheetFault(entry.row, "answer", None, "answer-missing")
    if before is None and not wordings:
        yield SheetFault(entry.row, "wordings", None, "wordings-missing")


def _merged(entry: Entry, before: Question | None, wordings: Sequence[str]) -> Question:
    if before is None:
        return Question(
            wordings=tuple(wordings), answer=entry.answer, next=entry.next or None, label=entry.question
        )
    said = {"answer": entry.answer} if entry.answer and entry.answer != before.answer else {}
    # A recording, and the answer in other words, say what the answer said before.
    recording = {"audio": None, "again": ()} if said else {}
    leads = {"next": entry.next} if entry.next else {}
    return before.model_copy(update={"wordings": (*before.wordings, *wordings), **said, **recording, **leads})
