"""Customers from files: columns found under many names, every row told apart."""

import pytest
from hypothesis import given
from hypothesis.strategies import characters, lists, sampled_from, text, tuples
from pydantic import TypeAdapter

from callwright.contacts.drafts import (
    SHOWN,
    Consent,
    RowFault,
    check_consent,
    check_customer,
    check_phone,
    withdrawal_of,
)
from callwright.contacts.errors import InvalidCustomerError
from callwright.contacts.failed_rows import failed_rows
from callwright.contacts.importing import MOST_ROWS, Sheet, read_customer, read_customers, understood_columns
from callwright.contacts.template import customers_template
from callwright.dialogue.graph import Variable
from callwright.kit.tabular import SpreadsheetColumnsError, TooManyRowsError, read_rows

ANYTHING: TypeAdapter[object] = TypeAdapter(object)
CHARACTERS = characters(exclude_categories=()) | sampled_from("\0\x07\ud800\udfff\ufffe\uffff+1no")
VARIABLES = [
    Variable(name="customer_name", label="Name", example="Maria"),
    Variable(name="last_visit", label="Last visit"),
    Variable(name="plan", label="Plan", required=False),
]


def read(text: str, *, region: str = "GB", variables: list[Variable] | None = None) -> Sheet:
    wanted = VARIABLES if variables is None else variables
    return read_customers(text.encode(), file_name="people.csv", variables=wanted, region=region)


PHONE, NAME, VISIT, PLAN = "020 7946 0123", "Ann", "May", "family"


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("phone*,customer_name*,last_visit*,plan", (PHONE, NAME, VISIT, PLAN)),
        ("Plan,LAST VISIT,Name,Mobile", (PLAN, VISIT, NAME, PHONE)),
        ("手机号,姓名,Last_Visit,plan", (PHONE, NAME, VISIT, PLAN)),
        ("Phone Number , Customer  Name,last visit *,Plan", (PHONE, NAME, VISIT, PLAN)),
    ],
)
def test_columns_are_found_by_variable_label_or_custom(headings: str, row: tuple[str, ...]) -> None:
    sheet = read(headings + "\n" + ",".join(row))
    assert sheet.faults == []
    assert (sheet.drafts[0].phone, sheet.drafts[0].name) == ("+442079460123", NAME)
    assert sheet.drafts[0].variables == {"customer_name": NAME, "last_visit": VISIT, "plan": PLAN}


def test_headings_may_stand_below_a_title() -> None:
    sheet = read("Spring campaign,,\n,,\nphone,name,last_visit\n+442079460123,Ann,May\n")
    assert [(draft.row, draft.name) for draft in sheet.drafts] == [(4, "Ann")]


def test_every_row_is_a_customer_a_fault_or_a_repetition() -> None:
    sheet = read(
        "phone,name,last_visit\n+442079460123,Ann,May\n,,\n020 7946 0123,Ann again,June\n,Bo,May\n999,Cy,May\n"
        "+442079460124,Di,\n4.42079460125E+11,Ed,May\n1.38E+10,Fa,May\n'+442079460126,Gi,May\n"
    )
    assert [draft.phone for draft in sheet.drafts] == ["+442079460123", "+442079460125", "+442079460126"]
    assert [(fault.row, fault.column) for fault in sheet.faults] == [
        (5, "phone"),
        (6, "phone"),
        (7, "last_visit"),
        (9, "phone"),
    ]
    assert [fault.code for fault in sheet.faults] == [
        "phone-missing",
        "phone-length",
        "value-missing",
        "phone-shortened",
    ]
    assert sheet.faults[2].reason == "Last visit is required and empty"
    assert (sheet.rows, sheet.duplicates) == (8, 1)
    assert sheet.rows == len(sheet.drafts) + len(sheet.faults) + sheet.duplicates


