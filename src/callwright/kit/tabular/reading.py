"""A file's rows as text, whatever it is: told by its content, never by its name."""

from collections.abc import Iterator
from dataclasses import dataclass

from callwright.kit.tabular import separated, workbook
from callwright.kit.tabular.errors import SpreadsheetTooLargeError, SpreadsheetUnreadableError

MOST_BYTES = 20 * 1024 * 1024
ZIP = b"PK\x03\x04"
OLD_EXCEL = bytes.fromhex("D0CF11E0A1B11AE1")  # OLE compound file: .xls, and .xlsx under a password


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``number`` counts from 1 as the spreadsheet program shows it."""

    number: int
    cells: list[str]

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells)


def read_rows(content: bytes, *, file_name: str) -> Iterator[Row]:
    """Yield the rows of the first sheet that is shown; cells are trimmed text, "" where there is none.

    Raises SpreadsheetUnreadableError, or SpreadsheetTooLargeError also for a file that unpacks large.
    """
    if len(content) > MOST_BYTES:
        raise SpreadsheetTooLargeError(file_name=file_name, why=f"it has more than {MOST_BYTES >> 20} MB")
    if not content.strip(b"\0\r\n\t "):
        raise SpreadsheetUnreadableError(file_name=file_name, why="it is empty")
    if content.startswith(OLD_EXCEL):
        raise SpreadsheetUnreadableError(
            file_name=file_name, why="it is in Excel's old format (.xls), or has a password"
        )
    rows = workbook.rows if content.startswith(ZIP) else separated.rows
    for number, cells in rows(content, file_name):
        yield Row(number, cells)
