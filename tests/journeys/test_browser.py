"""What a sales manager does in the browser: sign in, make a task, start it, listen to a call."""

import re
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Locator, Page, Route, expect

from callwright.kit.tabular import read_rows
from callwright.simulator import scenario as scenarios
from tests.journeys import console
from tests.journeys.browsers import PATIENCE_MS
from tests.journeys.demo_house import DemoHouse

pytestmark = pytest.mark.timeout(600)

EMAIL = "anna@harbour-dental.example"
CALL_MS = 180_000
# The first words that a script hears teach it what they may mean, for which the server takes its time, too.
TAUGHT_MS = 150_000
LATE_S = 1.0
# Both at the same moment: the page may scroll between two looks.
APART = "(upper, lower) => lower.getBoundingClientRect().y - upper.getBoundingClientRect().y"
expect.set_options(timeout=PATIENCE_MS)


def let_late(route: Route) -> None:
    """Let something be fetched a second later than it would be."""
    time.sleep(LATE_S)
    route.continue_()


def _address(house: DemoHouse) -> str:
    return house.wait_for(r"(http://\S+)/tasks/")[1]


def _password(house: DemoHouse) -> str:
    return house.wait_for(r"password\s+(\S+)")[1]


def _let_in(page: Page, house: DemoHouse) -> None:
    """Sign in by a request of the page's own."""
    asked = {"email": EMAIL, "password": _password(house)}
    answer = page.request.post(f"{_address(house)}/api/v1/session", data=asked)
    assert answer.ok, answer.text()


def _sign_in(page: Page, house: DemoHouse, path: str = "/tasks") -> None:
    """Sign in, and open the console at ``path``."""
    _let_in(page, house)
    page.goto(f"{_address(house)}{path}")
    expect(page.get_by_role("navigation", name="Main menu")).to_be_visible()


def _items(page: Page, house: DemoHouse, path: str) -> list[dict[str, Any]]:
    """Return what the server lists at ``path``, as whoever is signed in may read it."""
    found: list[dict[str, Any]] = page.request.get(f"{_address(house)}/api/v1{path}").json()["items"]
    return found


def _spreadsheet(data: Path, first: int) -> bytes:
    """Return two of the demo's customers who will talk, from the ``first`` on, as a company's spreadsheet."""
    scenario = scenarios.read(data / "demo" / "scenario.yaml")
    people = [number for number, handset in scenario.handsets.items() if handset.kind == "person"]
    people = people[first : first + 2]
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Phone", "Name", "Seen", "Plan"))
        for row, number in enumerate(people, start=1):
            sheet.write_row(row, 0, (number, scenario.name_of(number), "last June", "family"))
        sheet.write_row(len(people) + 1, 0, ("not a number", "Nobody", "last June", ""))
    return content.getvalue()


def test_signing_in_says_when_the_password_is_wrong_and_goes_where_one_wanted(page: Page, house: DemoHouse) -> None:
    page.goto(f"{_address(house)}/tasks")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value(EMAIL)
    page.get_by_label("Password").fill(_password(house))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Call tasks")).to_be_visible()


def _apart(upper: Locator, lower: Locator) -> float:
    """Return how far below another something stands, in pixels, however far the page is scrolled."""
    found: float = upper.evaluate(APART, lower.element_handle())
    return found


def _fill_in_task(page: Page, name: str, script: str) -> None:
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    line = page.get_by_role("combobox", name="Line", exact=True)
    chosen = page.get_by_role("combobox", name="Script", exact=True)
    apart = _apart(chosen, line)
    chosen.click()
    page.locator(".ant-select-item-option", has_text=script).first.click()
    expect(page.get_by_role("button", name="Compare with another version")).to_be_enabled()
    assert _apart(chosen, line) == apart, "what is asked about its versions moved it"
    line.click()
    page.locator(".ant-select-item-option", has_text="Telephone world").first.click()