def test_consent_is_read_where_a_file_tells_of_it() -> None:
    sheet = read(
        "phone,name,last_visit,Consent,Consent source\n"
        "+442079460123,Ann,May,YES,Web form 3 March\n+442079460124,Bo,May,no,\n+442079460125,Cy,May,,\n"
        "+442079460126,Di,May,perhaps,x\n+442079460127,Ed,May,yes,\n"
    )
    assert [draft.consent for draft in sheet.drafts] == [
        Consent(given=True, source="Web form 3 March"),
        Consent(given=False, source=""),
        None,
    ]
    assert [(fault.row, fault.column, fault.code) for fault in sheet.faults] == [
        (5, "consent", "consent-unclear"),
        (6, "consent_source", "consent-source-missing"),
    ]
    chinese = read("手机号,姓名,last_visit,客户同意,同意来源\n+442079460123,安,May,同意,合同\n")
    assert chinese.drafts[0].consent == Consent(given=True, source="合同")


def test_consent_taken_back_counts_in_whichever_row_of_a_number_it_stands() -> None:
    sheet = read(
        "phone,name,last_visit,consent,consent source\n"
        "+442079460123,Ann,May,yes,Form\n+442079460123,Ann,May,no,Letter\n+442079460123,Ann,May,yes,Form\n"
    )
    assert sheet.duplicates == 2
    assert [draft.consent for draft in sheet.drafts] == [Consent(given=False, source="Letter")]


@pytest.mark.parametrize("name", ["phone", "consent", "consent_source", "reason", "name", "customer_name"])
def test_a_script_may_call_its_variables_as_it_likes(name: str) -> None:
    variables = [Variable(name=name, label="Terms"), Variable(name="plan", label="Phone", required=False)]
    template = next(read_rows(customers_template(variables, example_phone="1"), file_name="t.xlsx")).cells
    row = {"phone*": "+442079460123", "name": "Ann", "consent": "no", "consent_source": "Letter", "plan": "family"}
    cells = [row.get(heading, "agreed") for heading in template]
    sheet = read(",".join(template) + "\n" + ",".join(cells) + "\n", variables=variables)
    assert sheet.faults == []
    assert (sheet.drafts[0].phone, sheet.drafts[0].consent) == ("+442079460123", Consent(False, "Letter"))
    assert sheet.drafts[0].variables == {name: "agreed", "plan": "family"}
    content = (",".join(template) + "\n" + ",".join(cells) + "\n").encode()
    columns = understood_columns(content, file_name="a.csv", variables=variables)
    for language in ("en", "zh"):
        back = failed_rows(content, file_name="a.csv", columns=columns, reasons={2: "why"}, language=language)
        again = read_customers(back, file_name="b.xlsx", variables=variables, region="GB")
        assert (again.drafts, again.faults) == (sheet.drafts, [])


@pytest.mark.parametrize(
    "headings",
    [
        "手机 号码,客户 姓名",
        "\uff30\uff28\uff2f\uff2e\uff25\uff0a,\uff2e\uff41\uff4d\uff45",
        "手机号码\uff0a,\u3000客户\u3000姓名",
    ],
)
def test_headings_are_known_in_any_width_and_with_spaces(headings: str) -> None:
    sheet = read(f"{headings}\n+442079460123,Ann\n", variables=[])
    assert [(draft.phone, draft.name) for draft in sheet.drafts] == [("+442079460123", "Ann")]


@given(rows=lists(tuples(*[text(CHARACTERS, max_size=600)] * 5), max_size=4))
def test_what_is_kept_of_faulty_rows_can_be_kept(rows: list[tuple[str, ...]]) -> None:
    for number, cells in enumerate(rows, 1):
        found: list[object] = [
            check_customer(cells[0], cells[1], {"plan": cells[2]}, variables=VARIABLES, region="GB", row=number),
            check_phone(cells[0], region="GB", row=number),
            check_consent(cells[3], cells[4], row=number),
            withdrawal_of(cells[3], cells[4]),
        ]
        for one in found:
            assert not isinstance(one, RowFault) or len(one.value or "") <= SHOWN + 1
            kept = ANYTHING.dump_json(one).decode()
            assert "\\u0000" not in kept, "PostgreSQL takes none in jsonb"


