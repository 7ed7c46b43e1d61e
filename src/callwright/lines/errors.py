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


class RingTimeError(InvalidInputError):
    """Line {name} would give up after {asked} s of ringing. Let telephones ring for at least {least} s."""

    code = "line-ring-time"


class GroupNameTakenError(ConflictError):
    """There is a policy group called {name} already. Choose another name."""

    code = "policy-group-name-taken"


class GroupInUseError(ConflictError):
    """The policy group {name} is chosen by tasks and can't be removed."""

    code = "policy-group-in-use"


class PriorityError(InvalidInputError):
    """A line can't have priority {asked} in a group. Choose 1, which goes first, to {lowest}."""

    code = "policy-group-priority"
