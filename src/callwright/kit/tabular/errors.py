"""Why a spreadsheet can't be taken."""

from callwright.kit.errors import InvalidInputError


class SpreadsheetUnreadableError(InvalidInputError):
    """The file {file_name} can't be read as a spreadsheet: {why}. Save it as .xlsx or .csv and upload it again."""

    code = "spreadsheet-unreadable"


class SpreadsheetTooLargeError(InvalidInputError):
    """The file {file_name} is too large: {why}. Divide it into smaller files."""

    code = "spreadsheet-too-large"
