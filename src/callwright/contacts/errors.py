"""What can be wrong with a customer or a file of customers."""

from callwright.kit.errors import ConflictError, InvalidInputError


class InvalidCustomerError(InvalidInputError):
    """{reason}"""

    code = "invalid-customer"

    def __init__(self, *, where: str, fault: str, reason: str, **details: object) -> None:
        super().__init__(where=where, fault=fault, reason=reason, **details)


class NotListedError(ConflictError):
    """The number was taken off the do-not-call list before."""

    code = "not-listed"


class CustomerChangedError(ConflictError):
    """{who} changed {what} of this customer while you were at it. Look at what it is now, and save again."""

    code = "customer-changed"
