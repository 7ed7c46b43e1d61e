"""One house and one browser for the journeys of a worker."""

import asyncio
import json
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.fakes.language_server import Exchange, calls, language_server, says
from tests.journeys.browsers import chromium, own_page
from tests.journeys.demo_house import DemoHouse, processes_of
from tests.journeys.furnishing import OPERATOR, Ids, admit, furnish, signed_in
from tests.unit.dialogue.small import small

CALLS = 12
ASKED = "Which day would suit you?"
INVENTED = "It costs 35 dollars."
COLLECTS = "Monday"
LAWFUL = "Hello {customer_name}, this is {caller}, an AI assistant from {company}. This call is recorded. Ready?"


async def _answer(exchange: Exchange) -> None:
    """Ask for a day; invent a price when asked for one; keep a day; hang up at a goodbye, or the third turn."""
    messages = exchange.body["messages"]
    said, turns = messages[-1], sum(message["role"] == "user" for message in messages)
    words = said["content"]
    if said["role"] == "tool":
        await says("Thank you.")(exchange)
    elif "cost" in words:
        await says(INVENTED)(exchange)
    elif COLLECTS in words:
        await calls("collect", json.dumps({"name": "callback", "value": words}))(exchange)
    elif "goodbye" in words or turns > 2:
        await calls("hang_up", '{"reason": "finished"}')(exchange)
    else:
        await says("I see. ", ASKED)(exchange)


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; its loop runs in the journeys' thread until they are over."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser for all journeys: pages share nothing, and to start one takes a second."""
    with chromium(playwright) as started:
        yield started


@pytest.fixture
def page(browser: Browser, house: DemoHouse) -> Iterator[Page]:
    """A page of a person's own, whom the house doesn't know yet."""
    with own_page(browser) as opened:
        yield opened


@pytest.fixture(scope="package")
def language_address() -> Iterator[str]:
    """The address of a language server that stays up through the journeys, in a thread of its own."""
    ready, over = threading.Event(), asyncio.Event()
    found: list[tuple[str, asyncio.AbstractEventLoop]] = []

    async def serve() -> None:
        async with language_server(_answer) as server:
            found.append((server.address, asyncio.get_running_loop()))
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    address, loop = found[0]
    yield address
    loop.call_soon_threadsafe(over.set)
    thread.join()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture(scope="package")
def data() -> Iterator[Path]:
    """A data folder that the database's own user can reach, kept through the journeys."""
    with tempfile.TemporaryDirectory(prefix="cw-journey-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture(scope="package")
def house(data: Path, language_address: str) -> Iterator[DemoHouse]:
    """A demo of twelve calls that stays up afterwards, and leaves nothing behind when it ends."""
    settings = {
        "CALLWRIGHT_LANGUAGE_MODEL_URL": language_address,
        "CALLWRIGHT_LANGUAGE_MODEL": "small",
        "CALLWRIGHT_WEB_PORT": str(_free_port()),  # one that a web process comes back to
    }
    opened = DemoHouse(data, "--calls", str(CALLS), "--concurrency", "6", "--seed", "3", settings=settings)
    try:
        yield opened
    finally:
        code = opened.interrupt()
    assert code == 0
    assert processes_of(data) == []


@pytest.fixture(scope="package")
def ids(house: DemoHouse, data: Path) -> Ids:
    """The ids of what is in the house, once every page has something to show and a second company has nothing."""
    sign_in = house.result()["sign_in"]
    admit(data, sign_in["password"])
    with signed_in(sign_in["url"], OPERATOR, sign_in["password"]) as client:
        return furnish(client, tried=yaml.safe_dump(small(nodes__hello__text=LAWFUL, nodes__hello__barge_in=False)))
