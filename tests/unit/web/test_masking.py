"""What is hidden in texts from whoever may not see whole numbers."""

import pytest

from callwright.web.masking import without_numbers


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Until 2026-11-28, call +44 20 7946 0000.", "Until 2026-11-28, call ***000."),
        ("On 2026/1/3 at 10:30", "On 2026/1/3 at 10:30"),
        ("20261128", "***128"),
        ("2026-13-28", "***328"),
    ],
)
def test_a_date_is_no_phone_number(text: str, shown: str) -> None:
    assert without_numbers(text) == shown
