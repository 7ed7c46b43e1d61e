"""What can be wrong with what is asked of many customers at once."""

from callwright.kit.errors import ConflictError, InvalidInputError


class NobodyChosenError(InvalidInputError):
    """None of the customers of {name!r} is meant. Choose some, or another filter."""

    code = "nobody-chosen"


class SameTaskError(InvalidInputError):
    """The customers are in {name!r} already. Choose another task, or have them called again in this one."""

    code = "same-task"


class VariablesMissingError(ConflictError):
    """{customers} of the customers lack what the script of {name!r} needs: {variables}. Choose another task."""

    code = "variables-missing"


class MoveKeyError(ConflictError):
    """The key {key} stands for something else that was asked for. Ask for this under a new key."""

    code = "move-key"


class MoveStateError(ConflictError):
    """It is {state}; only what {needed} can be {act}."""

    code = "move-state"


class UndoTooLateError(ConflictError):
    """It was done more than {minutes} minutes ago, and can't be undone any more. Put the customers back instead."""

    code = "undo-too-late"


class TooManyMovesError(ConflictError):
    """{waiting} such orders of your company wait or are under way, and more can't. Wait for one of them."""

    code = "too-many-moves"
