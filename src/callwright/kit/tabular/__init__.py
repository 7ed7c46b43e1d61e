"""Spreadsheets as rows of text: XLSX and CSV read and written. Files from strangers: everything is bounded."""

from callwright.kit.tabular.errors import (
    SpreadsheetColumnsError,
    SpreadsheetError,
    SpreadsheetTooLargeError,
    SpreadsheetUnreadableError,
    TooManyRowsError,
)
from callwright.kit.tabular.reading import MOST_BYTES, Row, read_rows
from callwright.kit.tabular.streaming import AddRows, Cell, harmless, sheet_file
from callwright.kit.tabular.writing import Column, write_workbook

__all__ = [
    "MOST_BYTES",
    "AddRows",
    "Cell",
    "Column",
    "Row",
    "SpreadsheetColumnsError",
    "SpreadsheetError",
    "SpreadsheetTooLargeError",
    "SpreadsheetUnreadableError",
    "TooManyRowsError",
    "harmless",
    "read_rows",
    "sheet_file",
    "write_workbook",
]
