"""A customer as given by a form or a row of a file: checked, or told why not. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from callwright.contacts.custom_fields import CustomField, ValueFault, read_value
from callwright.contacts.reasons import reason_for
from callwright.dialogue.graph import Variable
from callwright.kit.phone import InvalidPhoneNumberError, is_costly, to_e164

MISSING = "value-missing"
LONGEST_VALUE = 500
SHOWN = 40
"""How much of a faulty value is shown."""
UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
"""Control characters, except tabs and line ends, halves of characters, and what turns the text behind it the other
way round."""
NAME_VARIABLES = frozenset({"name", "customer_name"})
"""Variables of a script that are the customer's name: one column serves for both."""
SHORTENED = re.compile(r"[+-]?\d(?:[.,](\d+))?[eE]\+?(\d+)")


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a person agreed to be called or took that back, and whence that is known."""

    given: bool
    source: str


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """A customer that can be kept: ``phone`` is E.164. ``row`` is 0 for one from a form.

    ``consent`` where something was said of it. ``fields`` are the custom ones that ``variables`` has not.
    """

    phone: str
    name: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    row: int = 0
    consent: Consent | None = None
    lacks: Sequence["RowFault"] = ()
    """Required fields of which nothing was said: faults of whoever the book does not know them of."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row can't be taken; ``column`` is the variable's or field's name, ``phone`` or ``name``.

    ``code`` is stable, with ``fields`` for whoever words it; ``reason`` is the same in English.
    """

    row: int
    column: str
    value: str | None
    code: str
    fields: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The fault in words."""
        return reason_for(self.code, self.fields)


def check_customer(
    phone: str,
    name: str,
    values: Mapping[str, str],
    *,
    variables: Sequence[Variable],
    region: str,
    row: int = 0,
    fields: Sequence[CustomField] = (),
) -> CustomerDraft | RowFault:
    """Return the customer, or the first thing wrong with it. Values of unknown variables and fields are left out.

    What is both a variable and a field is as the field wants it.
    """
    whose = name.strip() or next((values[key].strip() for key in NAME_VARIABLES if values.get(key)), "")
    number = check_phone(phone, region=region, row=row)
    if isinstance(number, str) and is_costly(number):
        number = RowFault(row, "phone", shown(phone), "phone-costly", {"region": region})
    if isinstance(number, RowFault):
        return number
    kept = _read_variables(values, whose, variables, row)
    if isinstance(kept, RowFault):
        return kept
    own = _read_fields(values, fields, row)
    if isinstance(own, RowFault):
        return own
    kept = {name: own.pop(name, value) for name, value in kept.items()}
    for column, value in (*kept.items(), *own.items(), ("name", whose)):
        if fault := _check_text(value):
            return RowFault(row, column, shown(value), *fault)
    lacks = [
        RowFault(row, one.key, None, MISSING, {"label": one.label})
        for one in fields
        if one.required and not values.get(one.key, "").strip()
    ]
    return CustomerDraft(phone=number, name=whose, variables=kept, fields=own, row=row, lacks=lacks)


def _read_variables(
    values: Mapping[str, str], whose: str, variables: Sequence[Variable], row: int
) -> dict[str, str] | RowFault:
    kept: dict[str, str] = {}
    for variable in variables:
        value = values.get(variable.name, "").strip()
        if not value and variable.name in NAME_VARIABLES:
            value = whose
        if not value and variable.required:
            return RowFault(row, variable.name, None, MISSING, {"label": variable.label or variable.name})
        kept[variable.name] = value
    return kept


def _read_fields(values: Mapping[str, str], fields: Sequence[CustomField], row: int) -> dict[str, str] | RowFault:
    kept: dict[str, str] = {}
    for one in fields:
        value = values.get(one.key, "")
        read = read_value(replace(one, required=False), value)
        if isinstance(read, ValueFault):
            return RowFault(row, one.key, shown(value) or None, read.code, read.fields)
        kept[one.key] = read
    return kept


def check_phone(phone: str, *, region: str, row: int = 0) -> str | RowFault:
    """Return a number as E.164, or what is wrong with it."""
    try:
        return to_e164(_as_typed(phone), region)
    except InvalidPhoneNumberError as error:
        return RowFault(row, "phone", shown(phone), _why(phone, error), {"region": region})


def shown(value: str) -> str:
    """Return of a faulty value what can be kept and shown: its beginning, without what is unprintable."""
    kept = UNPRINTABLE.sub("", value)
    return kept[:SHOWN] + "…" * (len(kept) > SHOWN)


YES = frozenset({"yes", "y", "true", "1", "given", "agreed", "opt-in", "是", "同意", "已同意"})
NO = frozenset(
    {"no", "n", "false", "0", "withdrawn", "refused", "opt-out", "否", "不同意", "未同意", "已撤回", "撤回"}
)


def check_consent(said: str, source: str, *, row: int) -> Consent | RowFault | None:
    """Return what a row says of consent, nothing where it says nothing, or what is wrong with it."""
    word, source = said.strip(), source.strip()
    if not word:
        return None
    if word.lower() not in YES | NO:
        return RowFault(row, "consent", shown(word), "consent-unclear")
    given = word.lower() in YES
    if given and not source:
        return RowFault(row, "consent_source", None, "consent-source-missing")
    if fault := _check_text(source):
        return RowFault(row, "consent_source", shown(source), *fault)
    return Consent(given, source)


def withdrawal_of(said: str, source: str) -> Consent | None:
    """Return that consent was taken back where a row says so, though it may not say whence that is known."""
    if said.strip().lower() not in NO:
        return None
    return Consent(False, UNPRINTABLE.sub("", source.strip())[:LONGEST_VALUE])


def _as_typed(phone: str) -> str:
    """Return a number as a person typed it: without Excel's apostrophe, and undone where Excel made it 1.38E+10."""
    typed = phone.strip().lstrip("'").strip()
    shortened = SHORTENED.fullmatch(typed)
    if shortened and len(shortened[1] or "") == int(shortened[2]):
        return re.sub(r"[.,]", "", re.split("[eE]", typed)[0])
    return typed


def _check_text(value: str) -> tuple[str, dict[str, str | int]] | None:
    if len(value) > LONGEST_VALUE:
        return "value-too-long", {"most": LONGEST_VALUE}
    return ("value-unprintable", {}) if UNPRINTABLE.search(value) else None


def _why(phone: str, error: InvalidPhoneNumberError) -> str:
    if not phone.strip():
        return "phone-missing"
    return "phone-shortened" if SHORTENED.fullmatch(phone.strip()) else f"phone-{error.fields['fault']}"
