"""The customer book in the browser: found, and changed by two people at once without losing what either typed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.demo_house import DemoHouse
from tests.journeys.reach import expect_reachable
from tests.journeys.test_browser import _sign_in as sign_in

pytestmark = pytest.mark.timeout(600)


def save(of: Page) -> None:
    of.get_by_role("button", name="Save", exact=True).click()


def test_two_people_change_the_same_customer(page: Page, house: DemoHouse) -> None:
    sign_in(page, house, "/customers")
    customers = page.get_by_role("row").locator("a[href^='/customers/']")
    expect(customers.first).to_be_visible()
    expect_reachable(page)
    customers.first.click()
    page.wait_for_url(re.compile(r"/customers/[0-9a-f-]{36}"))
    expect(page.get_by_label("Notes")).to_be_visible()
    expect_reachable(page)
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
