"""Files written row by row: whatever is in them, a spreadsheet program shows it as text and computes nothing."""

import csv
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis.strategies import characters, lists, sampled_from, text

from callwright.kit.tabular import harmless, read_rows, sheet_file

CELLS = text(characters(codec="utf-8") | sampled_from("=+-@\t\r '1"), max_size=20)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("+442079460123", "+442079460123"),
        ("=1+1", "'=1+1"),
        (" =cmd|' /C calc'!A0", "' =cmd|' /C calc'!A0"),
        ("＝1+1", "'＝1+1"),
        ("\t=1", "'\t=1"),
        ("-5", "'-5"),
        ("Ann", "Ann"),
    ],
)
def test_what_would_be_computed_is_made_text(cell: str, shown: str) -> None:
    assert harmless(cell) == shown


@given(rows=lists(lists(CELLS, min_size=2, max_size=2), max_size=5))
def test_nothing_in_a_csv_is_computed_and_nothing_is_lost(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        with sheet_file(path, "csv", ["a", "b"], sheet="Sheet") as add:
            add(rows)
        with path.open(encoding="utf-8-sig", newline="") as file:
            read = list(csv.reader(file))
    assert read == [["a", "b"], *([harmless(cell) for cell in row] for row in rows)]
    assert not any(cell.lstrip()[:1] in set("=-@") for row in read for cell in row if cell.strip())


def test_a_workbook_holds_text_numbers_and_moments(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with sheet_file(path, "xlsx", ["a", "b", "c", "d"], sheet="客户") as add:
        add([["=1+1", 5, datetime.fromisoformat("2026-11-28T14:05:09"), None]])
        add([["x" * 40_000, 0, None, "https://example.org"]])
    rows = [row.cells for row in read_rows(path.read_bytes(), file_name="a")]
    assert rows[1] == ["=1+1", "5", "2026-11-28T14:05:09", ""]
    assert rows[2] == ["x" * 32_767, "0", "", "https://example.org"]
