"""XLSX written in a stream: columns of text, and a sheet that explains them."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

WIDTH = 22


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, what it is for, and an example."""

    heading: str
    note: str = ""
    example: str = ""
    required: bool = False


def write_workbook(
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]] = (),
    *,
    sheet: str = "Customers",
    instructions: Sequence[str] = (),
) -> bytes:
    """Return a workbook: ``sheet`` with the headings and ``rows``, and a sheet of instructions where there are any.

    Every column is formatted as text, so that a phone number typed there stays as typed, ``+`` and zeros included.
    """
    buffer = io.BytesIO()
    # Rows go to a temporary file one by one: a hundred thousand in memory would take half a gigabyte.
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    text = book.add_format({"num_format": "@"})
    heading = book.add_format({"num_format": "@", "bold": True, "bg_color": "#DDE7F5", "bottom": 1})
    page = book.add_worksheet(sheet)
    page.set_column(0, max(0, len(columns) - 1), WIDTH, text)
    page.freeze_panes(1, 0)
    page.write_row(0, 0, [column.heading for column in columns], heading)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            page.write_string(number, place, value, text)
    if instructions:
        _explain(book, columns, instructions, heading)
    book.close()
    return buffer.getvalue()


def _explain(
    book: xlsxwriter.Workbook, columns: Sequence[Column], lines: Sequence[str], heading: xlsxwriter.format.Format
) -> None:
    page = book.add_worksheet("Instructions")
    page.set_column(0, 0, WIDTH)
    page.set_column(1, 1, 12)
    page.set_column(2, 2, 60)
    page.set_column(3, 3, WIDTH)
    for number, line in enumerate(lines):
        page.write_string(number, 0, line)
    top = len(lines) + 1
    page.write_row(top, 0, ["Column", "Required", "What it is", "Example"], heading)
    for number, column in enumerate(columns, top + 1):
        page.write_row(number, 0, [column.heading, "yes" if column.required else "no"])
        page.write_string(number, 2, column.note)
        page.write_string(number, 3, column.example)
