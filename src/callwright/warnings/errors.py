"""What can be wrong with the settings of warnings."""

from callwright.kit.errors import InvalidInputError


class UnknownPersonError(InvalidInputError):
    """There is nobody of the id {user_id} in the company. Choose among its people."""

    code = "unknown-person"
