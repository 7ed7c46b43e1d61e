"""Customers from a file: its columns understood, every row checked, nothing kept here. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from callwright.contacts.columns import (
    CONSENT,
    CONSENT_SOURCE,
    FIELD,
    NAME,
    PHONE,
    VARIABLE,
    Columns,
    columns_of,
    missing_columns,
)
from callwright.contacts.custom_fields import CustomField
from callwright.contacts.drafts import (
    Consent,
    CustomerDraft,
    RowFault,
    check_consent,
    check_customer,
    check_phone,
    withdrawal_of,
)
from callwright.contacts.errors import InvalidCustomerError
from callwright.dialogue.graph import Variable
from callwright.kit.tabular import (
    Row,
    SpreadsheetColumnsError,
    SpreadsheetUnreadableError,
    TooManyRowsError,
    read_rows,
)

MOST_ROWS = 100_000
HEADING_WITHIN = 20
"""Among how many first rows that hold anything the headings are looked for."""
SHOWN = 10
"""So many rows below the headings are shown before a file is imported."""
TELL_EVERY = 2000


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file, and how it was understood; ``missing`` is what it has to have and has not."""

    columns: Columns
    headings: Sequence[str]
    rows: Sequence[Row]
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file held: customers to keep, rows that can't be, and how many rows repeated an earlier number.

    ``withdrawals`` are by number (E.164), whether or not a row of it can be kept.
    """

    drafts: list[CustomerDraft]
    faults: list[RowFault]
    rows: int
    duplicates: int
    withdrawals: Mapping[str, Consent] = field(default_factory=dict)


def preview_customers(
    content: bytes,
    *,
    file_name: str,
    variables: Sequence[Variable],
    fields: Sequence[CustomField] = (),
    columns: Columns | None = None,
) -> Preview:
    """Return the beginning of a file, by ``columns`` or else by what its headings say.

    Where no row names a phone number, the first is taken for the headings.
    Raises SpreadsheetUnreadableError, SpreadsheetTooLargeError.
    """
    head = list(islice((row for row in read_rows(content, file_name=file_name) if not row.empty), HEADING_WITHIN))
    if not head:
        raise SpreadsheetUnreadableError(file_name=file_name, fault="no-rows")
    if columns is None:
        row = next((row for row in head if PHONE in columns_of(row, variables).places), head[0])
        columns = columns_of(row, variables, fields)
    headings = next((row.cells for row in head if row.number == columns.heading_row), ())
    below = [row for row in head if row.number > columns.heading_row][:SHOWN]
    return Preview(columns, headings, below, missing_columns(columns, variables))


def read_customers(
    content: bytes,
    *,
    file_name: str,
    variables: Sequence[Variable],
    region: str,
    fields: Sequence[CustomField] = (),
    columns: Columns | None = None,
    tell: Callable[[float], None] = lambda _share: None,
) -> Sheet:
    """Return the customers in a file; of a number that stands there twice, the first row.

    ``columns`` as a person chose them, else what the headings say. Now and then ``tell`` is told how much was read,
    0 to 1; what it raises ends the reading. Consent taken back counts in whichever row it stands.

    Raises SpreadsheetUnreadableError, SpreadsheetTooLargeError, TooManyRowsError, SpreadsheetColumnsError.
    """
    if columns is None:
        columns = understood_columns(content, file_name=file_name, variables=variables, fields=fields)
    drafts: dict[str, CustomerDraft] = {}
    faults: list[RowFault] = []
    withdrawn: dict[str, Consent] = {}
    count = duplicates = 0
    for row in read_rows(content, file_name=file_name):
        if row.empty or row.number <= columns.heading_row:
            continue
        count += 1
        if count > MOST_ROWS:
            raise TooManyRowsError(file_name=file_name, most=MOST_ROWS)
        if count % TELL_EVERY == 0:
            tell(min(1.0, row.number / row.last))
        values = {key: row.cells[place] for key, place in columns.places.items() if place < len(row.cells)}
        found = _check_row(row.number, values, variables, fields, region)
        withdrawn.update(_withdrawn(values, found, region))
        if isinstance(found, RowFault):
            faults.append(found)
        elif found.phone in drafts:
            duplicates += 1
        else:
            drafts[found.phone] = found
    kept = [replace(one, consent=withdrawn.get(one.phone, one.consent)) for one in drafts.values()]
    return Sheet(kept, faults, count, duplicates, withdrawn)


def understood_columns(
    content: bytes, *, file_name: str, variables: Sequence[Variable], fields: Sequence[CustomField] = ()
) -> Columns:
    """Return what a file's headings say. Raises SpreadsheetColumnsError where that is too little."""
    preview = preview_customers(content, file_name=file_name, variables=variables, fields=fields)
    if preview.missing:
        found = [heading for heading in preview.headings if heading]
        raise SpreadsheetColumnsError(file_name=file_name, missing=list(preview.missing), found=found)
    return preview.columns


def _withdrawn(values: Mapping[str, str], found: CustomerDraft | RowFault, region: str) -> dict[str, Consent]:
    """Return that consent was taken back, by the number, where a row says so: also one that can't be taken."""
    consent = withdrawal_of(values.get(CONSENT, ""), values.get(CONSENT_SOURCE, ""))
    if consent is None:
        return {}
    phone = check_phone(values.get(PHONE, ""), region=region) if isinstance(found, RowFault) else found.phone
    return {phone: consent} if isinstance(phone, str) else {}


def _check_row(
    number: int,
    values: Mapping[str, str],
    variables: Sequence[Variable],
    fields: Sequence[CustomField],
    region: str,
) -> CustomerDraft | RowFault:
    consent = check_consent(values.get(CONSENT, ""), values.get(CONSENT_SOURCE, ""), row=number)
    given = {
        key.removeprefix(VARIABLE).removeprefix(FIELD): value
        for key, value in values.items()
        if key.startswith((VARIABLE, FIELD))
    }
    found = check_customer(
        values.get(PHONE, ""),
        values.get(NAME, ""),
        given,
        variables=variables,
        fields=fields,
        region=region,
        row=number,
    )
    if isinstance(found, RowFault):
        return found
    return consent if isinstance(consent, RowFault) else replace(found, consent=consent)


def read_customer(
    phone: str,
    name: str,
    values: Mapping[str, str],
    *,
    variables: Sequence[Variable],
    region: str,
    fields: Sequence[CustomField] = (),
) -> CustomerDraft:
    """Return one customer from a form. Raises InvalidCustomerError, saying where."""
    unknown = sorted(set(values) - {variable.name for variable in variables} - {field.key for field in fields})
    if unknown:
        raise InvalidCustomerError(
            where=f"variables.{unknown[0]}", fault="value-unknown", reason="The script has no such variable."
        )
    found = check_customer(phone, name, values, variables=variables, fields=fields, region=region)
    if isinstance(found, RowFault):
        raise invalid_customer(found)
    return found


def invalid_customer(found: RowFault) -> InvalidCustomerError:
    """Return what is wrong with a customer from a form, as an error that says where."""
    where = found.column if found.column in (PHONE, NAME) else f"variables.{found.column}"
    return InvalidCustomerError(where=where, fault=found.code, reason=found.reason, **found.fields)
