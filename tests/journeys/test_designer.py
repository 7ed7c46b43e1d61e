"""What who writes scripts does in the browser: draw forty nodes, mend them, publish and call; the same by file."""

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

import callwright.scripts
from tests.journeys import console
from tests.journeys.demo_house import DemoHouse
from tests.journeys.reach import expect_reachable
from tests.journeys.test_browser import (
    CALL_MS,
    TAUGHT_MS,
    _address,
    _fill_in_task,
    _import_and_start,
    _sign_in,
    call_once,
)

pytestmark = pytest.mark.timeout(600)

DRAWN = "Forty nodes"
DEMO_SCRIPT = Path(callwright.scripts.__file__).parent / "demo" / "appointment.yaml"


def _card(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator(f".react-flow__node[data-id='{name}']")


def _choose(page: Page, name: str) -> None:
    """Find a node by its name, as Ctrl+F does; it is chosen and its panel open."""
    page.keyboard.press("Control+f")
    page.get_by_label("Find a node by name or words").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_have_value(name)


def _lead(page: Page, way: str, target: str) -> None:
    page.get_by_label(f"{way} leads to").click()
    page.get_by_label(f"{way} leads to").fill(target)
    page.keyboard.press("Enter")


def _new_script(page: Page) -> None:
    page.get_by_role("link", name="Scripts").click()
    page.get_by_role("link", name="New script").click()
    page.get_by_label("Name", exact=True).fill(DRAWN)
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name=DRAWN)).to_be_visible()
    expect(_card(page, "greeting")).to_be_visible()


def _draw(page: Page) -> None:
    """Lead a yes into a flow of its own, and draw it: one pair of nodes, doubled until there are sixteen.

    Whoever agrees leaves it at the first of its questions, so that a call doesn't go through all of them.
    """
    _choose(page, "question")
    _lead(page, "Yes", "New: Jump")
    page.get_by_role("button", name="Add a flow").click()
    page.get_by_label("Name of the flow").fill("Questions")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Questions")).to_have_attribute("aria-selected", "true")

    page.get_by_role("button", name="Say", exact=True).dblclick()
    page.get_by_label("Says", exact=True).fill("Thank you, {customer_name}.")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_label("Asks", exact=True).fill("Shall I stop here?")
    _lead(page, "Yes", "declined")
    for pairs in (1, 2, 4, 8):
        page.locator(".react-flow__pane").click(position={"x": 12, "y": 300})
        page.keyboard.press("Control+a")
        page.keyboard.press("Control+d")
        expect(page.locator(".react-flow__node")).to_have_count(4 * pairs)
        _choose(page, "ask" if pairs == 1 else f"ask_{pairs}")
        _lead(page, "No", f"say_{pairs + 1}")
    _choose(page, "ask_16")
    _lead(page, "No", "New: Hang up")
    page.get_by_role("tab", name="Main").click()
    _choose(page, "jump")
    page.get_by_label("Flow", exact=True).click()
    page.locator(".ant-select-item-option", has_text="Questions").click()


def _mend_and_publish(page: Page) -> None:
    """What nothing leads to any more is a fault that leads to its node and bars publishing."""
    expect(page.get_by_role("button", name="Publish")).to_be_disabled()
    page.get_by_role("button", name="1 fault").click()
    page.get_by_role("button", name=re.compile("agreed.*no way leads here", re.I)).click()
    expect(_card(page, "agreed")).to_have_class(re.compile("selected"))
    page.get_by_text("Node", exact=True).click()
    _choose(page, "question")
    page.get_by_label("Otherwise", exact=True).fill("agreed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Publish")).to_be_enabled()
    page.get_by_role("button", name="Publish").click()
    page.get_by_label("What is different?").fill("Drawn in the browser")
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text(f"{DRAWN} is published.")).to_be_visible()


def _talk(page: Page) -> None:
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("This is Anna, an AI assistant")).to_be_visible()
    for said in ("yes please", "no thank you", "yes please"):
        page.get_by_label("Say something as the customer").fill(said)
        page.keyboard.press("Enter")
    expect(page.get_by_text("The call ended: the person declined")).to_be_visible(timeout=TAUGHT_MS)
    expect(_card(page, "greeting")).to_be_visible()


