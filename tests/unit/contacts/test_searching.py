"""What a typed text is looked for as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.contacts.searching import is_number, pattern


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Miller", "%miller%"),
        (" Ann  ", "%ann%"),
        ("al", "% al%"),
        ("王", "%王王王%"),
        ("小芳", "%小小小芳芳芳%"),
        ("ＡＮＮ", "%ann%"),
        ("100% sure_", r"%100\% sure\_%"),
        ("+44 7700 900", "%+447700900%"),
        ("(0) 7700-900.1", "%077009001%"),
        ("１３８", "%138%"),
        ("7", "%7%"),
    ],
)
def test_a_text_is_looked_for_as_it_is_kept(text: str, wanted: str) -> None:
    assert pattern(text) == wanted


@pytest.mark.parametrize("text", ["", "   ", "\x01", "\n\x00"])
def test_nothing_is_looked_for_in_nothing(text: str) -> None:
    assert pattern(text) is None


@pytest.mark.parametrize(("text", "so"), [("+4 4", True), ("٣٤", True), ("＋4", True), ("+", False), ("A4", False)])
def test_digits_in_whatever_script_are_a_number(text: str, so: bool) -> None:
    assert is_number(text) is so


@given(st.text(max_size=40))
def test_whoever_may_not_see_numbers_finds_none_by_a_name(text: str) -> None:
    """What does not count as a number has something in it that no number has."""
    wanted = pattern(text)
    if wanted is not None and not is_number(text):
        assert set(wanted.strip("%")) - set("+0123456789"), "else a number would be guessed digit by digit"
        assert "\x01" not in wanted
