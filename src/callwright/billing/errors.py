"""What can be wrong with a movement of money."""

from callwright.kit.errors import ConflictError, InvalidInputError


class AmountError(InvalidInputError):
    """{asked} can't be {what}. Give an amount {rule}."""

    code = "ledger-amount"


class LedgerKeyError(ConflictError):
    """The key {key} stands for another movement of money. Ask again under a new key."""

    code = "ledger-key"


class RangeError(InvalidInputError):
    """There is no spending from {first} to {last}. Choose up to {most} days, the first one first."""

    code = "spending-range"
