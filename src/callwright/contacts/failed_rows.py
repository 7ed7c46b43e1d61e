"""The rows of a file that were not taken, each with its reason, to be repaired and imported again. Pure."""

from collections.abc import Mapping

from callwright.contacts.columns import REASON, Columns, heading_at
from callwright.kit.tabular import Column, read_rows, write_workbook


def failed_rows(
    content: bytes, *, file_name: str, columns: Columns, reasons: Mapping[int, str], language: str = "en"
) -> bytes:
    """Return an XLSX of the rows that have ``reasons``, as they were sent, the reason in a last column.

    What was read of a column stands above it, so that the repaired file is understood as it is.

    Raises SpreadsheetUnreadableError, SpreadsheetTooLargeError.
    """
    width = 0
    rows: list[list[str]] = []
    for row in read_rows(content, file_name=file_name):
        if row.number == columns.heading_row:
            width = len(row.cells)
        elif row.number in reasons:
            rows.append([*row.cells, reasons[row.number]])
    width = max([width, *(len(row) - 1 for row in rows)])
    # A column that was left out has no heading, so that a repaired file can't be read by it.
    headings = [""] * width
    for key, place in sorted(columns.places.items()):
        if place < width:
            headings[place] = heading_at(key)
    headed = [Column(heading) for heading in (*headings, REASON[language])]
    padded = ([*row[:-1], *[""] * (len(headed) - len(row)), row[-1]] for row in rows)
    return write_workbook(headed, padded)
