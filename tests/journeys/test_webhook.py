"""A webhook is tried from its page."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.demo_house import DemoHouse
from tests.journeys.test_browser import _address, _items, _let_in

pytestmark = pytest.mark.timeout(600)


def test_a_double_click_sends_one_test(page: Page, house: DemoHouse, ids: Mapping[str, str]) -> None:
    _let_in(page, house)
    log = f"/webhooks/{ids['webhookId']}/deliveries"
    before = len(_items(page, house, log))
    page.goto(f"{_address(house)}/webhooks/{ids['webhookId']}")
    page.get_by_role("button", name="Send a test").dblclick()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert len(_items(page, house, log)) == before + 1
