"""Decimal numbers as people write them."""

import re
from decimal import Decimal

PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def plain_decimal(written: str) -> Decimal | None:
    """Return a number such as ``250.50`` or ``-3``; nothing for what isn't one, as ``1e9``, ``1_000`` and ``NaN``.

    Python reads those too, but who types one has mistyped; and ``1e999999`` no arithmetic bears.
    """
    return Decimal(written) if PLAIN.fullmatch(written) else None
