"""What can be wrong with a movement of money."""

from callwright.kit.errors import InvalidInputError


class AmountError(InvalidInputError):
    """{asked} can't be {what}. Give an amount {rule}."""

    code = "ledger-amount"
