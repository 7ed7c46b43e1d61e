"""What can be wrong with a customer or a file of customers."""

from callwright.kit.errors import InvalidInputError


class SpreadsheetColumnsError(InvalidInputError):
    """The file lacks the columns {missing}; found were {found}. Download the task's template and fill that in."""

    code = "spreadsheet-columns"

    def __init__(self, *, missing: list[str], found: list[str]) -> None:
        super().__init__(missing=", ".join(missing), found=", ".join(found) or "none")
        self.fields = {"missing": missing, "found": found}


class TooManyRowsError(InvalidInputError):
    """The file has more than {most} rows of customers. Divide it into smaller files."""

    code = "spreadsheet-too-large"


class InvalidCustomerError(InvalidInputError):
    """{reason}"""

    code = "invalid-customer"

    def __init__(self, *, where: str, reason: str) -> None:
        super().__init__(where=where, reason=reason)
