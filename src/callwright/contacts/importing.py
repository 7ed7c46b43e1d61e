"""Customers from a file: which column is what, every row checked, nothing kept here. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from callwright.contacts.drafts import NAME_VARIABLES, CustomerDraft, RowFault, check_consent, check_customer
from callwright.contacts.errors import InvalidCustomerError
from callwright.dialogue.graph import Variable
from callwright.kit.tabular import (
    Column,
    Row,
    SpreadsheetColumnsError,
    SpreadsheetUnreadableError,
    TooManyRowsError,
    read_rows,
    write_workbook,
)

MOST_ROWS = 100_000
HEADING_WITHIN = 20
"""Among how many first rows that hold anything the headings are looked for."""
PHONE_HEADINGS = frozenset(
    ("phone", "phone number", "telephone", "telephone number", "tel", "mobile", "mobile number", "mobile phone")
) | {"cell", "number", "msisdn", "手机", "手机号", "手机号码", "电话", "电话号码", "联系电话", "号码", "客户号码"}
NAME_HEADINGS = frozenset(
    ("name", "customer", "customer name", "full name", "contact", "姓名", "名字", "客户姓名", "客户名称", "联系人")
)

CONSENT, CONSENT_SOURCE = " consent", " consent source"
"""Keys that no variable of a script has."""
CONSENT_HEADINGS = frozenset(("consent", "opt in", "客户同意", "是否同意", "同意"))
CONSENT_SOURCE_HEADINGS = frozenset(("consent source", "source of consent", "opt in source", "同意来源"))
FIXED = (
    ("phone", PHONE_HEADINGS),
    ("", NAME_HEADINGS),
    (CONSENT, CONSENT_HEADINGS),
    (CONSENT_SOURCE, CONSENT_SOURCE_HEADINGS),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file held: customers to keep, rows that can't be, and how many rows repeated an earlier number."""

    drafts: list[CustomerDraft]
    faults: list[RowFault]
    rows: int
    duplicates: int


def read_customers(content: bytes, *, file_name: str, variables: Sequence[Variable], region: str) -> Sheet:
    """Return the customers in a file; of a number that stands there twice, the first row.

    Consent taken back counts in whichever row it stands.

    Raises SpreadsheetUnreadableError, SpreadsheetTooLargeError, TooManyRowsError, SpreadsheetColumnsError.
    """
    rows = read_rows(content, file_name=file_name)
    columns = _find_columns(rows, file_name, variables)
    drafts: dict[str, CustomerDraft] = {}
    faults: list[RowFault] = []
    count = duplicates = 0
    for row in rows:
        if row.empty:
            continue
        count += 1
        if count > MOST_ROWS:
            raise TooManyRowsError(file_name=file_name, most=MOST_ROWS)
        values = {key: row.cells[place] for key, place in columns.items() if place < len(row.cells)}
        found = _check_row(row.number, values, variables, region)
        if isinstance(found, RowFault):
            faults.append(found)
        elif found.phone in drafts:
            duplicates += 1
            drafts[found.phone] = _joined(drafts[found.phone], found)
        else:
            drafts[found.phone] = found
    return Sheet(list(drafts.values()), faults, count, duplicates)


def _joined(first: CustomerDraft, later: CustomerDraft) -> CustomerDraft:
    """Return the first row of a number; that consent was taken back counts in whichever row it stands."""
    withdrawn = later.consent is not None and not later.consent.given
    return replace(first, consent=later.consent) if withdrawn else first


def _check_row(
    number: int, values: dict[str, str], variables: Sequence[Variable], region: str
) -> CustomerDraft | RowFault:
    consent = check_consent(values.pop(CONSENT, ""), values.pop(CONSENT_SOURCE, ""), row=number)
    found = check_customer(
        values.pop("phone", ""), values.pop("", ""), values, variables=variables, region=region, row=number
    )
    if isinstance(found, RowFault):
        return found
    return consent if isinstance(consent, RowFault) else replace(found, consent=consent)