def call_once(page: Page) -> None:
    """Have nobody called again half an hour later whom a busy machine's speech failed."""
    page.get_by_role("checkbox", name="Technical fault").uncheck()


def _make_task(page: Page, name: str) -> None:
    page.get_by_role("link", name="Call tasks").first.click()
    page.get_by_role("link", name="New task").first.click()
    _fill_in_task(page, name, "Check-up reminder")
    call_once(page)
    expect(page.get_by_text("They are called on Telephone world by 5 AI seats")).to_be_visible()


def _choose_column(page: Page, variable: str) -> None:
    """Say that the third column holds a variable, which its heading doesn't."""
    expect(page.get_by_text(f"No column was chosen for: {variable}")).to_be_visible()
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
    page.get_by_role("combobox", name="What column 3 holds").click()
    page.locator(".ant-select-item-option", has_text=variable).first.click()


def _import_and_start(page: Page, data: Path, first: int = 0, *, wanted: str = "") -> None:
    page.get_by_role("link", name="Import customers").first.click()
    file = {"name": "customers.xlsx", "mimeType": "application/octet-stream", "buffer": _spreadsheet(data, first)}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_role("combobox", name="What column 1 holds")).to_be_visible()
    if wanted:
        _choose_column(page, wanted)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("2 customers imported from 3 rows")).to_be_visible()
    expect(page.get_by_role("cell", name="not a number", exact=True)).to_be_visible()
    href = page.get_by_role("link", name="Download the failed rows").get_attribute("href") or ""
    book = page.request.get(f"{page.url.split('/tasks')[0]}{href}").body()
    rows = [row.cells for row in read_rows(book, file_name="failed.xlsx")]
    assert (rows[0][-1], rows[1][:2]) == ("(reason)", ["not a number", "Nobody"])
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("Start$")).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Start")).click()


def _export_customers(page: Page) -> None:
    customers = page.get_by_role("tabpanel", name="Customers")
    expect(customers.locator("tr.ant-table-row").first).to_be_visible()
    customers.get_by_role("button", name="Export").click()
    page.get_by_role("menuitem", name="Excel (.xlsx)").first.click()
    note = page.get_by_role("status").filter(has_text="Two reminders - customers")
    expect(note.get_by_text("2 rows")).to_be_visible()
    with page.expect_download() as saving:
        note.get_by_role("link", name="Download").click()
    rows = [row.cells for row in read_rows(saving.value.path().read_bytes(), file_name="customers.xlsx")]
    assert (rows[0][:2], len(rows)) == (["Name", "Phone number"], 3)
    page.locator(".ant-notification-notice-close").click()


def test_a_manager_makes_a_task_starts_it_and_listens(page: Page, house: DemoHouse, data: Path) -> None:
    house.result()
    _sign_in(page, house)
    _make_task(page, "Two reminders")
    for way in ("Mobile lines", "Fixed line"):  # a look at another way
        page.get_by_text(way, exact=True).click()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="Two reminders")).to_be_visible()
    _import_and_start(page, data, wanted="Last visit")
    expect(page.get_by_text("Finished").first).to_be_visible(timeout=CALL_MS)

    page.emulate_media(reduced_motion="no-preference")
    page.reload()
    page.get_by_role("tab", name="Customers").click()
    _export_customers(page)
    page.get_by_role("tabpanel").get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Why called, why not")).to_be_visible()
    expect(page.get_by_text("on Telephone world", exact=True).first).to_be_visible()
    # Who closes a drawer and goes on while it moves is not called back by it, however late the next page comes.
    page.route("**/assets/CallPage-*.js", let_late)
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Calls").dispatch_event("click")
    connected = page.get_by_role("tabpanel", name="Calls").get_by_role("row").filter(has_text="Connected")
    connected.first.get_by_role("link").first.dispatch_event("click")
    play = page.get_by_role("button", name="Play", exact=True)
    expect(play).to_be_enabled()
    play.click()
    position = page.get_by_role("timer")
    expect(position).not_to_have_text(re.compile(r"^0:00"))
    expect(page.get_by_text("This is Anna").first).to_be_visible()


