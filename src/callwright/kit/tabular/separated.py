"""Text with separators (CSV): its encoding and its separator are found out."""

import codecs
import csv
import re
from collections.abc import Iterator

from callwright.kit.tabular.errors import SpreadsheetUnreadableError

SEPARATORS = (",", ";", "\t", "|")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHINESE_PAIR = re.compile(rb"[\xA1-\xFE][\xA1-\xFE]")  # GB 2312, the everyday part of GB 18030
HIGH = re.compile(rb"[\x80-\xFF]")
MOSTLY = 0.8
SAMPLE = 64 * 1024


def rows(content: bytes, file_name: str) -> Iterator[tuple[int, list[str], int]]:
    """Yield (line number, trimmed cells, the last line's number).

    A cell that holds line ends counts the lines it spans.
    """
    text = _decoded(content, file_name)
    if "\0" in text:
        raise SpreadsheetUnreadableError(file_name=file_name, fault="no-text")
    lines = text.splitlines(keepends=True)
    first = 0
    separator = _named_separator(lines[0])
    if separator is None:
        separator = _separator(lines)
    else:
        first = 1
    reader = csv.reader(lines[first:], delimiter=separator, skipinitialspace=True, strict=True)
    begins = first + 1
    try:
        for cells in reader:
            yield begins, [cell.strip() for cell in cells], len(lines)
            begins = first + reader.line_num + 1
    except csv.Error:
        raise SpreadsheetUnreadableError(file_name=file_name, fault="quotes", line=begins) from None


def _decoded(content: bytes, file_name: str) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, file_name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "gb18030" if _looks_chinese(content) else "cp1252", file_name)


def _strictly(content: bytes, encoding: str, file_name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise SpreadsheetUnreadableError(file_name=file_name, fault="encoding") from None


def _looks_chinese(content: bytes) -> bool:
    """Tell Chinese from Western accents: the former come in pairs of high bytes, the latter stand alone."""
    high = len(HIGH.findall(content))
    return 2 * len(CHINESE_PAIR.findall(content)) >= MOSTLY * high


def _named_separator(line: str) -> str | None:
    """Return the separator of Excel's own first line, ``sep=;``."""
    found = re.fullmatch(r"sep=(.)\r?\n?", line, re.IGNORECASE)
    return found[1] if found else None


def _separator(lines: list[str]) -> str:
    """Return the separator that stands most often outside quotes in the first line with any."""
    for line in lines[:20]:
        bare = re.sub(r'"[^"]*"', "", line[:SAMPLE])
        best = max(SEPARATORS, key=bare.count)
        if best in bare:
            return best
    return ","
