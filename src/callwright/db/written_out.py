"""Conditions whose values stand in the statement itself.

A prepared statement is often planned once for whatever its parameters may be, and such a plan can't use a partial
index: PostgreSQL would have to know that the values are among the index's own.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam
from sqlalchemy.orm import InstrumentedAttribute


def is_one_of(column: InstrumentedAttribute[Any], values: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that ``column`` has one of ``values``, which are few and known beforehand."""
    written: BindParameter[Any] = bindparam(
        "written", sorted(values), expanding=True, literal_execute=True, unique=True
    )
    return column.in_(written)
