"""A file's rows as text, whatever it is: told by its content, never by its name."""

from collections.abc import Iterator
from dataclasses import dataclass

from callwright.kit.tabular import separated, workbook
from callwright.kit.tabular.errors import SpreadsheetTooLargeError, SpreadsheetUnreadableError

MOST_BYTES = 50 * 1024 * 1024
ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # compound file: .xls, and .xlsx under a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds it then, [MS-OFFCRYPTO] 2.3.4.4
OTHER_KINDS = (
    (b"%pdf-", "pdf"),
    (b"\x89png", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"gif8", "picture"),
    (b"<!doctype html", "web-page"),
    (b"<html", "web-page"),
)
HEAD = 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``number`` counts from 1 as the spreadsheet program shows it, ``last`` is the file's last row's."""

    number: int
    cells: list[str]
    last: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells)


def read_rows(content: bytes, *, file_name: str) -> Iterator[Row]:
    """Yield the rows of the first sheet that is shown; cells are trimmed text, "" where there is none.

    Raises SpreadsheetUnreadableError, or SpreadsheetTooLargeError also for a file that unpacks large.
    """
    if len(content) > MOST_BYTES:
        raise SpreadsheetTooLargeError(file_name=file_name, fault="bytes", most_mb=MOST_BYTES >> 20)
    if fault := _other_kind(content):
        raise SpreadsheetUnreadableError(file_name=file_name, fault=fault)
    rows = workbook.rows if content.startswith(ZIP) else separated.rows
    for number, cells, last in rows(content, file_name):
        yield Row(number, cells, last)


def _other_kind(content: bytes) -> str:
    """Return what it is instead of a spreadsheet, "" where it may be one."""
    if not content.strip(b"\0\r\n\t "):
        return "empty"
    if content.startswith(OLE):
        return "password" if ENCRYPTED in content else "old-excel"
    head = content[:HEAD].lstrip().lower()
    return next((fault for beginning, fault in OTHER_KINDS if head.startswith(beginning)), "")
