"""A broken unique key, told as the feature's own error."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import IntegrityError

from callwright.kit.errors import CallwrightError


@contextmanager
def refusing(constraint: str, error: CallwrightError) -> Iterator[None]:
    """Raise ``error`` where what is done inside breaks ``constraint``; the transaction is over then."""
    try:
        yield
    except IntegrityError as broken:
        cause = broken.orig
        if isinstance(cause, psycopg.Error) and cause.diag.constraint_name == constraint:
            raise error from None
        raise
