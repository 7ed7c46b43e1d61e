"""A leader shares what they see of the book, and takes it along; the colleague finds the same."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from callwright.kit.tabular import read_rows
from tests.journeys.browsers import own_page
from tests.journeys.demo_house import DemoHouse
from tests.journeys.furnishing import admit_agent
from tests.journeys.test_browser import _address, _sign_in

pytestmark = pytest.mark.timeout(600)

NAME = "Reached"


def _export(page: Page) -> list[str]:
    """Return the headings of the file that has the columns shown."""
    page.get_by_role("button", name="Export").click()
    page.get_by_role("menuitem", name="Excel (.xlsx)").first.click()
    with page.expect_download() as saving:
        page.get_by_role("status").get_by_role("link", name="Download").click()
    page.locator(".ant-notification-notice-close").click()
    return next(iter(read_rows(saving.value.path().read_bytes(), file_name="book.xlsx"))).cells


def _share(page: Page) -> None:
    page.get_by_role("button", name="Views").click()
    page.get_by_role("menuitem", name="Save this view").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name").fill(NAME)
    form.get_by_label("Share with the team").check()
    form.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("saved="))


def test_a_shared_view_shows_the_colleague_what_was_shared(
    page: Page, browser: Browser, house: DemoHouse, data: Path
) -> None:
    password = house.result()["sign_in"]["password"]
    email = admit_agent(data, password)
    # Columns of the address: the leader's own choice stays as it is.
    _sign_in(page, house, "/customers?phone_state=connected&hide=tags")
    rows = page.locator("tr.ant-table-row")
    expect(rows.first).to_be_visible()
    assert [re.sub(r" \(.*", "", heading) for heading in _export(page)] == [
        "Name",
        "Phone number",
        "Owner",
        "Last phone state",
        "Grade",
        "Last called",
        "Follow up",
    ]
    _share(page)

    with own_page(browser) as theirs:
        asked = {"email": email, "password": password}
        assert theirs.request.post(f"{_address(house)}/api/v1/session", data=asked).ok
        theirs.goto(f"{_address(house)}/customers")
        expect(theirs.get_by_text("You have no customers yet")).to_be_visible()
        theirs.get_by_role("button", name="Views").click()
        theirs.get_by_role("menuitem", name=NAME).click()
        expect(theirs.get_by_role("button", name=f"View: {NAME}")).to_be_visible()
        expect(theirs.locator("tr.ant-table-row").first).to_contain_text("Connected")
        expect(theirs.get_by_role("columnheader", name="Tags")).to_have_count(0)
