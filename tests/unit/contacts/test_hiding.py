"""What is hidden in values of fields from whoever may not see whole numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.contacts.custom_fields import FieldKind
from callwright.contacts.hiding import hidden


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Gold", "Gold"),
        ("Flat 12, 3rd floor", "Flat 12, 3rd floor"),
        ("2026-03-01", "2026-03-01"),
        ("since 2026/3/1 10 o'clock", "since 2026/3/1 10 o'clock"),
        ("138 0013 8000", "***000"),
        ("(212) 555-0177 after five", "***177 after five"),
        ("１３８００１３８０００", "***000"),
        ("+44 (0)7700 900123", "***123"),
        ("ann@example.com, mornings", "***, mornings"),
        ("tel:2125550177@home", "***"),
    ],
)
def test_numbers_and_addresses_in_text_are_hidden(value: str, shown: str) -> None:
    assert hidden(value) == shown


def test_what_a_kind_says_holds() -> None:
    assert hidden("1250000", FieldKind.NUMBER) == "1250000", "an amount"
    assert hidden("13800138000", FieldKind.NUMBER) == "***000"
    assert hidden("2026-03-01", FieldKind.DATE) == "2026-03-01"
    assert hidden("Line 2125550177", FieldKind.CHOICE) == "Line 2125550177"


@given(
    st.from_regex(r"\+?[1-9][0-9]{6,14}", fullmatch=True),
    st.lists(st.sampled_from(["", " ", "-", ".", " - "]), min_size=16, max_size=16),
    st.sampled_from(["", "call ", "家里电话："]),
)
def test_no_number_comes_through_however_it_is_grouped(number: str, between: list[str], before: str) -> None:
    written = before + "".join(sign + gap for sign, gap in zip(number, between, strict=False))
    shown = hidden(written)
    left = [sign for sign in shown if sign.isdigit()]
    assert len(left) <= 3 or shown == written  # a date in our century, which is shown
