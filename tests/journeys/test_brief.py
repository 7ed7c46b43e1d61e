"""What who writes a brief does in the browser: write, mend, talk with the model, publish, restore, call."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ASKED, INVENTED
from tests.journeys.demo_house import DemoHouse
from tests.journeys.test_browser import _sign_in
from tests.journeys.test_designer import _call

pytestmark = pytest.mark.timeout(600)

WRITTEN = "By a brief"


def _new_brief(page: Page) -> None:
    page.get_by_role("link", name="Scripts").click()
    page.get_by_role("link", name="New script").click()
    page.get_by_label("Name", exact=True).fill(WRITTEN)
    page.get_by_text("Spoken by a language model").click()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name=WRITTEN)).to_be_visible()
    expect(page.get_by_text("Nothing to mend.")).to_be_visible()


def _break_and_mend(page: Page) -> None:
    """An opening that says nothing of an AI bars publishing and trying; the fault leads to its field."""
    opening = page.get_by_role("region", name="Opening").get_by_role("textbox").first
    words = opening.input_value()
    opening.fill("Hello {customer_name}, this is {caller} from {company}.")
    expect(page.get_by_role("button", name="Publish")).to_be_disabled()
    page.get_by_role("complementary").get_by_role("button", name=re.compile("Opening")).first.click()
    expect(opening).to_be_focused()
    opening.fill(words)
    expect(page.get_by_text("Nothing to mend.")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_be_enabled()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def _say(page: Page, words: str) -> None:
    field = page.get_by_label("Say something as the customer")
    field.fill(words)
    # Words are seen before their turn has ended; until then nothing can be said.
    expect(page.get_by_role("button", name="Say it")).to_be_enabled()
    field.press("Enter")


def _talk(page: Page) -> None:
    """The model answers; what it invents stands beside with its reason; what it collects has a receipt."""
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("button", name="Begin the conversation").click()
    talk = page.get_by_role("dialog", name="Try it")
    expect(talk.get_by_text("an AI assistant from Harbour Dental")).to_be_visible()
    _say(page, "hello there")
    expect(talk.get_by_text(ASKED)).to_be_visible()
    _say(page, "how much does it cost")
    expect(talk.get_by_text(f"Not said: “{INVENTED}”")).to_be_visible()
    expect(talk.get_by_text("It holds a figure that stands in no fact.")).to_be_visible()
    _say(page, "Monday at three")
    expect(talk.get_by_text("Notes a value")).to_be_visible()
    _say(page, "goodbye then")
    expect(talk.get_by_text("The call ended: everything was said")).to_be_visible()
    expect(talk.get_by_text("Said when to call back")).to_be_visible()
    talk.get_by_role("button", name="Take the last one back").click()
    expect(talk.get_by_text("The call ended: everything was said")).to_be_hidden()
    talk.get_by_role("button", name="Close").click()
    expect(talk).to_be_hidden()


def _publish(page: Page, note: str) -> None:
    page.get_by_role("button", name="Publish").click()
    page.get_by_label("What is different?").fill(note)
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text(f"{WRITTEN} is published.").last).to_be_visible()


def _change_and_restore(page: Page) -> None:
    """A later version is written over, and the first brought back from among the versions."""
    goal = page.get_by_label("Goal", exact=True)
    words = goal.input_value()
    goal.fill("Ask how the customer is.")
    expect(page.get_by_text("Draft 2")).to_be_visible()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.get_by_role("button", name="Versions").click()
    versions = page.get_by_role("dialog", name="Versions")
    versions.get_by_role("button", name="Restore into the draft").last.click()
    expect(page.get_by_label("Goal", exact=True)).to_have_value(words)


def test_a_brief_is_written_mended_tried_published_and_called(page: Page, house: DemoHouse, data: Path) -> None:
    house.result()
    _sign_in(page, house)
    _new_brief(page)
    _break_and_mend(page)
    _talk(page)
    _publish(page, "Written in the browser")
    _change_and_restore(page)
    _call(page, data, WRITTEN, "Spoken by a model")
    expect(page.get_by_text(ASKED).first).to_be_visible()
