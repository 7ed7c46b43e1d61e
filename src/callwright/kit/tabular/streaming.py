"""Files of any length written row by row, that a spreadsheet program reads as they are meant."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | datetime | None
"""A moment is without a zone: as the reader's clock shows it."""
AddRows = Callable[[Iterable[Sequence[Cell]]], None]
"""Writes rows below those that are there."""
WIDTH = 22
LONGEST = 32_767
"""Characters that Excel takes in a cell."""
FORMULA = re.compile(r"[\t\r]|\s*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"\+?\d+")
MOMENT = "%Y-%m-%d %H:%M:%S"


@contextmanager
def sheet_file(
    path: Path, kind: Literal["xlsx", "csv"], headings: Sequence[str], *, sheet: str
) -> Iterator[AddRows]:
    """Write a file with one sheet at ``path``, whole once the block ends. No text in it is taken for a formula."""
    with _workbook(path, headings, sheet) if kind == "xlsx" else _separated(path, headings) as add:
        yield add


def harmless(text: str) -> str:
    """Return what a spreadsheet would take for a formula as plain text; a phone number stays one."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


@contextmanager
def _workbook(path: Path, headings: Sequence[str], sheet: str) -> Iterator[AddRows]:
    # Rows go to disk one by one.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        text, moment = (book.add_format({"num_format": shown}) for shown in ("@", "yyyy-mm-dd hh:mm:ss"))
        heading = book.add_format({"num_format": "@", "bold": True, "bg_color": "#DDE7F5", "bottom": 1})
        page = book.add_worksheet(sheet)
        page.set_column(0, max(0, len(headings) - 1), WIDTH)
        page.freeze_panes(1, 0)
        for place, words in enumerate(headings):
            page.write_string(0, place, words[:LONGEST], heading)
        numbers = count(1)

        def add(rows: Iterable[Sequence[Cell]]) -> None:
            for row in rows:
                number = next(numbers)
                for place, cell in enumerate(row):
                    _write(page, number, place, cell, text, moment)

        yield add


def _write(page: Worksheet, number: int, place: int, cell: Cell, text: Format, moment: Format) -> None:
    if isinstance(cell, datetime):
        page.write_datetime(number, place, cell, moment)
    elif isinstance(cell, str):
        page.write_string(number, place, cell[:LONGEST], text)
    elif cell is not None:
        page.write_number(number, place, cell)


@contextmanager
def _separated(path: Path, headings: Sequence[str]) -> Iterator[AddRows]:
    # RFC 4180, with the mark by which spreadsheet programs know UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)

        def add(rows: Iterable[Sequence[Cell]]) -> None:
            writer.writerows([_plain(cell) for cell in row] for row in rows)

        add([headings])
        yield add


def _plain(cell: Cell) -> str | int | float:
    if isinstance(cell, datetime):
        return cell.strftime(MOMENT)
    return harmless(cell) if isinstance(cell, str) else ("" if cell is None else cell)