def test_missing_columns_are_named_with_those_found() -> None:
    with pytest.raises(SpreadsheetColumnsError) as raised:
        read("phone,plan\n+442079460123,x\n")
    assert raised.value.fields == {
        "file_name": "people.csv",
        "missing": ["customer_name", "last_visit"],
        "found": ["phone", "plan"],
    }
    assert "lacks the columns customer_name, last_visit; found were phone, plan" in str(raised.value)
    with pytest.raises(SpreadsheetColumnsError, match="phone, customer_name, last_visit"):
        read("a,b\n1,2\n")


def test_too_many_rows_are_refused() -> None:
    rows = "\n".join(["x"] * (MOST_ROWS + 1))
    with pytest.raises(TooManyRowsError, match="100000"):
        read("phone\n" + rows, variables=[])


def test_too_long_a_value_is_a_fault_and_shown_in_part() -> None:
    fault = read(f"phone,name,last_visit\n+442079460123,Ann,{'x' * 501}\n").faults[0]
    assert (fault.column, fault.value) == ("last_visit", "x" * 40 + "…")
    assert (fault.code, fault.fields) == ("value-too-long", {"most": 500})


@pytest.mark.parametrize("name", ["An\x07n", "An\x1b[31mn", "n\u202enA"])
def test_a_value_that_cannot_be_shown_or_spoken_is_a_fault(name: str) -> None:
    fault = read(f"phone,name,last_visit\n+442079460123,{name},May\n").faults[0]
    assert (fault.column, fault.code) == ("customer_name", "value-unprintable")


def test_one_customer_from_a_form() -> None:
    draft = read_customer("020 7946 0123", "Ann", {"last_visit": "May"}, variables=VARIABLES, region="GB")
    assert draft.variables == {"customer_name": "Ann", "last_visit": "May", "plan": ""}
    for phone, values, where in (
        ("12", {"last_visit": "May"}, "phone"),
        ("+442079460123", {}, "variables.last_visit"),
        ("+442079460123", {"last_visit": "May", "colour": "red"}, "variables.colour"),
    ):
        with pytest.raises(InvalidCustomerError) as raised:
            read_customer(phone, "Ann", values, variables=VARIABLES, region="GB")
        assert raised.value.fields["where"] == where


def test_the_template_is_what_the_import_reads() -> None:
    filled = customers_template(VARIABLES, example_phone="+44 20 7946 0123")
    rows = list(read_rows(filled, file_name="template.xlsx"))
    assert rows[0].cells == ["phone*", "customer_name*", "last_visit*", "plan", "consent", "consent_source"]
    sheet = read_customers(filled, file_name="template.xlsx", variables=VARIABLES, region="GB")
    assert (sheet.rows, sheet.drafts, sheet.faults) == (0, [], [])
    plain = list(read_rows(customers_template([], example_phone="1"), file_name="template.xlsx"))
    assert plain[0].cells == ["phone*", "name", "consent", "consent_source"]


def test_consent_taken_back_counts_even_in_a_row_that_cannot_be_taken() -> None:
    rows = b"phone,plan,consent\n+442079460123,,no\n+442079460123,family,\n"
    wanted = [Variable(name="plan", label="Plan")]
    sheet = read_customers(rows, file_name="a.csv", variables=wanted, region="GB")
    assert [fault.code for fault in sheet.faults] == ["value-missing"]
    assert [draft.consent and draft.consent.given for draft in sheet.drafts] == [False]


def test_consent_taken_back_is_read_where_the_number_has_no_row_that_can_be_taken() -> None:
    sheet = read(
        "phone,name,last_visit,consent,consent source\n+442079460123,Ann,,no,Letter\n12,Bo,May,no,\n"
        f"+442079460124,Cy,May,否,Fa\x07x{'x' * 600}\n+442079460125,Di,May,perhaps,\n"
    )
    assert (sheet.drafts, len(sheet.faults)) == ([], 4)
    assert sheet.withdrawals == {
        "+442079460123": Consent(False, "Letter"),
        "+442079460124": Consent(False, "Fax" + "x" * 497),
    }
