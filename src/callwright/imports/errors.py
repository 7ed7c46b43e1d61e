"""What can be wrong with what is asked of an import."""

from callwright.kit.errors import ConflictError, InvalidInputError


class ImportStateError(ConflictError):
    """The import of {file_name} is {state}; only one that {needed} can be {act}."""

    code = "import-state"


class ColumnsNotChosenError(InvalidInputError):
    """No column of {file_name} was chosen for {missing}. Say in which column each of them stands."""

    code = "columns-not-chosen"


class NoSuchColumnError(InvalidInputError):
    """{key} can't be read from column {place} of {file_name}. Choose what the task takes, and a column of it."""

    code = "no-such-column"
