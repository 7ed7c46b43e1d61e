"""Those who were busy are called once more in another task, and are one customer with two calls."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.demo_house import DemoHouse
from tests.journeys.test_browser import CALL_MS, _address, _make_task, _sign_in, let_late

pytestmark = pytest.mark.timeout(600)

AGAIN = "Once more"


def _move_the_busy(page: Page, house: DemoHouse) -> str:
    """Move who was busy into the task, and return the name of the first."""
    demo = house.wait_for(r"/tasks/([0-9a-f-]{36})")[1]
    page.goto(f"{_address(house)}/tasks/{demo}?tab=customers&phone_state=busy")
    rows = page.get_by_role("tabpanel").get_by_role("row").filter(has_text="Busy")
    name = rows.first.get_by_role("link").first.inner_text()
    page.get_by_role("checkbox", name="Select all").check()
    bar = page.get_by_role("toolbar", name="What to do with the chosen customers")
    expect(bar.get_by_role("status")).to_have_text(f"{rows.count()} chosen")
    bar.get_by_role("button", name="Into another task").click()
    page.get_by_role("dialog").get_by_text(AGAIN, exact=False).first.click()
    page.get_by_role("button", name=f"Into “{AGAIN}”").click()
    expect(page.get_by_role("status").filter(has_text=f"went into “{AGAIN}”")).to_be_visible()
    page.get_by_role("link", name=AGAIN).click()
    return name


def test_who_was_busy_is_called_again_and_stays_one_customer(page: Page, house: DemoHouse) -> None:
    house.result()
    _sign_in(page, house)
    _make_task(page, AGAIN)
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name=AGAIN)).to_be_visible()
    name = _move_the_busy(page, house)
    expect(page.get_by_role("heading", name=AGAIN)).to_be_visible()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("dialog").get_by_role("button", name="Start").click()
    expect(page.get_by_text("Finished").first).to_be_visible(timeout=CALL_MS)

    page.get_by_role("tab", name="Calls").click()
    page.get_by_role("link", name="One row per customer").click()
    rows = page.get_by_role("row").filter(has_text=name)
    expect(page.get_by_role("tab", name="Customers")).to_have_attribute("aria-selected", "true")
    expect(rows).to_have_count(1)
    page.get_by_role("link", name="Contact history").click()
    expect(page.get_by_role("heading", name="Contact history")).to_be_visible()
    page.get_by_label("Name or part of a number").fill(name)
    page.wait_for_url("**text=**")
    expect(rows).to_have_count(2)
    # Who goes on while the typing has not rested yet is not called back by it, however late the next page comes.
    page.route("**/assets/CustomersPage-*.js", let_late)
    page.get_by_label("Name or part of a number").fill("")
    page.get_by_role("link", name="Customer book").click()
    expect(page.get_by_role("heading", name="Customer book")).to_be_visible()
    page.get_by_label("Name or part of a number").fill(name)
    expect(rows).to_have_count(1)
