"""Numbers and addresses in what is known of customers, hidden from whoever may not see whole numbers. Pure.

By them a customer can be reached past every rule of the house, and they stand in whatever field a company has.
"""

import re
import unicodedata
from collections.abc import Mapping

from callwright.contacts.custom_fields import FieldKind
from callwright.contacts.errors import InvalidCustomerError
from callwright.contacts.reasons import reason_for

HIDDEN = "***"
"""What stands for that which is hidden; of a number its last three digits follow."""
# Seven digits or more, however they are grouped: no phone number that is worth hiding has fewer.
NUMBER = re.compile(r"\+?\(?\d(?:[\s().\-/]{0,3}\d){6,}")
LONG_AMOUNT = 10
"""From so many digits on, what is kept as a number is taken for a phone number."""
DATE = re.compile(r"(19|20)\d\d([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(\s+\d{1,2})?")
ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")


def hidden_fields(values: Mapping[str, str], kinds: Mapping[str, FieldKind]) -> dict[str, str]:
    """Return values of fields with numbers and addresses hidden; what has no kind is text."""
    return {key: hidden(value, kinds.get(key, FieldKind.TEXT)) for key, value in values.items()}


def hidden(value: str, kind: FieldKind = FieldKind.TEXT) -> str:
    """Return a value with what can be a phone number or an e-mail address hidden.

    A date and a choice are none; a number is, from ten digits on.
    """
    if kind in (FieldKind.DATE, FieldKind.CHOICE):
        return value
    plain = unicodedata.normalize("NFKC", value)  # digits in full width are digits
    if kind is FieldKind.NUMBER:
        return _short(plain) if sum(sign.isdigit() for sign in plain) >= LONG_AMOUNT else value
    kept = NUMBER.sub(_number, ADDRESS.sub(HIDDEN, plain))
    return value if kept == plain else kept


def refuse_hidden(values: Mapping[str, str | None]) -> None:
    """Raise InvalidCustomerError where a value that was seen hidden would take the place of the whole one."""
    for key, value in values.items():
        if HIDDEN in (value or ""):
            reason = reason_for("value-hidden", {})
            raise InvalidCustomerError(where=f"fields.{key}", fault="value-hidden", reason=reason)


def _number(found: re.Match[str]) -> str:
    return found[0] if DATE.fullmatch(found[0]) else _short(found[0])


def _short(number: str) -> str:
    return HIDDEN + "".join(sign for sign in number if sign.isdigit())[-3:]
