"""Spreadsheets of strangers: read whatever wrote them, and refused where they would do harm."""

import contextlib
import io
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from callwright.kit.tabular import (
    Column,
    SpreadsheetTooLargeError,
    SpreadsheetUnreadableError,
    read_rows,
    write_workbook,
)
from callwright.kit.tabular.workbook import as_text


def cells(content: bytes) -> list[list[str]]:
    return [row.cells for row in read_rows(content, file_name="people")]


def workbook(rows: list[list[object]], *, at: tuple[int, int] = (0, 0)) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(at[0] + number, at[1], row)
    book.close()
    return buffer.getvalue()


def repacked(content: bytes, changes: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *changes}:
            new.writestr(name, changes.get(name) or old.read(name))
    return buffer.getvalue()


def test_numbers_that_excel_made_of_phones_are_read_whole() -> None:
    content = workbook([["phone", "age"], [13812345678, 41.5], [447700900123.0, True]])
    assert cells(content) == [["phone", "age"], ["13812345678", "41.5"], ["447700900123", "TRUE"]]


def with_formulas(*, hidden: bool) -> bytes:
    """A workbook of a sheet with a formula that nobody worked out, and one of plain cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    formulas, plain = book.add_worksheet(), book.add_worksheet()
    formulas.write_column(0, 0, ["a", "=1+1"])
    plain.write_column(0, 0, ["b", "2"])
    if hidden:
        plain.activate()
        formulas.hide()
    book.close()
    sheet = "xl/worksheets/sheet1.xml"  # xlsxwriter writes 0 where it is given no result
    with zipfile.ZipFile(buffer) as archive:
        bare = archive.read(sheet).replace(b"<v>0</v></c></row></sheetData>", b"</c></row></sheetData>")
    return repacked(buffer.getvalue(), {sheet: bare})


def test_formulas_that_nobody_worked_out_are_refused_by_name() -> None:
    assert cells(workbook([["a"], ["=1+1"]])) == [["a"], ["0"]]
    with pytest.raises(SpreadsheetUnreadableError, match="formulas whose results were not saved"):
        cells(with_formulas(hidden=False))


@pytest.mark.parametrize("target", [b"worksheets/", b"/xl/worksheets/"])
def test_formulas_of_a_sheet_that_is_not_read_do_not_matter(target: bytes) -> None:
    content, relations = with_formulas(hidden=True), "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = archive.read(relations).replace(b'Target="worksheets/', b'Target="' + target)
    assert cells(repacked(content, {relations: told})) == [["b"], ["2"]]


def test_rows_keep_the_numbers_that_excel_shows() -> None:
    rows = list(read_rows(workbook([["a"], ["b"]], at=(3, 1)), file_name="people"))
    assert [(row.number, row.cells) for row in rows if not row.empty] == [(4, ["a"]), (5, ["b"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_is_read_in_its_encoding_and_by_its_separator(encoding: str, separator: str) -> None:
    rows = [["手机号", "姓名"], ["13812345678", "王伟，先生"], ["13912345678", "李娜"]]
    content = "\r\n".join(separator.join(row) for row in rows).encode(encoding)
    assert cells(content) == rows


def test_western_accents_of_old_programs_are_no_chinese() -> None:
    assert cells("phone;name\n1;José Müller\n2;Zoë\n".encode("cp1252"))[1:] == [["1", "José Müller"], ["2", "Zoë"]]


def test_excels_own_first_line_names_the_separator() -> None:
    assert cells(b"sep=;\na,b;c\n") == [["a,b", "c"]]


def test_a_quoted_cell_may_hold_separators_and_line_ends() -> None:
    rows = list(read_rows(b'a,b\n"1, one\nand more",2\n3,4\n', file_name="people"))
    assert [(row.number, row.cells) for row in rows] == [
        (1, ["a", "b"]),
        (2, ["1, one\nand more", "2"]),
        (4, ["3", "4"]),
    ]


CELL = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"), exclude_characters="\ufeff"), max_size=20)


@given(st.lists(st.lists(CELL.map(str.strip), min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_is_written_is_read(rows: list[list[str]]) -> None:
    written = write_workbook([Column("phone"), Column("name")], rows, instructions=["Fill it in."])
    assert cells(written)[0] == ["phone", "name"]
    found = [row for row in cells(written)[1:] if any(row)]
    assert found == [row for row in rows if any(row)]


def test_cells_written_are_text_and_no_formula() -> None:
    written = write_workbook([Column("a")], [["=1+1"], ["+447700900123"], ["007"]])
    assert cells(written)[1:] == [["=1+1"], ["+447700900123"], ["007"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1.38e10, "13800000000"),
        (0.5, "0.5"),
        (1e300, "1e+300"),
        (False, "FALSE"),
        (datetime(2026, 4, 1), "2026-04-01"),  # noqa: DTZ001 - a spreadsheet has no time zones
        (date(2026, 4, 1), "2026-04-01"),
        (time(9, 30), "09:30:00"),
        ("  x ", "x"),
    ],
)
def test_a_cell_as_people_read_it(cell: object, text: str) -> None:
    assert as_text(cell) == text  # type: ignore[arg-type]


def test_cells_far_apart_are_refused_before_they_are_laid_out() -> None:
    content = workbook([["a"]])
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = b"<worksheet><sheetData>" + far + b"</sheetData></worksheet>"
    with pytest.raises(SpreadsheetTooLargeError, match="row 1048576 and column 16384"):
        cells(repacked(content, {"xl/worksheets/sheet1.xml": sheet}))


def test_what_unpacks_to_too_much_is_refused_whatever_its_directory_says() -> None:
    content = bytearray(repacked(workbook([["a"]]), {"xl/bomb.xml": bytes(210 << 20)}))
    with pytest.raises(SpreadsheetTooLargeError, match="unpacks to more than 200 MB"):
        cells(bytes(content))
    true_size, lie = (210 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert content.count(true_size) == 2  # local header and central directory
    with pytest.raises(SpreadsheetTooLargeError, match="more than 200 MB"):
        cells(bytes(content.replace(true_size, lie)))


def other_archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("photo.jpg", b"not a table")
    return buffer.getvalue()


OLD = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04", "cut-off"),
        (workbook([["phone"], ["1"]])[:-40], "cut-off"),
        (workbook([["phone"], ["1"]])[:200], "cut-off"),
        (other_archive(), "other-archive"),
        (repacked(workbook([["a"]]), {"xl/workbook.xml": b"<broken"}), "damaged"),
        (OLD + b"rows", "old-excel"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"%PDF-1.7\n1 0 obj\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"<!DOCTYPE html><table></table>", "web-page"),
        (b"a\x00b,c\n", "no-text"),
        (b'a,b\n"1"2,3\n', "quotes"),
    ],
)
def test_what_is_no_table_is_refused_and_named(content: bytes, fault: str) -> None:
    with pytest.raises(SpreadsheetUnreadableError, match="people") as raised:
        cells(content)
    assert raised.value.fields["fault"] == fault


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04"]))
def test_nonsense_is_read_or_refused_but_nothing_else(noise: bytes, begins: bytes) -> None:
    with contextlib.suppress(SpreadsheetUnreadableError, SpreadsheetTooLargeError):
        cells(begins + noise)


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused_but_nothing_else(place: int, damage: bytes) -> None:
    content = bytearray(DAMAGED)
    place %= len(content)
    content[place : place + len(damage)] = damage
    with contextlib.suppress(SpreadsheetUnreadableError, SpreadsheetTooLargeError):
        cells(bytes(content))


DAMAGED = workbook([["phone", "name"], [13812345678, "Ann"]])
