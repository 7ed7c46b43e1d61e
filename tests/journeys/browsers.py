"""The Chromium that the journeys go through the console with, and pages of it that nothing of ours may fail in."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
PATIENCE_MS = 60_000


@contextmanager
def chromium(playwright: Playwright, *flags: str) -> Iterator[Browser]:
    """Run a headless Chromium; without one the test is skipped, but fails where CI must have it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        assert os.environ.get("CI") != "true", "Chromium is missing: apt install chromium"
        pytest.skip("Chromium is not installed: apt install chromium")
    browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, *flags])
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def own_page(browser: Browser, *, permissions: Sequence[str] = ()) -> Iterator[Page]:
    """Open a page that shares nothing with any other; fails in the end when a script of ours failed.

    Nothing moves on it: a press that begins before a dialog has begun to grow ends beside its button, and is none.
    """
    faults: list[str] = []
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce", permissions=permissions
    )
    try:
        context.set_default_timeout(PATIENCE_MS)
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
        yield context.new_page()
    finally:
        context.close()
    assert faults == []
