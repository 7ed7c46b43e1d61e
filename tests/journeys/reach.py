"""What keeps people who see, hear or point otherwise from using a page, as axe-core finds it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "ui" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
FIND = """() => axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => violations.map(
    ({id, impact, nodes}) => [impact, id, nodes.map(({html}) => html.slice(0, 200))]))"""
# What fades in has the colours of neither its beginning nor its end.
STILL = "() => document.getAnimations().every(({playState}) => playState !== 'running')"


def expect_reachable(page: Page) -> None:
    """Fail with every grave fault of the page as it stands."""
    page.wait_for_function(STILL)
    page.evaluate(AXE.read_text("utf-8"))
    found: list[list[Any]] = page.evaluate(FIND)
    grave = [fault for fault in found if fault[0] in GRAVE]
    assert grave == [], (page.url, grave)
