"""The pictures of the documentation, each made anew: ``make pictures``, or with names for some of them.

A demo is run and furnished, and every page of the console taken as a person in London finds it. What a language
model says (``brief.png``) and what a person says into a microphone (``talk.png``) is in no demo; those stay.
"""

import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.journeys import console
from tests.journeys.demo_house import DemoHouse
from tests.journeys.furnishing import OPERATOR, admit, furnish, signed_in, until
from tests.journeys.test_browser import _fill_in_task

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = {"width": 1440, "height": 900}
COLOURS = 256
DEMO = ("--calls", "24", "--concurrency", "6", "--seed", "3")
PEOPLE = 200
CALLED, LIVE = 8, 3  # when there is something to see in a task that runs

PICTURES = {
    "/sign-in": "sign-in",
    "/today": "today",
    "/tasks": "tasks",
    "/tasks/new": "new-task",
    "/tasks/:taskId": "task-done",
    "/tasks/:taskId/import": "import",
    "/tasks/:taskId/import/:importId": "imported",
    "/tasks/:taskId/add": "add-customer",
    "/tasks/:taskId/dry-run": "dry-run",
    "/tasks/:taskId/customers/:customerId": "task-customer",
    "/calls": "calls",
    "/calls/:callId": "call",
    "/imports": "imports",
    "/customers": "customers",
    "/customers/:customerId": "customer",
    "/customers/changes": "customers-changed",
    "/customers/duplicates": "duplicates",
    "/customers/merge/:ids": "merge",
    "/customer-fields": "customer-fields",
    "/customer-fields/new": "new-field",
    "/customer-fields/:fieldId": "customer-field",
    "/do-not-call": "do-not-call",
    "/do-not-call/add": "do-not-call-add",
    "/do-not-call/:entryId": "do-not-call-entry",
    "/scripts": "scripts",
    "/scripts/new": "new-script",
    "/scripts/:scriptId/edit": "designer",
    "/trials/:trialId": "trial",
    "/crowds": "crowds",
    "/crowds/new": "new-crowd",
    "/crowds/:crowdId": "crowd",
    "/crowds/:crowdId/people/:number": "crowd-conversation",
    "/crowds/:crowdId/since/:earlierId": "crowds-compared",
    "/ai-seats": "ai-seats",
    "/lines": "lines",
    "/lines/new": "new-line",
    "/lines/:lineId": "line",
    "/lines/:lineId/test-call": "test-call",
    "/policy-groups": "policy-groups",
    "/policy-groups/:groupId": "policy-group",
    "/policy-groups/:groupId/route": "route",
    "/money": "money",
    "/companies": "companies",
    "/companies/:companyId": "company",
    "/messages": "messages",
    "/messages/templates": "message-templates",
    "/messages/templates/new": "new-message-template",
    "/messages/templates/:templateId": "message-template",
    "/message-channels": "message-channels",
    "/message-channels/new": "new-message-channel",
    "/message-channels/:channelId": "message-channel",
    "/messages/hours": "message-hours",
    "/messages/opt-outs": "message-opt-outs",
    "/messages/chats": "pushes",
    "/chats": "chats",
    "/chats/new": "bind-chat",
    "/chats/wechat": "wechat-account",
    "/warnings": "warnings",
    "/warnings/settings": "warning-settings",
    "/webhooks": "webhooks",
    "/webhooks/new": "new-webhook",
    "/webhooks/:webhookId": "webhook",
    "/webhooks/:webhookId/deliveries/:deliveryId": "webhook-delivery",
    "/settings": "settings",
}
"""The picture of each page, by the router's pattern."""
UNSEEN = {"/", "/*", "/scripts/:scriptId", "/tasks/new/:taskId", "/webhooks/:webhookId/edit", "/pushed/:token"}
"""They lead on to other pages, or nowhere, or look as another does."""
RUNNING = "task"


def _talk(page: Page) -> None:
    """Try the script in writing, so that the drawing shows the way a conversation took."""
    page.get_by_role("button", name="Try it").click()
    for said in ("yes please", "how much is it"):
        page.get_by_label("Say something as the customer").fill(said)
        page.keyboard.press("Enter")
        page.get_by_text(said, exact=True).wait_for()
        console.settle(page)


def _fill_in(page: Page) -> None:
    """Choose what is said and over what, so that the form can say what will happen."""
    _fill_in_task(page, "Autumn check-ups", "Check-up reminder")
    page.get_by_text("They are called on").wait_for()


def _ask_route(page: Page) -> None:
    page.get_by_label("Phone number").fill("+1 212 555 0171")
    page.keyboard.press("Enter")


POSES: dict[str, Callable[[Page], None]] = {
    "/scripts/:scriptId/edit": _talk,
    "/tasks/new": _fill_in,
    "/policy-groups/:groupId/route": _ask_route,
}
"""What a person does on a page before it shows what it is for."""


def main(wanted: set[str]) -> None:
    """Make the pictures whose names are ``wanted``, else all."""
    with tempfile.TemporaryDirectory(prefix="cw-pictures-") as name:
        data = Path(name)
        data.chmod(0o755)  # the database has a user of its own
        house = DemoHouse(data, *DEMO)
        try:
            with _browser() as page:
                _make(page, house, data, wanted)
        finally:
            house.interrupt()


def _make(page: Page, house: DemoHouse, data: Path, wanted: set[str]) -> None:
    url = house.wait_for(r"(http://\S+)/tasks/")[1]
    password = house.wait_for(r"password\s+(\S+)")[1]
    admit(data, password)
    signed = page.request.post(f"{url}/api/v1/session", data={"email": OPERATOR, "password": password})
    assert signed.ok, signed.text()
    with signed_in(url, OPERATOR, password) as client:
        if _is(RUNNING, wanted):
            task = f"/tasks/{house.wait_for(r'/tasks/([0-9a-f-]{36})')[1]}"
            until(
                client, f"{task}/progress", lambda found: found["called"] >= CALLED and len(found["live"]) >= LIVE
            )
            page.goto(url + task)
            _take(page, RUNNING)
        house.result()
        ids = furnish(client, people=PEOPLE)
    page.goto(f"{url}/tasks")
    console.settle(page)
    for pattern, picture in PICTURES.items():
        if _is(picture, wanted):
            console.go(page, console.address(pattern, ids))
            if pattern in POSES:
                POSES[pattern](page)
            _take(page, picture)


def _is(picture: str, wanted: set[str]) -> bool:
    return not wanted or picture in wanted


@contextmanager
def _browser() -> Iterator[Page]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(
            viewport=SIZE,  # type: ignore[arg-type]
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            color_scheme="light",
        )
        page.set_default_timeout(120_000)
        yield page
        browser.close()


def _take(page: Page, picture: str) -> None:
    """Keep what is on the screen, in as few colours as nobody misses."""
    console.settle(page)
    with Image.open(io.BytesIO(page.screenshot())) as taken:
        few = taken.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{picture}.png", optimize=True)
    sys.stdout.write(f"docs/pictures/{picture}.png\n")


if __name__ == "__main__":
    main(set(sys.argv[1:]))
