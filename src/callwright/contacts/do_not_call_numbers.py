"""Numbers for a do-not-call list, from pasted lines or from a file: each checked, none kept here. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from callwright.contacts.columns import find_phone_column
from callwright.contacts.drafts import RowFault, check_phone
from callwright.contacts.importing import HEADING_WITHIN, MOST_ROWS
from callwright.kit.tabular import (
    Row,
    SpreadsheetColumnsError,
    SpreadsheetUnreadableError,
    TooManyRowsError,
    read_rows,
)


@dataclass(slots=True)
class NumberSheet:
    """What was given: numbers as E.164, each once; rows that hold none; how many rows repeated a number."""

    phones: list[str] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    rows: int = 0
    duplicates: int = 0


def read_lines(lines: Sequence[str], *, region: str) -> NumberSheet:
    """Return the numbers of pasted lines; empty lines are passed over."""
    return _checked(((number, line) for number, line in enumerate(lines, 1) if line.strip()), region)


def read_numbers(content: bytes, *, file_name: str, region: str) -> NumberSheet:
    """Return the numbers of a file: the column with a heading for them, or the first one that begins with a number.

    Raises SpreadsheetUnreadableError, SpreadsheetTooLargeError, TooManyRowsError, SpreadsheetColumnsError.
    """
    rows = (row for row in read_rows(content, file_name=file_name) if not row.empty)
    head = list(islice(rows, HEADING_WITHIN))
    if not head:
        raise SpreadsheetUnreadableError(file_name=file_name, fault="no-rows")
    column, begins = _find_column(head, file_name, region)
    return _checked(_cells(chain(head[begins:], rows), column, file_name), region)


def _checked(given: Iterable[tuple[int, str]], region: str) -> NumberSheet:
    sheet = NumberSheet()
    seen: set[str] = set()
    for row, text in given:
        sheet.rows += 1
        found = check_phone(text, region=region, row=row)
        if isinstance(found, RowFault):
            sheet.faults.append(found)
        elif found in seen:
            sheet.duplicates += 1
        else:
            seen.add(found)
            sheet.phones.append(found)
    return sheet


def _cells(rows: Iterable[Row], column: int, file_name: str) -> Iterator[tuple[int, str]]:
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise TooManyRowsError(file_name=file_name, most=MOST_ROWS)
        yield row.number, row.cells[column] if column < len(row.cells) else ""


def _find_column(head: Sequence[Row], file_name: str, region: str) -> tuple[int, int]:
    """Return the place of the numbers, and with which row of ``head`` they begin."""
    for place, row in enumerate(head):
        column = find_phone_column(row.cells)
        if column is not None:
            return column, place + 1
    for column, cell in enumerate(head[0].cells):
        if isinstance(check_phone(cell, region=region), str):
            return column, 0
    found = [cell for cell in head[0].cells if cell]
    raise SpreadsheetColumnsError(file_name=file_name, missing=["phone"], found=found)
