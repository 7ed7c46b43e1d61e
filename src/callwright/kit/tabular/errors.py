"""Why a spreadsheet can't be taken: each fault has a stable name, which pages put into words."""

from callwright.kit.errors import InvalidInputError

UNREADABLE = {
    "empty": "it is empty",
    "no-rows": "it holds no rows",
    "no-sheet": "it has no sheet",
    "old-excel": "it is in Excel's old format (.xls)",
    "password": "it has a password",
    "pdf": "it is a PDF",
    "picture": "it is a picture",
    "web-page": "it is a web page",
    "other-archive": "it is a ZIP archive but no .xlsx",
    "cut-off": "it is cut off: the end of the file is missing",
    "damaged": "it is damaged",
    "packing": "it is packed in a way that Excel doesn't use",
    "no-text": "it is no text and no .xlsx",
    "encoding": "its text is neither UTF-8, UTF-16, GB 18030 nor Windows-1252",
    "formulas": "it holds formulas whose results were not saved with them",
    "quotes": "the quotation marks around line {line} do not fit together",
}
TOO_LARGE = {
    "bytes": "it has more than {most_mb} MB",
    "unpacked": "it unpacks to more than {most_mb} MB",
    "cells": "a sheet reaches to row {last_row} and column {last_column} (delete cells there that look empty)",
}


class SpreadsheetError(InvalidInputError):
    """The file {file_name} can't be taken."""


class SpreadsheetUnreadableError(SpreadsheetError):
    """The file {file_name} can't be read as a spreadsheet: {why}. Save it as .xlsx or .csv and upload it again."""

    code = "spreadsheet-unreadable"

    def __init__(self, *, file_name: str, fault: str, **details: object) -> None:
        super().__init__(file_name=file_name, fault=fault, why=UNREADABLE[fault].format_map(details), **details)


class SpreadsheetTooLargeError(SpreadsheetError):
    """The file {file_name} is too large: {why}. Divide it into smaller files."""

    code = "spreadsheet-too-large"

    def __init__(self, *, file_name: str, fault: str, **details: object) -> None:
        super().__init__(file_name=file_name, fault=fault, why=TOO_LARGE[fault].format_map(details), **details)


class SpreadsheetColumnsError(SpreadsheetError):
    """The file {file_name} lacks the columns {missing}; found were {found}. Fill in the template instead."""

    code = "spreadsheet-columns"

    def __init__(self, *, file_name: str, missing: list[str], found: list[str]) -> None:
        super().__init__(file_name=file_name, missing=", ".join(missing), found=", ".join(found) or "none")
        self.fields = {"file_name": file_name, "missing": missing, "found": found}


class TooManyRowsError(SpreadsheetError):
    """The file {file_name} has more than {most} rows. Divide it into smaller files."""

    code = "spreadsheet-too-large"

    def __init__(self, *, file_name: str, most: int) -> None:
        super().__init__(file_name=file_name, fault="rows", most=most)
