"""Numbers within texts, for those who may not see numbers."""

import pytest

from callwright.web.masking import without_numbers


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Call +44 20 7946 0123 today", "Call ***123 today"),
        ("Ring (212) 555-0199.", "Ring (***199."),
        ("电话13800138000，回T退订", "电话***000，回T退订"),
        ("On 3 May at 10:30 for 40 dollars", "On 3 May at 10:30 for 40 dollars"),
    ],
)
def test_what_may_be_a_phone_number_is_hidden_and_nothing_else(text: str, shown: str) -> None:
    assert without_numbers(text) == shown
