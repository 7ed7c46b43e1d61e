"""A customer as given by a form or a row of a file: checked, or told why not. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from callwright.kit.phone import InvalidPhoneNumberError, to_e164

LONGEST_VALUE = 500
NAME_VARIABLES = frozenset({"name", "customer_name"})
"""Variables of a script that are the customer's name: one column serves for both."""
SHORTENED = re.compile(r"[+-]?\d(?:[.,](\d+))?[eE]\+?(\d+)")


@dataclass(frozen=True, slots=True)
class Variable:
    """What a script must know of a customer; ``label`` is how people call it."""

    name: str
    label: str = ""
    required: bool = True
    example: str = ""


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """A customer that can be kept: ``phone`` is E.164. ``row`` is 0 for one from a form."""

    phone: str
    name: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    row: int = 0


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row can't be taken; ``column`` is the variable's name, ``phone`` or ``name``."""

    row: int
    column: str
    value: str | None
    reason: str


def check_customer(
    phone: str, name: str, values: Mapping[str, str], *, variables: Sequence[Variable], region: str, row: int = 0
) -> CustomerDraft | RowFault:
    """Return the customer, or the first thing wrong with it. Values of unknown variables are left out."""
    whose = name.strip() or next((values[key].strip() for key in NAME_VARIABLES if values.get(key)), "")
    try:
        number = to_e164(_as_typed(phone), region)
    except InvalidPhoneNumberError as error:
        return RowFault(row, "phone", phone, _why(phone, error))
    kept: dict[str, str] = {}
    for variable in variables:
        value = values.get(variable.name, "").strip()
        if not value and variable.name in NAME_VARIABLES:
            value = whose
        if not value and variable.required:
            return RowFault(row, variable.name, None, f"{variable.label or variable.name} is required and empty")
        if len(value) > LONGEST_VALUE:
            return RowFault(row, variable.name, value[:40] + "…", f"it has more than {LONGEST_VALUE} characters")
        kept[variable.name] = value
    if len(whose) > LONGEST_VALUE:
        return RowFault(row, "name", whose[:40] + "…", f"it has more than {LONGEST_VALUE} characters")
    return CustomerDraft(phone=number, name=whose, variables=kept, row=row)


def _as_typed(phone: str) -> str:
    """Return a number as a person typed it: without Excel's apostrophe, and undone where Excel made it 1.38E+10."""
    typed = phone.strip().lstrip("'").strip()
    shortened = SHORTENED.fullmatch(typed)
    if shortened and len(shortened[1] or "") == int(shortened[2]):
        return re.sub(r"[.,]", "", re.split("[eE]", typed)[0])
    return typed


def _why(phone: str, error: InvalidPhoneNumberError) -> str:
    if not phone.strip():
        return "the phone number is missing"
    if SHORTENED.fullmatch(phone.strip()):
        return "the spreadsheet program shortened the number; format the column as text and enter it again"
    return str(error)
