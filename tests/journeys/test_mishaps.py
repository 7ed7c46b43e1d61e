"""What goes wrong in an office: bad rows, a line that drops, a hasty finger, a server that is started anew."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
import xlsxwriter
from playwright.sync_api import FilePayload, Page, expect

from callwright.kit.tabular import read_rows
from tests.journeys.demo_house import START_S, DemoHouse
from tests.journeys.test_browser import _address, _items, _let_in, _make_task, _sign_in

pytestmark = pytest.mark.timeout(600)

ROWS = 40
BAD = {7: "555 12", 23: ""}
HEADINGS = ("Phone", "Name", "Last visit", "Plan")


def _book(rows: Sequence[Sequence[str]]) -> FilePayload:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    return {"name": "customers.xlsx", "mimeType": "application/octet-stream", "buffer": content.getvalue()}


def _number(row: int) -> str:
    return f"+1 212 555 {1000 + row}"


def _customers() -> list[Sequence[str]]:
    people = [(BAD.get(row, _number(row)), f"Person {row}", "in spring", "") for row in range(ROWS)]
    return [HEADINGS, *people]


def _send(page: Page, file: FilePayload) -> None:
    """Send a file to the open task and import it as it was understood."""
    page.get_by_role("link", name="Import customers").first.click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Import", exact=True).click()


def _create(page: Page, name: str) -> None:
    _make_task(page, name)
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_rows_that_failed_are_repaired_and_sent_again(page: Page, house: DemoHouse) -> None:
    _sign_in(page, house)
    _create(page, "Repaired")
    _send(page, _book(_customers()))
    expect(page.get_by_text(f"{ROWS - len(BAD)} customers imported from {ROWS} rows")).to_be_visible()
    with page.expect_download() as saving:
        page.get_by_role("link", name="Download the failed rows").click()
    failed = [row.cells for row in read_rows(saving.value.path().read_bytes(), file_name="failed.xlsx")]
    assert [row[1] for row in failed[1:]] == [f"Person {row}" for row in BAD]
    assert all(row[-1] for row in failed[1:]), "each says why"

    repaired = [failed[0], *([_number(row), *cells[1:]] for row, cells in zip(BAD, failed[1:], strict=True))]
    page.keyboard.press("Escape")
    _send(page, _book(repaired))
    expect(page.get_by_text(f"{len(BAD)} customers imported from {len(BAD)} rows")).to_be_visible()
    page.keyboard.press("Escape")
    _send(page, _book(_customers()))
    expect(page.get_by_text(f"0 customers imported from {ROWS} rows")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text(f"of {ROWS} customers")).to_be_visible()


@contextmanager
def _answers_lost(page: Page, urls: str) -> Iterator[list[str]]:
    """Have the server do what is posted to ``urls``, and the page not hear of the first; which that was."""
    lost: list[str] = []
    browser = page.context.new_cdp_session(page)

    def answered(event: dict[str, Any]) -> None:
        which = {"requestId": event["requestId"]}
        if lost or event["request"]["method"] != "POST":
            browser.send("Fetch.continueRequest", which)
            return
        lost.append(event["request"]["url"])
        browser.send("Fetch.failRequest", {**which, "errorReason": "ConnectionReset"})

    browser.on("Fetch.requestPaused", answered)
    browser.send("Fetch.enable", {"patterns": [{"urlPattern": urls, "requestStage": "Response"}]})
    yield lost
    browser.detach()


def test_a_double_click_asks_and_leaves_the_question(page: Page, house: DemoHouse) -> None:
    _let_in(page, house)
    line = _items(page, house, "/lines")[0]
    page.goto(f"{_address(house)}/lines/{line['id']}")
    page.get_by_role("button", name="Retire").dblclick()
    page.get_by_role("button", name="Cancel").click()


def test_what_is_sent_twice_is_there_once(page: Page, house: DemoHouse) -> None:
    _sign_in(page, house)
    _make_task(page, "Only once")
    page.get_by_text("Hours of its own, within the company's").click()
    expect(page.get_by_role("switch", name="Hours of its own")).to_be_checked()
    with _answers_lost(page, "*/api/v1/tasks") as lost:
        page.get_by_role("button", name="Create").dblclick()
        expect(page.get_by_role("heading", name="Only once")).to_be_visible()
    assert len(lost) == 1
    assert [task["name"] for task in _items(page, house, "/tasks?name=Only+once")] == ["Only once"]

    task_id = page.url.split("/tasks/")[1]
    with _answers_lost(page, "*/imports") as lost:
        _send(page, _book(_customers()[:3]))
        expect(page.get_by_text("2 customers imported from 2 rows")).to_be_visible()
    assert len(lost) == 1
    assert [one["file_name"] for one in _items(page, house, f"/imports?task_id={task_id}")] == ["customers.xlsx"]


def _end_web(data: Path) -> None:
    """End the web process as a crash does; whoever watches over it starts another."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environ, command = (folder / "environ").read_bytes(), (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if str(data).encode() in environ and command.endswith(b"\0serve\0"):
            os.kill(int(folder.name), signal.SIGKILL)


def _wait_for_server(house: DemoHouse) -> None:
    over = time.monotonic() + START_S
    while True:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(f"{_address(house)}/api/v1/health").raise_for_status()
            return
        assert time.monotonic() < over
        time.sleep(0.2)


def test_a_page_outlives_its_server(page: Page, house: DemoHouse, data: Path) -> None:
    house.result()
    _sign_in(page, house)
    _make_task(page, "Typed before")
    _end_web(data)
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Typed before")
    expect(page.get_by_text("They are called on Telephone world by 5 AI seats")).to_be_visible()
    _wait_for_server(house)
    expect(page.get_by_text("Connection lost")).to_be_hidden()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="Typed before")).to_be_visible()
    _end_web(data)
    page.get_by_role("menuitem", name="Webhooks").click()
    expect(page.get_by_role("menuitem", name="Webhooks")).to_be_visible()
    _wait_for_server(house)
    expect(page.get_by_role("heading", name="Webhooks")).to_be_visible()
