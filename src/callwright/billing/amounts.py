"""Amounts of money as people write them."""

from decimal import Decimal

from callwright.billing.errors import AmountError
from callwright.kit.decimals import plain_decimal
from callwright.rating.tariff import MICROS

MOST = 10**15
"""No single movement is larger: a thousand million of a currency, in micros."""


def amount(written: str) -> int:
    """Return an amount as people write it, such as ``250.50`` or ``-3``, in micros. Raises AmountError."""
    number = plain_decimal(written)
    micros = None if number is None else number * MICROS
    if micros is not None and abs(micros) > MOST:
        raise AmountError(asked=written, what="entered at once", rule=AT_MOST, where="amount")
    if micros is None or micros != micros.to_integral_value():
        rule = "such as 250.50, without separators between thousands and with at most six digits after the point"
        raise AmountError(asked=repr(written), what="an amount", rule=rule, where="amount")
    return int(micros)


def written(micros: int) -> str:
    """Return micros as a plain decimal number, with two digits after the point and more where it has more."""
    whole = f"{Decimal(micros) / MICROS:.6f}"
    shown = whole.rstrip("0")
    return whole[: max(len(shown), len(whole) - 4)]


AT_MOST = f"of {written(MOST)} at most"
"""How the most that is entered at once is told."""
