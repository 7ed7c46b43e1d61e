"""Days typed by who uses no mouse: a field shows what is kept, and says beneath why another day isn't."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.demo_house import DemoHouse
from tests.journeys.test_browser import _sign_in as sign_in

pytestmark = pytest.mark.timeout(600)

FOCUSED = "() => document.activeElement !== document.body"


def _type(field: Locator, words: str, *, by: str = "Tab") -> None:
    field.focus()
    field.press("Control+a")
    field.press_sequentially(words)
    field.press(by)


def _expect_kept(page: Page, field: Locator, kept: str, rule: str) -> None:
    expect(field).to_have_value(kept)
    expect(field).to_have_accessible_description(re.compile(rule))
    assert page.evaluate(FOCUSED)


def _refuse_days_outside(page: Page) -> None:
    """Leave and send a day after the last one, then choose one within, and a last one before it."""
    first, last = page.get_by_label("First day"), page.get_by_label("Last day")
    until = "“2031-05-06” isn't taken: choose 2031-01-31 or an earlier day"
    for by in ("Tab", "Enter"):
        _type(first, "2031-05-06", by=by)
        _expect_kept(page, first, "", until)
        expect(page.get_by_text(until)).to_be_visible()
    _type(first, "2031-01-15")
    expect(page).to_have_url(re.compile("first=2031-01-15"))
    _expect_kept(page, first, "2031-01-15", "^$")
    _type(last, "2031-01-14")
    _expect_kept(page, last, "2031-01-31", "“2031-01-14” isn't taken: choose 2031-01-15 or a later day")
    _type(last, "2031-02-01")
    expect(page).to_have_url(re.compile("last=2031-02-01"))


def _refuse_what_is_no_day(page: Page) -> None:
    """Leave half a day where a whole one was typed just before, and words over a day."""
    follow_up = page.get_by_role("textbox", name="Follow up")
    kept, rule = "2031-05-06 09:00", "isn't taken: write a day and a time as in 2026-03-01 09:30"
    _type(follow_up, kept, by="Backspace")
    follow_up.press("Tab")
    _expect_kept(page, follow_up, kept, f"“2031-05-06 09:0” {rule}")
    _type(follow_up, "soon")
    _expect_kept(page, follow_up, kept, f"“soon” {rule}")


def test_a_day_field_shows_what_is_kept_and_says_why_another_is_not(page: Page, house: DemoHouse) -> None:
    sign_in(page, house, "/money?view=spending&last=2031-01-31")
    _refuse_days_outside(page)
    page.goto(re.sub(r"/money.*", "/customers", page.url))
    page.get_by_role("row").locator("a[href^='/customers/']").first.click()
    _refuse_what_is_no_day(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved")).to_be_visible()
    expect(page.get_by_role("textbox", name="Follow up")).to_have_value("2031-05-06 09:00")
