"""The rows of a file that were not taken, each with its reason, to be repaired and imported again. Pure."""

from collections.abc import Sequence

from callwright.contacts.drafts import RowFault
from callwright.contacts.reasons import reason_for
from callwright.kit.tabular import Column, read_rows, write_workbook

REASON = {"en": "reason", "zh": "原因"}
"""The heading of the last column, which no import reads."""


def failed_rows(
    content: bytes, *, file_name: str, heading_row: int, faults: Sequence[RowFault], language: str = "en"
) -> bytes:
    """Return an XLSX of the file's headings and the rows of ``faults``, the reason in a last column.

    Raises SpreadsheetUnreadableError, SpreadsheetTooLargeError.
    """
    reasons = {fault.row: reason_for(fault.code, fault.fields, language) for fault in faults}
    headings: list[str] = []
    rows: list[list[str]] = []
    for row in read_rows(content, file_name=file_name):
        if row.number == heading_row:
            headings = row.cells
        elif row.number in reasons:
            rows.append([*row.cells, reasons[row.number]])
    width = max((len(row) - 1 for row in rows), default=len(headings))
    columns = [Column(heading) for heading in (*headings, *[""] * (width - len(headings)), REASON[language])]
    padded = ([*row[:-1], *[""] * (len(columns) - len(row)), row[-1]] for row in rows)
    return write_workbook(columns, padded)
