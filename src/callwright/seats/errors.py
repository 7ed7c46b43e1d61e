"""What can be wrong with a pack of seats."""

from callwright.kit.errors import InvalidInputError


class InvalidPackError(InvalidInputError):
    """A pack of {seats} AI seats can't be opened: {why}."""

    code = "invalid-seat-pack"