def _days_about(now: datetime) -> list[str]:
    """Return yesterday, today and tomorrow, one of which it is wherever the customers are."""
    return [(now + timedelta(days=ahead)).date().isoformat() for ahead in (-1, 0, 1)]


def _wish_hours(page: Page, days: Sequence[str], *, closed: bool) -> None:
    """Make days holidays, or working days again."""
    page.get_by_role("link", name="Settings", exact=True).click()
    expect(page.get_by_role("heading", name="Calling", exact=True)).to_be_visible()
    for day in days:
        if closed:
            page.get_by_label("A day without calls").fill(day)
            page.get_by_role("button", name=re.compile("Add$")).click()
        else:
            page.get_by_role("button", name=f"Remove {day}").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Running tasks follow it from now on.")).to_be_visible()


def _drag_end_of_hours(page: Page) -> None:
    """Draw the end of the day's hours two hours nearer, as the band has 60 minutes in a 24th of its width."""
    ends = page.get_by_label("Calling ends")
    hour = int(ends.input_value()[:2]) or 24
    handle, band = page.locator("[data-hold=closes]"), page.locator("[data-hold=closes]").locator("..")
    handle.hover()
    console.settle(page)  # what is foreseen of the task comes above it
    at, width = handle.bounding_box(), (band.bounding_box() or {"width": 0})["width"]
    assert at is not None
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - width / 12, y, steps=3)
    page.mouse.up()
    expect(ends).to_have_value(f"{hour - 2}:00")


def _draw_no_period(page: Page) -> None:
    """Draw on the band with the other button, then with a drag that is called off, as by a finger that scrolls."""
    sheet = page.locator("[data-hold=closes]").locator("..").locator("[class*=sheet]")
    periods = page.get_by_label("No calls from")
    before, at = periods.count(), sheet.bounding_box()
    assert at is not None
    x, y = at["x"] + at["width"] * 0.65, at["y"] + at["height"] / 2
    for button, drawn in (("right", 0), ("left", 1)):
        page.mouse.move(x, y)
        page.mouse.down(button=button)  # type: ignore[arg-type]
        page.mouse.move(x + at["width"] / 12, y, steps=3)
        expect(periods).to_have_count(before + drawn)
        sheet.dispatch_event("pointercancel", {"pointerId": 1})  # the mouse's
        page.mouse.up(button=button)  # type: ignore[arg-type]
        expect(periods).to_have_count(before)


def _on_the_band(page: Page, share: float) -> tuple[float, float]:
    """Return where a share of the day lies, once nothing moves the band any more."""
    console.settle(page)
    at = page.locator("[data-hold=closes]").locator("..").locator("[class*=sheet]").bounding_box()
    assert at is not None
    return at["x"] + at["width"] * share, at["y"] + at["height"] / 2


def _lose_the_pointer(page: Page) -> None:
    """Draw a period until the pointer is lost, then lose it with what it holds: nothing more is drawn by it."""
    closes = page.locator("[data-hold=closes]")
    begins, ends = page.get_by_label("No calls from"), page.get_by_label("Calling ends")
    page.mouse.move(*_on_the_band(page, 0.65))
    page.mouse.down()
    page.mouse.move(*_on_the_band(page, 0.73), steps=3)
    before, closed = begins.count(), ends.input_value()
    expect(begins.last).to_have_value("15:30")
    page.locator("[class*=sheet]").evaluate("(sheet) => sheet.releasePointerCapture(1)")  # the mouse's
    page.mouse.move(*_on_the_band(page, 0.57), steps=3)
    page.mouse.move(*_on_the_band(page, 0.55), steps=3)
    expect(begins.last).to_have_value("15:30")
    page.mouse.up()
    page.locator("[data-hold=period]").last.hover()
    page.mouse.down()
    page.get_by_role("button", name="Remove the period 15:30").evaluate("(remove) => remove.click()")
    expect(begins).to_have_count(before - 1)
    closes.hover()
    page.mouse.move(*_on_the_band(page, 0.65), steps=3)
    console.settle(page)
    expect(ends).to_have_value(closed)
    page.mouse.up()


