"""What keeps people who see, hear or point otherwise from using a page, as axe-core finds it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "ui" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
# What an open drawer covers was looked at before it was opened.
FIND = """async (options) => {
    const where = document.querySelector("[aria-modal=true]") ?? document;
    const {violations} = await axe.run(where, {...options, resultTypes: ["violations"]});
    return violations.map(({id, impact, nodes}) => [impact, id, nodes.map(({html}) => html.slice(0, 200))]);
}"""
# Pages of the console are one document: what was read once stays.
AT_HAND = "() => 'axe' in window"
# What fades in has the colours of neither its beginning nor its end.
STILL = "() => document.getAnimations().every(({playState}) => playState !== 'running')"


def expect_reachable(page: Page) -> None:
    """Fail with every grave fault of the page as it stands."""
    _expect_no_grave_fault(page, {})


def expect_legible(page: Page) -> None:
    """Fail with every text that stands out too little from what is behind it."""
    _expect_no_grave_fault(page, {"runOnly": ["color-contrast"]})


def _expect_no_grave_fault(page: Page, options: dict[str, Any]) -> None:
    page.wait_for_function(STILL)
    if not page.evaluate(AT_HAND):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[list[Any]] = page.evaluate(FIND, options)
    grave = [fault for fault in found if fault[0] in GRAVE]
    assert grave == [], (page.url, grave)
