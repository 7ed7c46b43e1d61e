"""What can be wrong with what is asked of an import."""

from callwright.kit.errors import ConflictError, InvalidInputError, NotFoundError


class ImportStateError(ConflictError):
    """The import of {file_name} is {state}; only one that {needed} can be {act}."""

    code = "import-state"


class ColumnsNotChosenError(InvalidInputError):
    """No column of {file_name} was chosen for {missing}. Say in which column each of them stands."""

    code = "columns-not-chosen"


class NoSuchColumnError(InvalidInputError):
    """{key} can't be read from column {place} of {file_name}. Choose what the task takes, and a column of it."""

    code = "no-such-column"


class ImportKeyError(ConflictError):
    """The key {key} stands for another file, or for one of another task. Send this one under a new key."""

    code = "import-key"


class TooManyImportsError(ConflictError):
    """{waiting} files of your company wait to be imported, and more can't. Start some, or call them off."""

    code = "too-many-imports"


class NoFailedRowsError(NotFoundError):
    """Every row of {file_name} was taken: there is none to be repaired."""

    code = "no-failed-rows"


class ImportFileGoneError(NotFoundError):
    """The file {file_name} was deleted on {deleted:%Y-%m-%d}, as files are some time after their import."""

    code = "import-file-gone"
