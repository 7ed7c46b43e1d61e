"""Numbers for a do-not-call list: pasted or from a file, each told apart."""

import pytest

from callwright.contacts.do_not_call_numbers import NumberSheet, read_lines, read_numbers
from callwright.kit.tabular import SpreadsheetColumnsError, SpreadsheetUnreadableError

ANN, BO = "+442079460123", "+442079460124"


def read(text: str) -> NumberSheet:
    return read_numbers(text.encode(), file_name="stop.csv", region="GB")


def test_pasted_lines_may_be_empty_repeated_or_wrong() -> None:
    sheet = read_lines(["020 7946 0123", "", "  +44 20 7946 0124 ", ANN, "nonsense"], region="GB")
    assert sheet.phones == [ANN, BO]
    assert [(fault.row, fault.code) for fault in sheet.faults] == [(5, "phone-shape")]
    assert (sheet.rows, sheet.duplicates) == (4, 1)


@pytest.mark.parametrize(
    "text",
    [
        f"name,手机号\nAnn,{ANN}\nBo,020 7946 0124\n",
        f"Stop list,\n\nMobile,name\n{ANN},Ann\n{BO},Bo\n",
        f"{ANN}\n{BO}\n",
        f"Ann,{ANN}\nBo,{BO}\n",
    ],
)
def test_the_column_is_found_by_its_heading_or_by_what_stands_in_it(text: str) -> None:
    assert read(text) == NumberSheet([ANN, BO], [], 2, 0)


def test_a_file_without_numbers_is_refused() -> None:
    with pytest.raises(SpreadsheetColumnsError) as raised:
        read("name,city\nAnn,Ham\n")
    assert raised.value.fields == {"file_name": "stop.csv", "missing": ["phone"], "found": ["name", "city"]}
    with pytest.raises(SpreadsheetUnreadableError, match="empty"):
        read("")
