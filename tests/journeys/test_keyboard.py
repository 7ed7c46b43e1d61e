"""A script drawn, mended, tried and published by who uses no mouse."""

import re
from time import monotonic

import pytest
from playwright.sync_api import ElementHandle, Page, Route, expect

from tests.journeys.browsers import PATIENCE_MS
from tests.journeys.demo_house import DemoHouse
from tests.journeys.test_browser import TAUGHT_MS, _sign_in

pytestmark = pytest.mark.timeout(600)

MOST_TABS = 40
NAME_OF_FOCUSED = """() => {
    const at = document.activeElement;
    const told = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
    return (at.dataset.id ?? told).trim();
}"""


def _expect_focus(page: Page, name: str) -> None:
    page.wait_for_function(f"(name) => ({NAME_OF_FOCUSED})() === name", arg=name)


def _tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Go on by the tab key until the focus is on what is called ``name``."""
    passed: list[str] = []
    while len(passed) < MOST_TABS:
        page.keyboard.press(key)
        passed.append(page.evaluate(NAME_OF_FOCUSED))
        if passed[-1] == name:
            return
    pytest.fail(f"{name!r} can't be reached by {key}: {passed}")


def _lead(page: Page, field: str, target: str) -> None:
    _tab_to(page, field)
    page.keyboard.type(target)
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("aria-expanded", "false")


def _write(page: Page, label: str, text: str) -> None:
    """Write into the panel of the focused card, which takes the focus."""
    page.keyboard.press("Enter")
    _expect_focus(page, label)
    page.keyboard.insert_text(text)


def _back_to(page: Page, name: str) -> None:
    page.keyboard.press("Escape")
    _expect_focus(page, name)


def _draw(page: Page) -> None:
    """Lead the yes of the question to three nodes of one's own."""
    _expect_focus(page, "greeting")
    page.keyboard.press("ArrowRight")
    _expect_focus(page, "question")
    page.keyboard.press("Enter")
    _expect_focus(page, "Asks")
    _lead(page, "Yes leads to", "New: Ask")
    _back_to(page, "question")
    page.keyboard.press("ArrowRight")
    _expect_focus(page, "ask")
    _write(page, "Asks", "Shall I send you an offer?")
    _lead(page, "Yes leads to", "New: Say")
    _lead(page, "No leads to", "declined")
    _back_to(page, "ask")
    page.keyboard.press("ArrowRight")
    _expect_focus(page, "say")
    _write(page, "Says", "It is on its way.")
    _lead(page, "Then", "New: Hang up")
    _back_to(page, "say")
    page.keyboard.press("ArrowRight")
    _expect_focus(page, "hang_up")
    _write(page, "Says goodbye", "Goodbye.")
    _back_to(page, "hang_up")


def _mend(page: Page) -> None:
    """Go to the fault, which is the node that nothing leads to any more, and delete it; a copy of it, too."""
    expect(page.locator("[data-id=agreed]")).to_contain_text("no way leads here.")
    _tab_to(page, "1 fault", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("agreed.*no way leads here", re.I))).to_be_visible()
    _tab_to(page, "agreedno way leads here.Connect something to it, or delete it.")
    page.keyboard.press("Enter")
    _back_to(page, "agreed")
    page.keyboard.press("Control+c")
    expect(page.get_by_text("1 node copied.")).to_be_visible()
    page.keyboard.press("Control+v")
    _expect_focus(page, "agreed_2")
    page.keyboard.press("Delete")
    expect(page.get_by_text("1 node deleted.")).to_be_visible()
    page.keyboard.press("Control+f")
    _expect_focus(page, "Find a node by name or words")
    page.keyboard.type("agreed")
    page.keyboard.press("Enter")
    _expect_focus(page, "agreed")
    page.keyboard.press("Delete")
    expect(page.get_by_role("button", name="Publish")).to_be_enabled()


def _say_unanswered(page: Page, words: str) -> ElementHandle:
    """Say something and see it, although what it means is awaited; return the element in which it stands."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/v1/scripts/chat", hold)
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    deadline = monotonic() + PATIENCE_MS / 1000
    while not held and monotonic() < deadline:
        page.wait_for_timeout(20)
    assert [words in (route.request.post_data or "") for route in held] == [True]
    said = page.get_by_text(words, exact=True).element_handle()
    held[0].continue_()
    page.unroute("**/api/v1/scripts/chat")
    return said


def _try(page: Page) -> None:
    _tab_to(page, "Try it", "Shift+Tab")
    page.keyboard.press("Enter")
    _expect_focus(page, "Say something as the customer")
    said = _say_unanswered(page, "yes please")
    expect(page.get_by_role("button", name="yes please")).to_be_visible(timeout=TAUGHT_MS)
    assert said.evaluate("(words) => words.isConnected")  # a screen reader would tell another element's words again
    page.keyboard.type("yes")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The call ended")).to_be_visible(timeout=TAUGHT_MS)
    expect(page.get_by_text("It is on its way.").last).to_be_visible()
    _expect_focus(page, "Start again")


def test_a_script_is_drawn_mended_tried_and_published_without_the_mouse(page: Page, house: DemoHouse) -> None:
    _sign_in(page, house, "/scripts/new")
    _expect_focus(page, "Name")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    _draw(page)
    _mend(page)
    house.result()  # until then calls that are held are understood before who tries
    _try(page)
    _tab_to(page, "Publish", "Shift+Tab")
    page.keyboard.press("Enter")
    _expect_focus(page, "What is different?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("By keyboard is published.")).to_be_visible()
