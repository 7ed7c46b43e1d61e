"""What a call costs by its line's tariff.

Money is a whole number of *micros*, millionths of the currency's unit: carriers' prices per minute have four digits
after the point and more, and a call of a few seconds costs less than a cent. Nothing is ever a float. A price that
does not come out whole is rounded up once, at the end of a call's sum, to ``round_to``: 1 keeps the micro, 10,000
rounds each call up to the cent.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from callwright.kit.decimals import plain_decimal
from callwright.kit.errors import InvalidInputError

MICROS = 1_000_000
"""Micros in one unit of a currency."""
DEAREST = 1_000 * MICROS
"""The highest price of a minute; above it something was mistyped."""
LONGEST_INCREMENT_S = 3_600


class PriceError(InvalidInputError):
    """{price} can't be a price: it is from 0 to {most} with at most six digits after the point."""

    code = "price"


class IncrementError(InvalidInputError):
    """A call can't be billed by {seconds} s: increments are from 1 to {most} seconds."""

    code = "billing-increment"


class RoundingError(InvalidInputError):
    """Charges can't be rounded to {round_to} micros: choose from 1 (exactly) to 1000000 (whole units)."""

    code = "charge-rounding"


@dataclass(frozen=True, slots=True)
class Tariff:
    """A price in micros per minute, and by which steps of time it is billed: ``first_s`` at least, then ``then_s``.

    60/60 bills whole minutes, 6/6 tenths of them, 1/1 seconds. ``connection``: micros for each answered call,
    beside its time. Raises an InvalidInputError.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    per_minute: int
    first_s: int = 60
    then_s: int = 60
    connection: int = 0
    round_to: int = 1

    def __post_init__(self) -> None:
        for price in (self.per_minute, self.connection):
            if not 0 <= price <= DEAREST:
                raise PriceError(price=Decimal(price) / MICROS, most=DEAREST // MICROS)
        for seconds in (self.first_s, self.then_s):
            if not 1 <= seconds <= LONGEST_INCREMENT_S:
                raise IncrementError(seconds=seconds, most=LONGEST_INCREMENT_S)
        if not 1 <= self.round_to <= MICROS:
            raise RoundingError(round_to=self.round_to)


def price(written: str) -> int:
    """Return a price as people write it, such as ``0.0085``, in micros. Raises PriceError."""
    number = plain_decimal(written)
    micros = None if number is None else number * MICROS
    if micros is None or micros != micros.to_integral_value() or not 0 <= micros <= DEAREST:
        raise PriceError(price=repr(written), most=DEAREST // MICROS)
    return int(micros)


def billed_s(tariff: Tariff, talk_ms: int) -> int:
    """Return for how many seconds a call of ``talk_ms`` milliseconds from answer to end is billed.

    A call that nobody answered (0 or less) is not billed; pass at least 1 for one that somebody did.
    """
    if talk_ms <= 0:
        return 0
    beyond_ms = max(0, talk_ms - tariff.first_s * 1000)
    return tariff.first_s + _up(beyond_ms, tariff.then_s * 1000) * tariff.then_s


def charge(tariff: Tariff, talk_ms: int) -> int:
    """Return what a call of ``talk_ms`` milliseconds costs, in micros; never negative, and 0 unless answered."""
    seconds = billed_s(tariff, talk_ms)
    if not seconds:
        return 0
    sixtieths = seconds * tariff.per_minute + 60 * tariff.connection
    return _up(sixtieths, 60 * tariff.round_to) * tariff.round_to


def hold(tariff: Tariff, max_call_s: int) -> int:
    """Return what to set aside, in micros, before dialling a call that lasts ``max_call_s`` at the most."""
    return charge(tariff, max_call_s * 1000)


def _up(amount: int, step: int) -> int:
    return -(-amount // step)
