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


class PoolNumberError(InvalidInputError):
    """{number!r}, number {row} of the pool, is not a phone number: {why}. Write it as +44 20 7946 0123."""

    code = "line-pool-number"


class PoolNumberTwiceError(InvalidInputError):
    """{number}, number {row} of the pool, stands there before. Give each number of a line once."""

    code = "line-pool-number-twice"


class NotPooledError(InvalidInputError):
    """A {kind} line shows one number. Make the line pooled, or leave its further numbers out."""

    code = "line-not-pooled"


class MobileChannelsError(InvalidInputError):
    """A mobile line is one SIM card and carries one call at a time, not {asked}. Choose 1 channel."""

    code = "line-mobile-channels"


class ExpiryError(InvalidInputError):
    """A line can't expire at {asked}, which is past. Choose a moment to come, or none."""

    code = "line-expiry"


class LineInUseError(ConflictError):
    """Line {name} is in use by {what}. Finish those tasks and take the line out of those groups first."""

    code = "line-in-use"


class LineHasHistoryError(ConflictError):
    """Calls were made over line {name}, and they keep it. Retire it: it then takes no calls any more."""

    code = "line-has-history"


class LineRetiredError(ConflictError):
    """Line {name} is retired and takes no calls. Choose another, or take it back first."""

    code = "line-retired"


class GroupNameTakenError(ConflictError):
    """There is a policy group called {name} already. Choose another name."""

    code = "policy-group-name-taken"


class GroupInUseError(ConflictError):
    """The policy group {name} is chosen by tasks and can't be removed."""

    code = "policy-group-in-use"


class PriorityError(InvalidInputError):
    """A line can't have priority {asked} in a group. Choose 1, which goes first, to {lowest}."""

    code = "policy-group-priority"
