"""The knowledge base as a spreadsheet: written to be filled in, read row by row, each fault told. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.graph import Question, Script
from callwright.kit.names import UNSHOWABLE
from callwright.kit.script_size import MOST_CHARACTERS, MOST_EXAMPLES
from callwright.kit.tabular import (
    Column,
    Row,
    SpreadsheetColumnsError,
    SpreadsheetUnreadableError,
    TooManyRowsError,
    read_rows,
    write_workbook,
)
from callwright.scripts.teaching import free_name

MOST_ROWS = 10_000
HEADING_WITHIN = 10
LONGEST_LABEL, LONGEST_WORDING, LONGEST_ANSWER = 120, 200, 600
MOST_WORDINGS = 200
SHOWN = 40

COLUMNS = {
    "question": Column("question", "What the question is about, as your people call it.", "Price", required=True),
    "wordings": Column(
        "wordings",
        "How callers word it: one wording a line in the cell, or further rows with the same question.",
        "how much is it\nwhat does that cost",
        required=True,
    ),
    "answer": Column(
        "answer", "What we say. A question that is known keeps its answer where this is empty.", "..."
    ),
    "next": Column("next", "The node at which the call goes on; empty: where it was.", ""),
}
HEADINGS = {
    "question": ("question", "label", "topic", "问题", "标题"),
    "wordings": ("wordings", "wording", "other wordings", "ways of asking", "问法", "说法"),
    "answer": ("answer", "reply", "回答", "答案"),
    "next": ("next", "next node", "goes on at", "下一步", "跳转"),
}
INSTRUCTIONS = (
    f"At most {MOST_ROWS:,} rows and {MOST_WORDINGS} wordings a question. A script has at most {MOST_EXAMPLES:,}",
    f"sentences, its intents' among them, and {MOST_CHARACTERS:,} characters as a file: some 3,500 questions.",
    "One question of the knowledge base a row; further wordings in the same cell, one a line, or in rows below.",
    "Questions are told apart by the first column. Those already there get the wordings and the answer;",
    "those that the file does not name stay as they are. Nothing is taken away.",
)
REASONS = {
    "question-missing": "the question is missing",
    "answer-missing": "the question is unknown and has no answer",
    "too-many-wordings": "the question would have more than {most} wordings",
    "wordings-missing": "the question is unknown and has no wordings",
    "text-too-long": "it has more than {most} characters",
    "text-unshowable": "it holds characters that can't be shown or spoken",
    "wording-taken": "{other} is worded like that already",
    "node-unknown": "the script has no node of that name",
}

_LINES = re.compile(r"[\r\n|；;]+")


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Why a cell is not taken; ``code`` is stable, with ``fields`` for whoever words it."""

    row: int
    column: str
    value: str | None
    code: str
    fields: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The fault in words."""
        return REASONS[self.code].format_map(self.fields)


@dataclass(slots=True)
class Entry:
    """What a sheet says of one question, in however many rows; ``row`` is the first."""

    row: int
    question: str
    wordings: list[tuple[int, str]] = field(default_factory=list)
    answer: str = ""
    next: str = ""


@dataclass(slots=True)
class KnowledgeSheet:
    """A sheet as it was read: its good cells by question, and its faults."""

    rows: int = 0
    entries: dict[str, Entry] = field(default_factory=dict)
    faults: list[SheetFault] = field(default_factory=list)


def write_knowledge(script: AnyScript) -> bytes:
    """Return the XLSX to fill in, with what the script knows already."""
    rows = [
        (question.label or name, "\n".join(question.wordings), question.answer, question.next or "")
        for name, question in script.knowledge.items()
    ]
    return write_workbook(tuple(COLUMNS.values()), rows, sheet="Knowledge", instructions=INSTRUCTIONS)


def read_knowledge(content: bytes, *, file_name: str) -> KnowledgeSheet:
    """Return what a spreadsheet says.

    Raises SpreadsheetUnreadableError, SpreadsheetTooLargeError, SpreadsheetColumnsError, TooManyRowsError.
    """
    rows = (row for row in read_rows(content, file_name=file_name) if not row.empty)
    head = list(islice(rows, HEADING_WITHIN))
    if not head:
        raise SpreadsheetUnreadableError(file_name=file_name, fault="no-rows")
    places, begins = _find_columns(head, file_name)
    sheet = KnowledgeSheet()
    question = ""
    for row in chain(head[begins:], rows):
        sheet.rows += 1
        if sheet.rows > MOST_ROWS:
            raise TooManyRowsError(file_name=file_name, most=MOST_ROWS)
        question = _take(sheet, row.number, _cells(row, places), question)
    return sheet


def _find_columns(head: Sequence[Row], file_name: str) -> tuple[dict[str, int], int]:
    nearest: dict[str, int] = {}
    for place, row in enumerate(head):
        names = [cell.strip().casefold() for cell in row.cells]
        found = {
            column: next(names.index(heading) for heading in headings if heading in names)
            for column, headings in HEADINGS.items()
            if any(heading in names for heading in headings)
        }
        if {"question", "wordings", "answer"} <= found.keys():
            return found, place + 1
        nearest = max(nearest, found, key=len)
    missing = [column for column in ("question", "wordings", "answer") if column not in nearest]
    raise SpreadsheetColumnsError(file_name=file_name, missing=missing, found=[c for c in head[0].cells if c])


def _cells(row: Row, places: Mapping[str, int]) -> dict[str, str]:
    return {column: row.cells[place].strip() if place < len(row.cells) else "" for column, place in places.items()}


def _take(sheet: KnowledgeSheet, number: int, cells: Mapping[str, str], before: str) -> str:
    """Add a row to the question it is about; return that question, about which the next row may be, too."""
    question = cells["question"] or before
    # A row that goes on with the question above brings wordings; an answer without them is somebody else's.
    if not question or (cells["answer"] and not cells["question"] and not cells["wordings"]):
        sheet.faults.append(SheetFault(number, "question", None, "question-missing"))
        return question
    if fault := _fault(number, "question", question, LONGEST_LABEL):
        sheet.faults.append(fault)
        return ""
    entry = sheet.entries.setdefault(question.casefold(), Entry(number, question))
    for wording in _wordings(cells["wordings"]):
        if fault := _fault(number, "wordings", wording, LONGEST_WORDING):
            sheet.faults.append(fault)
        else:
            entry.wordings.append((number, wording))
    if fault := _fault(number, "answer", cells["answer"], LONGEST_ANSWER):
        sheet.faults.append(fault)
    else:
        entry.answer = cells["answer"] or entry.answer
    entry.next = cells.get("next", "") or entry.next
    return question


def _wordings(cell: str) -> Iterator[str]:
    return (wording.strip() for wording in _LINES.split(cell) if wording.strip())


def _fault(row: int, column: str, text: str, most: int) -> SheetFault | None:
    shown = text[:SHOWN] + "…" * (len(text) > SHOWN)
    if UNSHOWABLE.search(text.replace("\n", " ").replace("\t", " ").replace("\r", " ")):
        return SheetFault(row, column, UNSHOWABLE.sub("?", shown), "text-unshowable")
    if len(text) > most:
        return SheetFault(row, column, shown, "text-too-long", {"most": most})
    return None


# Merging ------------------------------------------------------------------------------------------------------


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
    knowledge = dict(script.knowledge)
    changes: list[KnowledgeChange] = []
    faults = list(sheet.faults)
    for entry in sheet.entries.values():
        name = known.get(entry.question.casefold()) or free_name(entry.question, {*script.intents, *knowledge})
        before = knowledge.get(name)
        wordings = tuple(_untaught(entry, name, taught, faults))
        fault = _unusable(script, entry, before, wordings)
        if fault:
            faults.append(fault)
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


def _untaught(entry: Entry, name: str, taught: dict[str, str], faults: list[SheetFault]) -> Iterator[str]:
    for row, wording in entry.wordings:
        other = taught.setdefault(wording.casefold(), "")
        if not other:
            taught[wording.casefold()] = name
            yield wording
        elif other != name:
            faults.append(SheetFault(row, "wordings", wording[:SHOWN], "wording-taken", {"other": other}))


def _unusable(
    script: AnyScript, entry: Entry, before: Question | None, wordings: Sequence[str]
) -> SheetFault | None:
    if entry.next and not (isinstance(script, Script) and entry.next in script.nodes):
        return SheetFault(entry.row, "next", entry.next[:SHOWN], "node-unknown")
    if len(before.wordings if before else ()) + len(wordings) > MOST_WORDINGS:
        return SheetFault(entry.row, "wordings", None, "too-many-wordings", {"most": MOST_WORDINGS})
    if before is None and not entry.answer:
        return SheetFault(entry.row, "answer", None, "answer-missing")
    if before is None and not wordings:
        return SheetFault(entry.row, "wordings", None, "wordings-missing")
    return None


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
