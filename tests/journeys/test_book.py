"""A manager keeps the customer book: a field of its own, many at once, somebody twice, a list taken along."""

import re
from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from callwright.kit.tabular import read_rows
from tests.journeys.demo_house import DemoHouse
from tests.journeys.test_browser import _address, _sign_in
from tests.journeys.test_mishaps import _book, _create, _send

pytestmark = pytest.mark.timeout(600)

OF_WEISS, OF_OKAFOR = 52, 8  # of the first more than a page of the book holds
WEISS, OKAFOR = "Dr Weiss", "Dr Okafor"
TWICE, NUMBERS = "Ida Berger", ("+1 212 555 2900", "+1 212 555 2901")


def _people() -> list[Sequence[str]]:
    dentists = [*[WEISS] * OF_WEISS, *[OKAFOR] * OF_OKAFOR, "Dr No"]
    people = [
        (f"+1 212 555 {2000 + number}", f"Kept {number}", "in spring", dentist)
        for number, dentist in enumerate(dentists)
    ]
    return [("Phone", "Name", "Last visit", "Dentist"), *people]


def _define_field(page: Page) -> None:
    page.get_by_role("link", name="Customer fields").click()
    page.get_by_role("link", name="New field").click()
    page.get_by_label("Name", exact=True).fill("Dentist")
    page.get_by_text("Choice", exact=True).click()
    choices = page.get_by_label("Choices")
    for dentist in (WEISS, OKAFOR):
        choices.fill(dentist)
        choices.press("Enter")
    page.get_by_role("button", name="Save").dblclick()
    expect(page.get_by_role("link", name="Dentist")).to_have_count(1)


def _fill_field(page: Page) -> None:
    """What the field doesn't take comes back; the others are in the book."""
    _create(page, "Kept in the book")
    _send(page, _book(_people()))
    expect(page.get_by_text(f"{OF_WEISS + OF_OKAFOR} customers imported")).to_be_visible()
    expect(page.get_by_role("cell", name="Dr No", exact=True)).to_be_visible()


def _tag_all(page: Page, tag: str) -> None:
    page.get_by_role("checkbox", name="Select all").check()
    page.get_by_role("button", name=f"Choose all {OF_WEISS} that match").click()
    page.get_by_role("button", name="Change …").click()
    page.get_by_role("menuitem", name="Add a tag").click()
    form = page.get_by_role("dialog")
    expect(form.get_by_text(f"All that match: Dentist: {WEISS}")).to_be_visible()
    form.get_by_label("Tag").fill(tag)
    form.get_by_role("button", name=f"Change {OF_WEISS} customers").click()
    expect(page.get_by_text(f"{OF_WEISS} customers were changed.")).to_be_visible()


def test_a_field_is_filled_by_a_file_and_all_whom_it_finds_are_changed_and_changed_back(
    page: Page, house: DemoHouse
) -> None:
    _sign_in(page, house)
    _define_field(page)
    _fill_field(page)
    page.goto(f"{_address(house)}/customers?whose=all")
    # Who came in together stands in no order: of the others any is among the first fifty.
    others = page.get_by_role("link", name=re.compile(r"^Kept 5[2-9]$"))
    expect(others.first).to_be_visible()
    page.get_by_role("combobox", name="Customer fields").click()
    page.get_by_title(f"Dentist: {WEISS}").click()
    expect(others).to_have_count(0)
    tagged = page.locator("tr.ant-table-row").filter(has_text="recall")
    _tag_all(page, "recall")
    expect(tagged).to_have_count(50)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(f"Taken back for {OF_WEISS} of {OF_WEISS} changed.")).to_be_visible()
    expect(tagged).to_have_count(0)

    page.get_by_label("Name or part of a number").fill("Kept 7")
    page.get_by_role("link", name="Kept 7", exact=True).click()
    expect(page.get_by_role("dialog").get_by_title(WEISS)).to_be_visible()


def test_who_is_there_under_two_numbers_becomes_one_customer(page: Page, house: DemoHouse) -> None:
    _sign_in(page, house)
    _create(page, "Twice in the book")
    _send(page, _book([("Phone", "Name", "Last visit"), *((number, TWICE, "in spring") for number in NUMBERS)]))
    expect(page.get_by_text("2 customers imported")).to_be_visible()
    page.goto(f"{_address(house)}/customers")
    page.get_by_role("link", name="Find duplicates").click()
    twice = page.get_by_role("dialog").get_by_role("listitem").filter(has_text=TWICE)
    twice.get_by_role("link", name="Merge …").click()
    page.get_by_role("radio", name=re.compile(NUMBERS[0][-4:])).check()
    page.get_by_role("button", name="Merge 2 customers for good").click()
    card = page.get_by_role("dialog")
    for number in NUMBERS:
        expect(card.get_by_text(number)).to_be_visible()
    page.goto(f"{_address(house)}/customers?text={NUMBERS[1][-4:]}")
    rows = page.locator("tr.ant-table-row")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(NUMBERS[0])


def test_calls_are_taken_along_as_they_are_shown(page: Page, house: DemoHouse) -> None:
    house.result()
    _sign_in(page, house, "/calls?phone_state=connected")
    rows = page.locator("tr.ant-table-row")
    expect(rows.first).to_contain_text("Connected")
    shown = ["".join(row.split()) for row in rows.all_inner_texts()]
    page.get_by_role("button", name="Export").click()
    page.get_by_role("menuitem", name="Excel (.xlsx)").first.click()
    with page.expect_download() as saving:
        page.get_by_role("status").get_by_role("link", name="Download").click()
    headings, *taken = [row.cells for row in read_rows(saving.value.path().read_bytes(), file_name="calls.xlsx")]
    at = [headings.index(heading) for heading in ("Name", "Phone number", "Phone state", "Task")]
    assert "Hung up by" not in headings, "the columns shown"
    assert len(taken) == len(shown)
    for row, line in zip(taken, shown, strict=True):
        assert [row[place] for place in at if "".join(row[place].split()) not in line] == []
