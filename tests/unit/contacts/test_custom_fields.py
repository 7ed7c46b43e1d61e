"""Values of custom fields: one writing for each kind, however people write them."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.contacts.custom_fields import KEY, CustomField, FieldKind, ValueFault, key_for, read_value


def field(kind: FieldKind, *choices: str, required: bool = False) -> CustomField:
    return CustomField(UUID(int=1), "it", "It", kind, required, choices, retired=False)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (FieldKind.TEXT, "  Gold plan ", "Gold plan"),
        (FieldKind.NUMBER, "1,250.50", "1250.5"),
        (FieldKind.NUMBER, "－１２", "-12"),
        (FieldKind.NUMBER, "0.00", "0"),
        (FieldKind.NUMBER, "100", "100"),
        (FieldKind.DATE, "2026年3月1日", "2026-03-01"),
        (FieldKind.DATE, "2026/3/1", "2026-03-01"),
        (FieldKind.DATE, "2026-03-01 00:00:00", "2026-03-01"),
        (FieldKind.CHOICE, " gold", "Gold"),
        (FieldKind.CHOICE, "", ""),
    ],
)
def test_values_are_kept_in_one_writing(kind: FieldKind, typed: str, kept: str) -> None:
    assert read_value(field(kind, "Basic", "Gold"), typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (FieldKind.NUMBER, "1,25"),
        (FieldKind.NUMBER, "1e5"),
        (FieldKind.NUMBER, "twelve"),
        (FieldKind.DATE, "03/01/2026"),
        (FieldKind.DATE, "2026-02-30"),
        (FieldKind.CHOICE, "Silver"),
    ],
)
def test_what_does_not_fit_is_told(kind: FieldKind, typed: str) -> None:
    found = read_value(field(kind, "Basic", "Gold"), typed)
    assert isinstance(found, ValueFault)
    assert found.code == f"value-not-{kind.value}"
    assert found.fields["choices"] == ("Basic, Gold" if kind is FieldKind.CHOICE else "")


def test_a_required_one_is_missed() -> None:
    assert read_value(field(FieldKind.DATE, required=True), " ") == ValueFault("value-missing", {"label": "It"})


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3) | st.integers(-(10**12), 10**12))
def test_a_number_stays_the_number_it_is(number: Decimal | int) -> None:
    for written in (f"{number}", f"{number:,}"):
        kept = read_value(field(FieldKind.NUMBER), written)
        assert isinstance(kept, str)
        assert Decimal(kept) == number
        assert read_value(field(FieldKind.NUMBER), kept) == kept


@given(st.dates())
def test_a_date_stays_the_date_it_is(day: date) -> None:
    assert read_value(field(FieldKind.DATE), day.isoformat()) == day.isoformat()


@given(st.text(max_size=60), st.lists(st.sampled_from(["plan", "field", "field_2", "field_3"]), unique=True))
def test_a_label_of_any_script_gets_a_key_of_its_own(label: str, taken: list[str]) -> None:
    key = key_for(label, taken)
    assert KEY.fullmatch(key)
    assert key not in taken
