"""The console's pages as its own router knows them, and where each is found in a furnished house."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from playwright.sync_api import Page

Theme = Literal["light", "dark"]

# The router hangs in no global: it is found where the application was mounted, among what its elements were given.
FIND_ROUTER = """() => {
    const root = document.getElementById("root");
    const open = [root[Object.keys(root).find((key) => key.startsWith("__reactContainer"))]];
    while (open.length > 0) {
        const fiber = open.pop();
        const router = fiber.memoizedProps?.router;
        if (router?.routes) return router;
        open.push(...[fiber.sibling, fiber.child].filter(Boolean));
    }
}"""
LIST_ROUTES = """(router) => {
    const below = (routes, above) => routes.flatMap(({path, children}) => {
        const here = path === undefined ? above : `${above}/${path.replace(/^\\//, "")}`;
        return [...(path === undefined ? [] : [here]), ...below(children ?? [], here)];
    });
    return below(router.routes, "");
}"""
SETTLED = """() => document.querySelector("h1, [role=dialog]")
    && !document.querySelector(".ant-skeleton, .ant-spin-spinning, [aria-busy=true]")"""
QUIET_MS = 120
QUIET = """(forMs) => new Promise((resolve) => {
    const settle = () => { watch.disconnect(); resolve(); };
    let over = setTimeout(settle, forMs);
    const watch = new MutationObserver(() => { clearTimeout(over); over = setTimeout(settle, forMs); });
    watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
})"""
HEIGHT = 900
# What the server answers itself is downloaded or is its own documentation.
LINKS = """() => [...document.querySelectorAll("a[href^='/']")].filter(({href, download}) => !download)
    .map(({pathname}) => pathname).filter((path) => !path.startsWith("/api/"))"""
PARAMETER = re.compile(r":(\w+)")
# A page that has nothing to say about the task that the others are about.
ELSEWHERE = {
    "/tasks/:taskId/dry-run": {"taskId": "preparedId"},
    "/tasks/:taskId/import": {"taskId": "preparedId"},
    "/tasks/:taskId/import/:importId": {"taskId": "preparedId"},
    "/tasks/:taskId/customers/:customerId": {"customerId": "taskCustomerId"},
}


def routes(page: Page) -> list[str]:
    """Return the pattern of every page, such as ``/tasks/:taskId``, in the router's order."""
    router = page.evaluate_handle(FIND_ROUTER)
    found: list[str] = router.evaluate(LIST_ROUTES)
    return list(dict.fromkeys(found))


def address(pattern: str, ids: Mapping[str, str]) -> str:
    """Return the path of a page in the house that ``ids`` are of; KeyError for an id that nothing furnishes."""
    names = ELSEWHERE.get(pattern, {})
    return PARAMETER.sub(lambda named: ids[names.get(named[1], named[1])], pattern).replace("*", "nowhere")


def go(page: Page, path: str) -> None:
    """Go to a page of the console as a link does, and wait until it shows what it has to show."""
    page.evaluate_handle(FIND_ROUTER).evaluate("(router, path) => router.navigate(path)", path)
    settle(page)


def settle(page: Page) -> None:
    """Wait until nothing is on its way any more, and nothing on the page changes."""
    while True:
        page.wait_for_function(SETTLED)
        page.evaluate(QUIET, QUIET_MS)
        if page.evaluate(SETTLED):
            return


def dead_links(page: Page, patterns: Iterable[str]) -> list[str]:
    """Return where the page's links lead within the console that is the address of no page."""
    known = [re.compile(PARAMETER.sub("[^/]+", pattern)) for pattern in patterns if not pattern.endswith("*")]
    paths: list[str] = page.evaluate(LINKS)
    return [path for path in paths if not any(one.fullmatch(path) for one in known)]


def look(page: Page, theme: Theme, width: int) -> None:
    """Look at the console in a window of ``width`` CSS pixels, on a system that asks for ``theme``."""
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.wait_for_function("(theme) => document.documentElement.dataset.theme === theme", arg=theme)


def is_of_one_thing(pattern: str) -> bool:
    """Tell whether a page shows one thing, which has to be there, and no list."""
    return PARAMETER.search(pattern) is not None