def test_a_task_says_why_it_waits_and_goes_on_by_itself(page: Page, house: DemoHouse, data: Path) -> None:
    house.result()
    _sign_in(page, house)
    days = _days_about(datetime.now(UTC))
    _wish_hours(page, days, closed=True)
    _make_task(page, "On a holiday")
    page.get_by_text("Multi-concurrency").click()
    page.get_by_role("switch", name="Hours of its own").click()
    _drag_end_of_hours(page)
    _draw_no_period(page)
    _lose_the_pointer(page)
    page.get_by_label("Calling begins").fill("19:00")
    page.get_by_label("Calling ends").fill("18:00")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("The hours end before they begin: 19:00 to 18:00.")).to_be_visible()
    page.get_by_role("switch", name="Hours of its own").click()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("5 AI seats, up to 6 calls at once")).to_be_visible()
    _import_and_start(page, data, wanted="Last visit")
    expect(page.get_by_text(re.compile("^Suspended until .*: holiday"))).to_be_visible()

    where = page.url
    _wish_hours(page, days, closed=False)
    page.goto(where)
    expect(page.get_by_text("Finished").first).to_be_visible(timeout=CALL_MS)


def test_who_wrote_that_they_want_no_calls_is_listed_and_taken_off_with_a_reason(
    page: Page, house: DemoHouse
) -> None:
    _sign_in(page, house, "/do-not-call")
    page.get_by_role("link", name="Add numbers").first.click()
    page.get_by_label("Numbers, one a line").fill("+1 212 555 0188\n12")
    page.get_by_label("Why (optional)").fill("Wrote to us")
    page.get_by_role("button", name="Put on the list").click()
    expect(page.get_by_text("1 number was put on the list.")).to_be_visible()
    expect(page.get_by_text("too few or too many digits")).to_be_visible()
    expect(page.get_by_label("Numbers, one a line")).to_have_value("12")
    page.keyboard.press("Escape")
    page.wait_for_url("**/do-not-call")
    expect(page.get_by_role("link", name="Add numbers").first).to_be_focused()

    page.get_by_role("link", name="+1 212 555 0188").click()
    page.get_by_label("Why may this number be called again?").fill("Asked for an offer")
    page.get_by_role("button", name=re.compile("Take .* off the list")).click()
    expect(page.get_by_text("Taken off by Anna Berg")).to_be_visible()
    expect(page.get_by_text("Asked for an offer").last).to_be_visible()


def test_whoever_and_whatever_one_looks_for_is_found_from_anywhere(page: Page, house: DemoHouse) -> None:
    house.result()
    _sign_in(page, house)
    page.keyboard.press("Control+k")
    field = page.get_by_label("Find customers, tasks, scripts, calls")
    expect(field).to_be_focused()
    page.keyboard.type("check-up")
    page.locator(".ant-select-item-option").get_by_text("Check-up reminder", exact=True).click()
    page.wait_for_url("**/scripts/**")
    number = _items(page, house, "/customers?limit=1")[0]["phone"]
    page.route("**/api/v1/customers?*", let_late)
    field.fill(number[-7:])
    found = page.locator(".ant-select-item-option", has_text=number[-4:])
    found.first.wait_for()
    first = page.locator(".ant-select-item-group").first.inner_text()
    assert first == "Customer book", "what comes late comes in above nothing"
    found.first.click()
    expect(page.get_by_role("dialog").get_by_text("Phone number").first).to_be_visible()


def test_the_screens_speak_chinese(page: Page, house: DemoHouse) -> None:
    page.goto(f"{_address(house)}/tasks")
    page.get_by_role("button", name="Language").click()
    page.get_by_text("简体中文").click()
    expect(page.get_by_role("button", name="登录")).to_be_visible()
