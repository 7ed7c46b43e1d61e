"""The knowledge base as a spreadsheet: written to be filled in, read row by row, each fault told. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from callwright.dialogue.any_script import AnyScript
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
from callwright.scripts.knowledge_faults import SheetFault

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
_LINES = re.compile(r"[\r\n|；;]+")


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
        lacking = [column for column in ("question", "answer", "wordings") if not cells[column]]
        sheet.faults.extend(SheetFault(number, column, None, f"{column}-missing") for column in lacking)
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
