"""What can be wrong with a customer or a file of customers."""

from callwright.kit.errors import ConflictError, InvalidInputError


class SpreadsheetColumnsError(InvalidInputError):
    """The file {file_name} lacks the columns {missing}; found were {found}. Fill in the template instead."""

    code = "spreadsheet-columns"

    def __init__(self, *, file_name: str, missing: list[str], found: list[str]) -> None:
        super().__init__(file_name=file_name, missing=", ".join(missing), found=", ".join(found) or "none")
        self.fields = {"file_name": file_name, "missing": missing, "found": found}


class TooManyRowsError(InvalidInputError):
    """The file {file_name} has more than {most} rows. Divide it into smaller files."""

    code = "spreadsheet-too-large"

    def __init__(self, *, file_name: str, most: int) -> None:
        super().__init__(file_name=file_name, fault="rows", most=most)


class InvalidCustomerError(InvalidInputError):
    """{reason}"""

    code = "invalid-customer"

    def __init__(self, *, where: str, fault: str, reason: str, **details: object) -> None:
        super().__init__(where=where, fault=fault, reason=reason, **details)


class NotListedError(ConflictError):
    """The number was taken off the do-not-call list before."""

    code = "not-listed"
