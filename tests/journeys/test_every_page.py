"""Every page that the router knows: with everything to show and with nothing, light and dark, wide and narrow."""

from collections.abc import Mapping, Sequence

import pytest
from playwright.sync_api import Page

from tests.journeys import console
from tests.journeys.demo_house import DemoHouse
from tests.journeys.furnishing import BARE_OWNER, OPERATOR
from tests.journeys.pictures import FOLDER as PICTURES_FOLDER
from tests.journeys.pictures import PICTURES, UNSEEN
from tests.journeys.reach import expect_legible, expect_reachable

pytestmark = pytest.mark.timeout(600)

WIDE, NARROW = 1440, 390
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def _sign_in(page: Page, house: DemoHouse, email: str, language: str, theme: console.Theme) -> None:
    """Sign in by a request of the page's own, and open the console in ``language`` and ``theme``."""
    sign_in = house.result()["sign_in"]
    where = f"{sign_in['url']}/api/v1/session"
    for answer in (
        page.request.post(where, data={"email": email, "password": sign_in["password"]}),
        page.request.patch(where, data={"language": language}),
    ):
        assert answer.ok, answer.text()
    page.emulate_media(color_scheme=theme)
    page.goto(f"{sign_in['url']}/tasks")
    page.wait_for_function("(language) => document.documentElement.lang === language", arg=language)
    console.settle(page)


def _walk(page: Page, paths: Sequence[str], *themes: console.Theme) -> None:
    """Expect every page to be usable; then in the other theme, on a phone, legible and no wider than that.

    One walk after the other: to change the theme of a page takes as long as to open it.
    """
    console.look(page, themes[0], WIDE)
    patterns = console.routes(page)
    for path in paths:
        console.go(page, path)
        assert console.dead_links(page, patterns) == [], path
        expect_reachable(page)
    console.look(page, themes[1], NARROW)
    for path in paths:
        console.go(page, path)
        expect_legible(page)
        assert page.evaluate(SIDEWAYS) <= 0, f"{page.url} scrolls sideways at {NARROW} pixels"


def test_every_page_is_for_everybody(page: Page, house: DemoHouse, ids: Mapping[str, str]) -> None:
    _sign_in(page, house, OPERATOR, "en", "light")
    _walk(page, [console.address(pattern, ids) for pattern in console.routes(page)], "light", "dark")


def test_every_page_is_in_the_tour(page: Page, house: DemoHouse, ids: Mapping[str, str]) -> None:
    _sign_in(page, house, OPERATOR, "en", "light")
    assert set(console.routes(page)) - UNSEEN == set(PICTURES)
    tour = (PICTURES_FOLDER.parent / "tour.md").read_text("utf-8")
    for picture in PICTURES.values():
        assert (PICTURES_FOLDER / f"{picture}.png").is_file()
        assert f"(pictures/{picture}.png)" in tour


def test_every_list_without_a_row_is_for_everybody(page: Page, house: DemoHouse, ids: Mapping[str, str]) -> None:
    _sign_in(page, house, BARE_OWNER, "zh-CN", "dark")
    lists = [pattern for pattern in console.routes(page) if not console.is_of_one_thing(pattern)]
    _walk(page, lists, "dark", "light")