def read_customer(
    phone: str, name: str, values: Mapping[str, str], *, variables: Sequence[Variable], region: str
) -> CustomerDraft:
    """Return one customer from a form. Raises InvalidCustomerError, saying where."""
    unknown = sorted(set(values) - {variable.name for variable in variables})
    if unknown:
        raise InvalidCustomerError(
            where=f"variables.{unknown[0]}", fault="value-unknown", reason="The script has no such variable."
        )
    found = check_customer(phone, name, values, variables=variables, region=region)
    if isinstance(found, RowFault):
        where = found.column if found.column in ("phone", "name") else f"variables.{found.column}"
        raise InvalidCustomerError(where=where, fault=found.code, reason=found.reason, **found.fields)
    return found


def template(variables: Sequence[Variable], *, example_phone: str) -> bytes:
    """Return the XLSX to fill in for a script with these variables, with a sheet of instructions."""
    columns = [
        Column("phone*", "The number to call: with + and country code, or as dialled at home.", example_phone, True)
    ]
    if not NAME_VARIABLES & {variable.name for variable in variables}:
        columns.append(Column("name", "The customer's name.", "Maria Lopez"))
    columns += [
        Column(
            variable.name + ("*" if variable.required else ""), variable.label, variable.example, variable.required
        )
        for variable in variables
    ]
    columns += [
        Column(
            "consent",
            "yes where the person agreed to be called, no where they took that back, else nothing.",
            "yes",
        ),
        Column("consent_source", "Whence that is known; needed beside a yes.", "Web form, 3 March 2026"),
    ]
    return write_workbook(
        columns,
        instructions=[
            "Fill the sheet Customers, one customer a row, and upload the file to the task.",
            "Columns marked * must be filled. Leave the headings as they are; the order of columns doesn't matter.",
            f"At most {MOST_ROWS:,} rows. A number that stands in several rows is imported once.",
        ],
    )


def find_phone_column(cells: Sequence[str]) -> int | None:
    """Return the place of the heading under which phone numbers stand."""
    return next((place for place, cell in enumerate(cells) if _plain(cell) in PHONE_HEADINGS), None)


def _find_columns(rows: Iterator[Row], file_name: str, variables: Sequence[Variable]) -> dict[str, int]:
    """Take rows up to the headings; return the place of ``phone``, of ``""`` (the name), of each variable."""
    first: Row | None = None
    for row in islice((row for row in rows if not row.empty), HEADING_WITHIN):
        first = first or row
        places = _places(row, variables)
        if "phone" in places:
            missing = _missing(places, variables)
            if missing:
                raise SpreadsheetColumnsError(
                    file_name=file_name, missing=missing, found=list(filter(None, row.cells))
                )
            return places
    if first is None:
        raise SpreadsheetUnreadableError(file_name=file_name, fault="no-rows")
    raise SpreadsheetColumnsError(
        file_name=file_name, missing=["phone", *_missing({}, variables)], found=list(filter(None, first.cells))
    )


def _missing(places: Mapping[str, int], variables: Sequence[Variable]) -> list[str]:
    return [
        variable.name
        for variable in variables
        if variable.required
        and variable.name not in places
        and not (variable.name in NAME_VARIABLES and "" in places)
    ]


def _places(row: Row, variables: Sequence[Variable]) -> dict[str, int]:
    headings = [_plain(cell) for cell in row.cells]
    places: dict[str, int] = {}
    for variable in variables:
        for wanted in (_plain(variable.name), _plain(variable.label)):
            if wanted in headings and variable.name not in places:
                places[variable.name] = headings.index(wanted)
    for key, wording in FIXED:
        for place, heading in enumerate(headings):
            if heading in wording and (key == "" or place not in places.values()):
                places.setdefault(key, place)
    return places


def _plain(heading: str) -> str:
    return " ".join(heading.replace("*", " ").replace("_", " ").lower().split())
