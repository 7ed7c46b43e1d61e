"""What a line is to be, as people say it, and what can't be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from callwright.kit.errors import InvalidInputError
from callwright.kit.phone import InvalidPhoneNumberError, to_e164
from callwright.kit.phone_place import Region
from callwright.lines.errors import (
    ExpiryError,
    MissingPasswordError,
    MissingUsernameError,
    MobileChannelsError,
    NotPooledError,
    PoolNumberError,
    PoolNumberTwiceError,
    RingTimeError,
)
from callwright.rating.tariff import Tariff, price

RING_AT_LEAST_S = 15
"""A telephone rings for so long at the least before we give up, wherever it is."""
CHANNELS = 10
"""What a line carries where nothing is said: but a mobile one carries one call."""

FREE = Tariff(0)
LineKind = Literal["mobile", "fixed", "pooled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """A line to be made. ``password`` is for digest, kept encrypted; ``more_numbers`` are a pooled line's."""

    name: str
    kind: LineKind = "fixed"
    carrier_host: str
    carrier_port: int = 5060
    username: str | None = None
    password: str | None = None
    register: bool = False
    caller_number: str
    more_numbers: Sequence[str] = ()
    home: Region | None = None
    channels: int | None = None
    calls_per_second: float = 5.0
    ring_timeout_s: int = 30
    tariff: Tariff = FREE
    expires_at: datetime | None = None

    def __repr__(self) -> str:
        return f"LineDraft(name={self.name!r})"


def check(
    draft: LineDraft, *, kept_secret: bytes | None, kept_expiry: datetime | None, now: datetime | None
) -> None:
    """Raise an InvalidInputError where a line can't be so; ``kept_...`` is what the line has until now."""
    has_password = bool(draft.password or (draft.username and kept_secret))
    if draft.register and not (draft.username and has_password):
        raise MissingPasswordError(name=draft.name)
    if draft.password and not draft.username:
        raise MissingUsernameError(name=draft.name)
    if draft.ring_timeout_s < RING_AT_LEAST_S:
        raise RingTimeError(
            name=draft.name, asked=draft.ring_timeout_s, least=RING_AT_LEAST_S, where="ring_timeout_s"
        )
    if channels_of(draft) != 1 and draft.kind == "mobile":
        raise MobileChannelsError(asked=draft.channels, where="channels")
    if draft.more_numbers and draft.kind != "pooled":
        raise NotPooledError(kind=draft.kind, where="more_numbers")
    _check_expiry(draft.expires_at, kept_expiry, now)


def channels_of(draft: LineDraft) -> int:
    """Return how many calls the line carries at once."""
    if draft.channels is not None:
        return draft.channels
    return 1 if draft.kind == "mobile" else CHANNELS


def numbers_of(draft: LineDraft, region: str) -> list[str]:
    """Return the numbers that the line shows, the first one first, as E.164.

    Raises InvalidPhoneNumberError, PoolNumberError, PoolNumberTwiceError.
    """
    numbers = [to_e164(draft.caller_number, region)]
    for row, written in enumerate(draft.more_numbers, 1):
        number = _pool_number(written, region, row)
        if number in numbers:
            raise PoolNumberTwiceError(number=number, row=row, where="more_numbers")
        numbers.append(number)
    return numbers


def tariff(written_price: str, first_s: int, then_s: int) -> Tariff:
    """Return a tariff from a price per minute as people write it. Raises PriceError, IncrementError."""
    try:
        return Tariff(price(written_price), first_s, then_s)
    except InvalidInputError as error:
        error.fields.setdefault("where", "price")
        raise


def _pool_number(written: str, region: str, row: int) -> str:
    try:
        return to_e164(written, region)
    except InvalidPhoneNumberError as error:
        why, fault = error.fields["why"], error.fields["fault"]
        raise PoolNumberError(number=written, row=row, why=why, fault=fault, where="more_numbers") from None


def _check_expiry(asked: datetime | None, kept: datetime | None, now: datetime | None) -> None:
    if asked is not None and now is not None and asked <= now and asked != kept:
        raise ExpiryError(asked=asked, where="expires_at")
