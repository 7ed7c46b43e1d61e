"""Talking with a script in the browser: a real microphone's worth of sound, heard, understood and answered."""

import asyncio
import re
import wave
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, Playwright, expect

from callwright.speech.client import SpeechClient
from callwright.speech.port import Pcm
from tests.conversations.person import spoken
from tests.journeys.browsers import chromium, own_page
from tests.journeys.demo_house import DemoHouse
from tests.journeys.test_browser import _sign_in

pytestmark = pytest.mark.timeout(600)

TALK_MS = 120_000
SCRIPT = "Check-up reminder"


async def _voice(socket: Path) -> Pcm:
    """Return a simulated person who says yes now and then, whatever they hear."""
    speech = await SpeechClient.connect(socket, wait_s=60)
    try:
        yes = await spoken(speech, "Yes, please.")
    finally:
        await speech.close()
    return np.concatenate([np.zeros(8_000 * 4, np.int16), yes, np.zeros(8_000 * 4, np.int16)])


def _record(pcm: Pcm, file: Path) -> None:
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(pcm.astype("<i2").tobytes())


@contextmanager
def speaking(playwright: Playwright, *flags: str, permissions: Sequence[str] = ()) -> Iterator[Page]:
    """Open a page of a Chromium of its own, whose microphone is what ``flags`` say."""
    with (
        chromium(playwright, "--use-fake-device-for-media-stream", *flags) as browser,
        own_page(browser, permissions=permissions) as page,
    ):
        yield page


def _try_by_microphone(page: Page, house: DemoHouse) -> None:
    _sign_in(page, house)
    page.get_by_role("link", name="Scripts").click()
    expect(page.get_by_role("heading", name="Scripts")).to_be_visible()
    page.get_by_role("link", name=SCRIPT).first.click()
    page.get_by_role("button", name="Try it").click()
    page.get_by_text("Microphone", exact=True).click()
    page.get_by_role("button", name="Start talking").click()


def test_a_script_is_talked_with_through_the_microphone(
    playwright: Playwright, house: DemoHouse, data: Path, tmp_path: Path
) -> None:
    house.result()
    sound = tmp_path / "microphone.wav"
    (socket,) = data.rglob("speech.sock")
    with ThreadPoolExecutor(1) as aside:  # in this thread the browser's loop runs
        _record(aside.submit(asyncio.run, _voice(socket)).result(), sound)
    with speaking(playwright, f"--use-file-for-fake-audio-capture={sound}", permissions=["microphone"]) as page:
        _try_by_microphone(page, house)
        said = page.get_by_role("list", name="Transcript").get_by_role("listitem")
        expect(said.filter(has_text="an AI assistant from").first).to_be_visible(timeout=TALK_MS)
        expect(said.filter(has_text=re.compile("yes", re.I)).first).to_be_visible(timeout=TALK_MS)
        expect(page.get_by_role("navigation", name="Path through the script")).to_contain_text("greeting")
        hang_up = page.locator("#side-panel").get_by_role("button", name="Hang up")
        hang_up.evaluate_all(
            "(found) => found.forEach((one) => one.click())"
        )  # the script may have ended it by now
        expect(page.get_by_text("The talk is over")).to_be_visible()
        expect(page.get_by_text("it counts in no task")).to_be_visible()


def test_a_microphone_that_is_not_allowed_is_said_plainly(playwright: Playwright, house: DemoHouse) -> None:
    house.result()
    with speaking(playwright, "--deny-permission-prompts") as page:
        _try_by_microphone(page, house)
        expect(page.get_by_text("The microphone was not allowed")).to_be_visible()
        expect(page.get_by_text("Allow it beside the address")).to_be_visible()
