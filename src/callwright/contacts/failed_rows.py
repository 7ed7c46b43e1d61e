"""The rows of a file that were not taken, each with its reason, to be repaired and imported again. Pure."""

from collections.abc import Mapping, Sequence

from callwright.contacts.columns import REASON, Columns, heading_at
from callwright.kit.tabular import Column, read_rows, write_workbook


def failed_rows(
    content: bytes, *, file_name: str, columns: Columns, reasons: Mapping[int, str], language: str = "en"
) -> bytes:
    """Return an XLSX of the rows that have ``reasons``, as they were sent, the reason in a last column.

    What was read of a column stands above it, so that the repaired file is understood as it is; above one that was
    left out its own heading, in brackets, by which no import reads it. Reasons of an earlier import are gone.

    Raises SpreadsheetUnreadableError, SpreadsheetTooLargeError.
    """
    found: Sequence[str] = ()
    rows: list[tuple[Sequence[str], str]] = []
    for row in read_rows(content, file_name=file_name):
        if row.number == columns.heading_row:
            found = row.cells
        elif row.number in reasons:
            rows.append((row.cells, reasons[row.number]))
    headings = _headings(found, columns, max([len(found), *(len(cells) for cells, _ in rows)]))
    kept = [place for place, heading in enumerate(headings) if heading not in REASON.values()]
    padded = ([*(cells[place] if place < len(cells) else "" for place in kept), reason] for cells, reason in rows)
    return write_workbook([*(Column(headings[place]) for place in kept), Column(REASON[language])], padded)


def _headings(found: Sequence[str], columns: Columns, width: int) -> list[str]:
    headings = [_left_out(heading) for heading in found] + [""] * (width - len(found))
    for key, place in sorted(columns.places.items()):
        if place < width:
            headings[place] = heading_at(key)
    return headings


def _left_out(heading: str) -> str:
    plain = heading.strip()
    return plain if not plain or (plain.startswith("(") and plain.endswith(")")) else f"({plain})"