def _call(page: Page, data: Path, script: str, task: str, first: int = 2) -> None:
    """Call two of the demo's people, from the ``first`` on: the others were called often enough today."""
    page.get_by_role("link", name="Call tasks").first.click()
    page.get_by_role("link", name="New task").first.click()
    _fill_in_task(page, task, script)
    call_once(page)
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name=task)).to_be_visible()
    _import_and_start(page, data, first)
    expect(page.get_by_text("Finished").first).to_be_visible(timeout=CALL_MS)
    page.get_by_role("tab", name="Calls").click()
    connected = page.get_by_role("tabpanel", name="Calls").get_by_role("row").filter(has_text="Connected")
    connected.first.get_by_role("link").first.click()
    expect(page.get_by_text("an AI assistant from Harbour Dental").first).to_be_visible()


def _import(page: Page, source: str, name: str) -> None:
    """Make a script of a file, and publish it."""
    script = yaml.safe_load(source)
    assert len(script["nodes"]) >= 40
    script["name"] = name
    page.get_by_role("link", name="Scripts").click()
    page.get_by_role("link", name="New script").click()
    page.get_by_text("YAML file").click()
    page.get_by_label("Script", exact=True).fill(yaml.safe_dump(script, allow_unicode=True, sort_keys=False))
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_be_enabled()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text(f"{name} is published.")).to_be_visible()


def test_forty_nodes_are_drawn_mended_published_and_called(page: Page, house: DemoHouse, data: Path) -> None:
    _sign_in(page, house)
    _new_script(page)
    _draw(page)
    _mend_and_publish(page)
    house.result()
    _talk(page)
    where = page.url
    page.reload()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    _call(page, data, DRAWN, "Called as drawn", first=2)
    source = page.request.get(f"{_address(house)}/api/v1/scripts/{where.split('/')[-2]}/source").text()
    _expect_all_drawn(source)
    _import(page, source, "By file")
    _call(page, data, "By file", "Called as written", first=4)


def _expect_all_drawn(source: str) -> None:
    """Whoever says no is asked all sixteen questions, and then hung up on; whoever agrees leaves at any of them."""
    nodes, at, asked = yaml.safe_load(source)["nodes"], "say", set()
    for _ in range(16):
        question = nodes[at]["next"]
        assert nodes[question]["branches"]["yes"] == "declined"
        asked.add(question)
        at = nodes[question]["branches"]["no"]
    assert len(asked) == 16
    assert nodes[at]["kind"] == "hang_up"


def _upload(page: Page, source: str) -> None:
    file = {"name": "mine.yaml", "mimeType": "application/yaml", "buffer": source.encode()}
    page.get_by_label("Upload YAML").set_input_files(file)  # type: ignore[arg-type]


def test_a_file_replaces_a_draft_once_asked_and_the_draft_can_be_had_back(page: Page, house: DemoHouse) -> None:
    _sign_in(page, house, "/scripts/new")
    page.get_by_label("Name", exact=True).fill("Replaced")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="Replaced")).to_be_visible()
    drawn = page.locator(".react-flow__node")
    expect(_card(page, "question")).to_be_visible()
    cards = drawn.count()
    source = DEMO_SCRIPT.read_text("utf-8")
    _upload(page, source)
    expect(page.get_by_text(f"Its {cards - 1} nodes, which were never published")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(drawn).to_have_count(cards)
    _upload(page, source)
    page.get_by_role("button", name="Replace", exact=True).last.click()
    expect(page.get_by_text("is the draft now")).to_be_visible()
    expect(_card(page, "purpose")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(drawn).to_have_count(cards)
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.reload()
    expect(_card(page, "question")).to_be_visible()


def test_pages_of_scripts_can_be_reached_by_everybody(page: Page, house: DemoHouse) -> None:
    _sign_in(page, house, "/scripts")
    expect(page.get_by_role("heading", name="Scripts")).to_be_visible()
    page.get_by_role("link", name="Check-up reminder", exact=True).click()
    _card(page, "purpose").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("purpose")
    expect_reachable(page)
    page.get_by_role("button", name="Versions").click()
    expect(page.get_by_role("link", name="YAML").first).to_be_visible()
    expect_reachable(page)
    where = page.url.split("?")[0]
    for part in ("knowledge", "phrases", "grades", "voice", "unanswered", "corrections"):
        page.goto(f"{where}?part={part}")
        expect(page.get_by_role("dialog")).to_be_visible()
        expect_reachable(page)
    for path, heading in (("scripts", "Scripts"), ("crowds", "Crowd runs")):
        console.go(page, f"/{path}")
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        expect_reachable(page)
