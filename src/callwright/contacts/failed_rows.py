"""The rows of a file that were not taken, each with its reason, to be repaired and imported again. Pure."""

from collections.abc import Mapping, Sequence

from callwright.contacts.columns import REASON, Columns, heading_at, likeness
from callwright.kit.tabular import Column, read_rows, write_workbook


def failed_rows(
    content: bytes, *, file_name: str, columns: Columns, reasons: Mapping[int, str], language: str = "en"
) -> bytes:
    """Return an XLSX of the rows that have ``reasons``, as they were sent, the reason in a last column.

    The headings are those that were sent, by which the repaired file is read as the first one was. Where they are
    others than ``columns.alike`` was told from, what was read of a column stands above it, and above one that was
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
    width = max([len(found), *(len(cells) for cells, _ in rows)])
    sent = [*found, *[""] * (width - len(found))]
    kept = [place for place, heading in enumerate(sent) if heading not in REASON.values()]
    known = bool(columns.alike) and likeness([sent[place] for place in kept]) == columns.alike
    headings = sent if known else _named(sent, columns)
    padded = ([*(cells[place] if place < len(cells) else "" for place in kept), reason] for cells, reason in rows)
    return write_workbook([*(Column(headings[place]) for place in kept), Column(REASON[language])], padded)


def _named(sent: Sequence[str], columns: Columns) -> list[str]:
    headings = [_left_out(heading) for heading in sent]
    for key, place in sorted(columns.places.items()):
        if place < len(sent):
            headings[place] = heading_at(key)
    return headings


def _left_out(heading: str) -> str:
    plain = heading.strip()
    return plain if not plain or (plain.startswith("(") and plain.endswith(")")) else f"({plain})"
