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


class FieldKeyTakenError(ConflictError):
    """There is a field {key} already, perhaps a retired one, or every customer has it. Choose another key."""

    code = "field-key-taken"


class TooManyFieldsError(ConflictError):
    """A company has at most {most} fields, retired ones included. Take one of those back into use."""

    code = "too-many-fields"


class FieldChoicesError(InvalidInputError):
    """A field of this kind needs choices: at least one, none empty, each once."""

    code = "field-choices"


class FieldOrderError(ConflictError):
    """The order names other fields than there are now. Look at them again."""

    code = "field-order"


class CustomerMergedError(ConflictError):
    """{name} was merged with another customer already. Look at the book again."""

    code = "customer-merged"


class MergedWithItselfError(InvalidInputError):
    """A customer can't be merged with itself. Leave it out of those who are merged into it."""

    code = "merged-with-itself"


class BulkChangeKeyError(ConflictError):
    """The key {key} stands for another change. Ask for this one under a new key."""

    code = "bulk-change-key"


class TooManyBulkChangesError(ConflictError):
    """{waiting} changes of many customers are under way in your company. Wait for one of them."""

    code = "too-many-bulk-changes"


class BulkChangeNotUndoneError(ConflictError):
    """The change is {state}, or was made too long ago: it can't be undone any longer."""

    code = "bulk-change-not-undone"
