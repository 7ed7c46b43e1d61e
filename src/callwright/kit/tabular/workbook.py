"""Excel's .xlsx, read by calamine once it is known to be harmless.

Two things would take the process down with them: a few kilobytes that unpack to gigabytes, and a few cells so far
apart that the rectangle around them, which calamine lays out, has a thousand million. Both are found by unpacking
the archive here, within bounds, before calamine sees it.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from callwright.kit.tabular.errors import SpreadsheetTooLargeError, SpreadsheetUnreadableError

MOST_UNPACKED = 200 * 1024 * 1024
MOST_ENTRIES = 1000
MOST_CELLS = 5_000_000
CHUNK = 1024 * 1024
OVERLAP = 64
END_OF_DIRECTORY = b"PK\x05\x06"  # APPNOTE.TXT 4.3.16
LOCAL_HEADER = struct.Struct("<26xHH")  # APPNOTE.TXT 4.3.7: lengths of name and extra field, at offset 26
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,9})([0-9]{1,19})["']""")
"""The place of a cell (``r="AB12"``) or a row (``r="12"``)."""
NO_RESULT = re.compile(rb"""(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]{0,40}/>)\s{0,9}</(?:\w+:)?c>""")
"""The end of a cell with a formula and no value: programs that only write a workbook don't work formulas out."""
SHEETS = "xl/worksheets/"
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^<>]*)>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^<>]*)>")
ATTRIBUTE = re.compile(rb"""\b(\w{1,40})\s{0,9}=\s{0,9}["']([^"']{0,500})["']""")
WHOLE = 2**53
Cell = int | float | str | bool | time | date | datetime | timedelta


def rows(content: bytes, file_name: str) -> Iterator[tuple[int, list[str], int]]:
    """Yield (row number, trimmed cells, the last row's number) of the first sheet that is shown."""
    not_worked_out = _check(content, file_name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            shown = [
                number
                for number, sheet in enumerate(book.sheets_metadata)
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            ]
            if not shown:
                raise SpreadsheetUnreadableError(file_name=file_name, fault="no-sheet")
            if not_worked_out and _part_of(content, shown[0], file_name) in {None, *not_worked_out}:
                raise SpreadsheetUnreadableError(file_name=file_name, fault="formulas")
            sheet = book.get_sheet_by_index(shown[0])
            last = sheet.end[0] + 1 if sheet.end else 0
            for number, cells in enumerate(sheet.iter_rows(), 1):
                yield number, [as_text(cell) for cell in cells], last
    except (CalamineError, OSError):
        raise SpreadsheetUnreadableError(file_name=file_name, fault="damaged") from None


def as_text(cell: Cell) -> str:
    """Return a cell as a person reads it; whole numbers have no point (Excel takes phone numbers for such)."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < WHOLE:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()


# Is it harmless? ----------------------------------------------------------------------------------------------


def _check(content: bytes, file_name: str) -> set[str]:
    """Return the sheets, by the names of their parts, with formulas that nobody worked out."""
    entries = _entries(content, file_name)
    names = {entry.filename for entry in entries}
    if WORKBOOK not in names or names & {"xl/workbook.bin", "content.xml"}:
        raise SpreadsheetUnreadableError(file_name=file_name, fault="other-archive")
    declared = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or declared > MOST_UNPACKED:
        raise SpreadsheetTooLargeError(file_name=file_name, fault="unpacked", most_mb=MOST_UNPACKED >> 20)
    left = MOST_UNPACKED
    not_worked_out: set[str] = set()
    for entry in entries:
        left = _check_entry(content, entry, left, file_name, not_worked_out)
    return not_worked_out


def _entries(content: bytes, file_name: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, struct.error):
        # The directory stands at the end of the archive.
        fault = "damaged" if END_OF_DIRECTORY in content else "cut-off"
        raise SpreadsheetUnreadableError(file_name=file_name, fault=fault) from None


def _check_entry(
    content: bytes, entry: zipfile.ZipInfo, left: int, file_name: str, not_worked_out: set[str]
) -> int:
    """Return how much may still be unpacked after ``entry``; the directory's word for its size is not taken.

    Every sheet must be harmless, whichever is read: what is understood here of the archive, calamine may understand
    otherwise. Formulas without results only spoil the sheet that they stand in.
    """
    last_row = last_column = 0
    tail = b""
    for chunk in _unpacked(content, entry, file_name):
        left -= len(chunk)
        if left < 0:
            raise SpreadsheetTooLargeError(file_name=file_name, fault="unpacked", most_mb=MOST_UNPACKED >> 20)
        if entry.filename.startswith(SHEETS) and NO_RESULT.search(tail + chunk):
            not_worked_out.add(entry.filename)
        for letters, digits in PLACE.findall(tail + chunk):
            last_row = max(last_row, int(digits))
            last_column = max(last_column, _column_number(letters))
        tail = chunk[-OVERLAP:]
    if last_row * max(1, last_column) > MOST_CELLS:
        raise SpreadsheetTooLargeError(
            file_name=file_name, fault="cells", last_row=last_row, last_column=last_column
        )
    return left


def _unpacked(content: bytes, entry: zipfile.ZipInfo, file_name: str) -> Iterator[bytes]:
    begins = entry.header_offset + 30
    try:
        name_length, extra_length = LOCAL_HEADER.unpack_from(content, entry.header_offset)
    except struct.error:
        raise SpreadsheetUnreadableError(file_name=file_name, fault="cut-off") from None
    begins += name_length + extra_length
    packed = memoryview(content)[begins : begins + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(packed, file_name)
    else:
        raise SpreadsheetUnreadableError(file_name=file_name, fault="packing")


def _inflated(packed: memoryview, file_name: str) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while not stream.eof:
            chunk = stream.decompress(rest, CHUNK)
            rest = stream.unconsumed_tail
            if not chunk and not rest:
                break
            yield chunk
    except zlib.error:
        raise SpreadsheetUnreadableError(file_name=file_name, fault="damaged") from None


def _part_of(content: bytes, sheet: int, file_name: str) -> str | None:
    """Return the name of the part of a sheet, by its place in the workbook; ``None`` where it can't be told."""
    parts = {entry.filename: entry for entry in _entries(content, file_name)}
    if RELATIONS not in parts:
        return None
    listed = SHEET.findall(b"".join(_unpacked(content, parts[WORKBOOK], file_name)))
    relations = RELATION.findall(b"".join(_unpacked(content, parts[RELATIONS], file_name)))
    targets = {attributes.get("Id"): attributes.get("Target", "") for attributes in map(_attributes, relations)}
    relation = _attributes(listed[sheet]).get("id") if sheet < len(listed) else None
    target = targets.get(relation)
    return target and posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes of a tag, by their names without a prefix."""
    return {name.decode(): value.decode(errors="replace") for name, value in ATTRIBUTE.findall(tag)}


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
