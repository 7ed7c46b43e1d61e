"""Phone numbers as E.164, checked with Google's numbering plan (the phonenumbers package)."""

from functools import lru_cache

import phonenumbers

from callwright.kit.errors import InvalidInputError
from callwright.kit.phone_plan import kind_of, plain_e164

WHY = {
    "country": "no country has its code",
    "shape": "it does not look like one",
    "length": "it has too few or too many digits",
    "range": "no such number range exists",
    "costly": "it is a premium-rate, shared-cost or personal number, a pager's or a mailbox's, and never called",
}


_TYPES = phonenumbers.PhoneNumberType
_COSTLY = {
    _TYPES.PREMIUM_RATE: "premium_rate",
    _TYPES.SHARED_COST: "shared_cost",
    _TYPES.PERSONAL_NUMBER: "personal_number",
    _TYPES.PAGER: "pager",
    _TYPES.VOICEMAIL: "voicemail",
}
"""Kinds of numbers that earn from being called, or where nobody can be spoken with."""


class InvalidPhoneNumberError(InvalidInputError):
    """{number!r} is not a phone number: {why}. Write it as +44 20 7946 0123, or as dialled in {region}."""

    code = "invalid-phone-number"

    def __init__(self, *, number: str, fault: str, region: str) -> None:
        super().__init__(number=number, fault=fault, why=WHY[fault], region=region)


def to_e164(number: str, region: str) -> str:
    """Return ``number`` as E.164, read as dialled in ``region`` (ISO 3166 alpha-2) where it has no ``+``.

    Raises InvalidPhoneNumberError when it cannot be a number of any subscriber there.
    """
    plain = plain_e164(number, region)
    if plain is not None:
        return plain
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException as error:
        unknown_country = error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        fault = "country" if unknown_country else "shape"
        raise InvalidPhoneNumberError(number=number, fault=fault, region=region) from None
    if not phonenumbers.is_possible_number(parsed):
        raise InvalidPhoneNumberError(number=number, fault="length", region=region)
    if not phonenumbers.is_valid_number(parsed):
        raise InvalidPhoneNumberError(number=number, fault="range", region=region)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def to_callable(number: str, region: str) -> str:
    """Return ``number`` as ``to_e164`` does, if it is one to call.

    Raises InvalidPhoneNumberError for others, too: for what costs more than a call to a person.
    """
    found = to_e164(number, region)
    if is_costly(found):
        raise InvalidPhoneNumberError(number=number, fault="costly", region=region)
    return found


def is_callable(number: str) -> bool:
    """Tell whether an E.164 ``number`` can be that of a subscriber, and costs no more than a call to a person.

    Emergency and other short numbers are no subscriber's. What can't be read isn't callable.
    """
    parsed = parse_e164(number)
    return parsed is not None and phonenumbers.is_valid_number(parsed) and not is_costly(number)


def is_costly(number: str) -> bool:
    """Tell whether an E.164 ``number`` earns from being called, or reaches no person. What can't be read is."""
    kind = kind_of(number)
    if kind is not None:
        return kind in _COSTLY.values()
    parsed = parse_e164(number)
    return parsed is None or phonenumbers.number_type(parsed) in _COSTLY


@lru_cache(maxsize=1024)
def parse_e164(number: str) -> phonenumbers.PhoneNumber | None:
    """Return an E.164 ``number`` taken apart, to be read only; nothing where it is none.

    Several questions about one number follow upon each other, and most of an answer is the parsing.
    """
    try:
        return phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None


def masked(number: str) -> str:
    """Return an E.164 ``number`` with its middle hidden, such as ``+44 7700 ***123``."""
    parsed = parse_e164(number)
    if parsed is None:
        return "***"
    digits = phonenumbers.national_significant_number(parsed)
    shown = max(0, min(4, len(digits) - 6))
    head = f" {digits[:shown]}" if shown else ""
    return f"+{parsed.country_code}{head} ***{digits[-3:]}"
