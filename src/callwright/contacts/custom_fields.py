"""Custom fields: what a company wants to know of its customers beside name and number. Pure.

Values are kept as text, in one writing for each kind: a number without grouping, a date as 2026-03-01, a choice as
it was defined.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

NUMBER = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,9})?")
DATE = re.compile(r"(\d{4})(?:[-/.]|\s*年\s*)(\d{1,2})(?:[-/.]|\s*月\s*)(\d{1,2})(?:\s*日)?(?:[T ]00:00(:00)?)?")
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
CHOICES_TOLD = 10


class FieldKind(StrEnum):
    """What a value of a field is."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field as it is defined. ``key`` is its name in ``fields`` of a customer, and over a column of a file.

    One that is ``retired`` is neither asked for nor taken; what customers have of it stays.
    """

    id: UUID
    key: str
    label: str
    kind: FieldKind
    required: bool
    choices: Sequence[str]
    retired: bool


@dataclass(frozen=True, slots=True)
class ValueFault:
    """Why a value does not fit its field: a stable code, with what its words speak of."""

    code: str
    fields: Mapping[str, str | int]


def read_value(field: CustomField, typed: str) -> str | ValueFault:
    """Return a value as it is kept, "" for none, or what is wrong with it."""
    plain = typed.strip()
    if not plain:
        return ValueFault("value-missing", {"label": field.label}) if field.required else ""
    kept = _READERS[field.kind](field, plain)
    if kept is None:
        told = "" if field.kind is not FieldKind.CHOICE else _told(field.choices)
        return ValueFault(f"value-not-{field.kind.value}", {"label": field.label, "choices": told})
    return kept


def key_for(label: str, taken: Sequence[str]) -> str:
    """Return a key for a field: its label's letters where those can be one, and none that is taken."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:36]
    wanted = slug if KEY.fullmatch(slug) else "field"
    numbered = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (wanted, *numbered) if key not in taken)


def _text(_field: CustomField, typed: str) -> str:
    return typed


def _number(_field: CustomField, typed: str) -> str | None:
    plain = unicodedata.normalize("NFKC", typed).replace("\N{MINUS SIGN}", "-").replace(" ", "")
    if not NUMBER.fullmatch(plain):
        return None
    number = Decimal(plain.replace(",", ""))
    return f"{number.normalize():f}" if number else "0"


def _date(_field: CustomField, typed: str) -> str | None:
    found = DATE.fullmatch(unicodedata.normalize("NFKC", typed))
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def _choice(field: CustomField, typed: str) -> str | None:
    return next((one for one in field.choices if _same(one) == _same(typed)), None)


def _same(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _told(choices: Sequence[str]) -> str:
    return ", ".join(choices[:CHOICES_TOLD]) + ", …" * (len(choices) > CHOICES_TOLD)


_READERS = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
}
