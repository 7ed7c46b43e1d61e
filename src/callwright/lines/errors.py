"""What can be wrong with a line."""

from callwright.kit.errors import ConflictError, InvalidInputError


class LineNameTakenError(ConflictError):
    """There is a line called {name} already. Choose another name."""

    code = "line-name-taken"


class MissingPasswordError(InvalidInputError):
    """Line {name} is to register, which needs a user name and a password. Give both, or don't register."""

    code = "line-password-missing"


class MissingUsernameError(InvalidInputError):
    """Line {name} has a password but no user name to go with it. Give both, or neither."""

    code = "line-username-missing"
