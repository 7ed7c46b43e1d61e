"""The customer book in the browser: found, and changed by two people at once without losing what either typed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.demo_house import DemoHouse
from tests.journeys.reach import expect_reachable
from tests.journeys.test_browser import _sign_in as sign_in
from tests.journeys.test_browser import let_late

pytestmark = pytest.mark.timeout(600)


def save(of: Page) -> None:
    of.get_by_role("button", name="Save", exact=True).click()


NOTHING = "Nothing found"
WATCH = """(words) => {
    window.shown = [];
    new MutationObserver(() => { if (document.body.innerText.includes(words)) window.shown.push(words); })
        .observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def _search_two(page: Page, names: list[str]) -> None:
    """Search one customer after another by late answers: nobody is told meanwhile that there is nobody."""
    page.route("**/api/v1/customers?*", let_late)
    page.evaluate(WATCH, NOTHING)
    search = page.get_by_label("Find customers, tasks, scripts, calls")
    found = page.locator(".ant-select-item-option")
    for name in names:
        search.fill(name)
        expect(found.filter(has_text=name).first).to_be_visible()
        search.fill("")
        expect(found.first).to_be_hidden()
    assert page.evaluate("window.shown") == []
    page.unroute("**/api/v1/customers?*")


def _empty_follow_up(page: Page) -> None:
    """Type a day, and take it away by the keyboard: the field stays empty."""
    follow_up = page.get_by_role("dialog").get_by_label("Follow up")
    follow_up.fill("2031-05-06 09:00")
    page.get_by_label("Notes").click()
    expect(follow_up).to_have_value("2031-05-06 09:00")
    follow_up.press("Control+a")
    follow_up.press("Delete")
    page.get_by_label("Notes").click()
    expect(page.locator(".ant-picker-dropdown")).to_be_hidden()
    expect(follow_up).to_have_value("")


def test_two_people_change_the_same_customer(page: Page, house: DemoHouse) -> None:
    sign_in(page, house, "/customers")
    customers = page.get_by_role("row").locator("a[href^='/customers/']")
    expect(customers.first).to_be_visible()
    expect_reachable(page)
    _search_two(page, customers.all_inner_texts()[:2])
    customers.first.click()
    page.wait_for_url(re.compile(r"/customers/[0-9a-f-]{36}"))
    expect(page.get_by_label("Notes")).to_be_visible()
    expect_reachable(page)
    _empty_follow_up(page)
    other = page.context.new_page()
    other.goto(page.url)

    other.get_by_label("Notes").fill("Wants a call in spring")
    save(other)
    expect(other.get_by_text("Saved")).to_be_visible()
    page.get_by_label("Notes").fill("Call in May")
    save(page)
    expect(page.get_by_text("Anna Berg changed this meanwhile: Notes")).to_be_visible()
    expect(page.get_by_text("Notes: Wants a call in spring")).to_be_visible()
    expect(page.get_by_label("Notes")).to_have_value("Call in May")
    page.get_by_role("button", name="Save mine over it").click()
    expect(page.get_by_text("Saved").last).to_be_visible()

    page.get_by_role("button", name="Take", exact=True).click()
    expect(page.get_by_role("button", name="Give back")).to_be_visible()
    page.goto(re.sub(r"/customers/.*", "/customers?whose=mine", page.url))
    expect(customers).to_have_count(1)
