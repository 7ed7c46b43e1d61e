"""What can be wrong with what is asked of an export."""

from callwright.kit.errors import ConflictError, InvalidInputError, NotFoundError


class ExportKeyError(ConflictError):
    """The key {key} stands for another export. Ask for this one under a new key."""

    code = "export-key"


class ExportStateError(ConflictError):
    """The export is {state}; only one that {needed} can be {act}."""

    code = "export-state"


class TooManyExportsError(ConflictError):
    """{waiting} exports of your company are under way, and more can't be. Wait for one, or call one off."""

    code = "too-many-exports"


class ExportTooLargeError(InvalidInputError):
    """The list has {rows} rows, and a file takes {most}. Narrow the list by its filters."""

    code = "export-too-large"


class ExportColumnsError(InvalidInputError):
    """The list has no columns {columns}. Choose some of {known}, or leave them out for all."""

    code = "export-columns"


class ExportFileGoneError(NotFoundError):
    """The file {file_name} was deleted on {deleted:%Y-%m-%d}. Export the list again."""

    code = "export-file-gone"
