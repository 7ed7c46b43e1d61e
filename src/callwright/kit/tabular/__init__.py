"""Spreadsheets as rows of text: XLSX and CSV read, XLSX written. Files from strangers: everything is bounded."""

from callwright.kit.tabular.errors import (
    SpreadsheetColumnsError,
    SpreadsheetTooLargeError,
    SpreadsheetUnreadableError,
    TooManyRowsError,
)
from callwright.kit.tabular.reading import MOST_BYTES, Row, read_rows
from callwright.kit.tabular.writing import Column, write_workbook

__all__ = [
    "MOST_BYTES",
    "Column",
    "Row",
    "SpreadsheetColumnsError",
    "SpreadsheetTooLargeError",
    "SpreadsheetUnreadableError",
    "TooManyRowsError",
    "read_rows",
    "write_workbook",
]
