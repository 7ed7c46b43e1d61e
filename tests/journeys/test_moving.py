"""Customers of a task chosen in its list: into another task, out of it and back, called again."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.demo_house import DemoHouse
from tests.journeys.test_browser import _address, _let_in

pytestmark = pytest.mark.timeout(600)
NAME = "Moved there"


def _make_task_like_the_demos(page: Page, url: str) -> None:
    api = page.context.request
    called: dict[str, Any] = api.get(f"{url}/api/v1/tasks").json()["items"][-1]
    wanted = {"name": NAME, "script_id": called["script"]["id"], "line_ids": [called["lines"][0]["id"]], "seats": 1}
    assert api.post(f"{url}/api/v1/tasks", data=wanted).status == 201
    page.goto(f"{url}/tasks/{called['id']}")


def _choose_first(page: Page) -> None:
    page.locator("tr.ant-table-row").first.get_by_role("checkbox").check()


def _press(page: Page, name: str) -> None:
    page.get_by_role("toolbar").get_by_role("button", name=name).click()


def test_customers_go_into_another_task_out_and_back(page: Page, house: DemoHouse) -> None:
    _let_in(page, house)
    _make_task_like_the_demos(page, _address(house))
    page.get_by_role("link", name="One row per customer").click()
    expect(page.get_by_role("tab", name="Customers", selected=True)).to_be_visible()
    page.goto(f"{page.url}&phone_state=connected")
    _choose_first(page)
    _press(page, "Into another task (1)")
    page.get_by_label("Search a task by name").fill("moved")
    page.get_by_role("radio", name=NAME).check()
    page.get_by_role("button", name=f"Into “{NAME}”").dblclick()
    expect(page.get_by_text(f"1 customer went into “{NAME}”.")).to_be_visible()
    page.get_by_role("link", name=NAME).click()
    # Until the other task is there, the first row is one of the task before.
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    expect(page.locator("tr.ant-table-row")).to_have_count(1)

    _choose_first(page)
    _press(page, "Take out (1)")
    page.get_by_role("dialog").get_by_role("button", name="Take out").click()
    expect(page.get_by_text("1 customer was taken out.")).to_be_visible()
    expect(page.locator("tr.ant-table-row")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.get_by_text("1 customer is to be called again.")).to_be_visible()

    _choose_first(page)
    _press(page, "Take out (1)")
    page.get_by_role("dialog").get_by_role("button", name="Take out").click()
    expect(page.get_by_text("1 customer was taken out.")).to_be_visible()
    page.goto(re.sub(r"\?.*", "?tab=customers&state=withdrawn", page.url))
    _choose_first(page)
    _press(page, "Call once more (1)")
    page.get_by_role("dialog").get_by_role("button", name="Call once more").click()
    expect(page.get_by_text("1 customer will be called once more.")).to_be_visible()
    page.goto(re.sub(r"\?.*", "?tab=customers&state=uncalled", page.url))
    expect(page.locator("tr.ant-table-row")).to_have_count(1)
