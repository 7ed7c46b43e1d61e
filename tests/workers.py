"""Which tests share a worker where several work (pytest-xdist), as in ``make test``, and which begin first.

The journeys have two demos, one for those that call and a later one for those that mostly look; whoever else holds
calls in real time or needs the speech server's models shares that server. They begin early, as they take longest
and wait most; every other test goes to whoever is free.
"""

import gc
from collections.abc import Iterator

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

CALLING = ("demo", "brief", "browser", "calling_again", "mishaps", "trying")
LOOKING = ("keyboard", "designer", "book", "")
JOURNEYS = "tests/journeys/test_{}"
TOGETHER = {
    **{JOURNEYS.format(name): "calling" for name in CALLING},
    "tests/wire/telephony/": "sound",
    "tests/wire/simulator/": "sound",
    "tests/wire/speech/": "sound",
    "tests/conversations/": "sound",
    **{JOURNEYS.format(name): "looking" for name in LOOKING},
}
"""The group of each file or folder whose tests stay together; the first that fits."""
ORDER = (
    *(place for place, group in TOGETHER.items() if group != "looking"),
    "tests/unit/",
    *(place for place, group in TOGETHER.items() if group == "looking"),
    "tests/db/",
    "tests/wire/crash/",
)
"""Who looks comes once the first demo's calls are over, and draws scripts while the second makes its own.

The crash test comes late enough for most real calls to be over, and early enough not to be waited for.
"""


class Scheduling(LoadScopeScheduling):
    """Hands tests out one by one, and those of a group together."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a test, which is of its own in most cases."""
        return next((group for place, group in TOGETHER.items() if nodeid.startswith(place)), nodeid)


def _rank(item: pytest.Item) -> int:
    return next((rank for rank, place in enumerate(ORDER) if item.nodeid.startswith(place)), len(ORDER))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Have no garbage looked for in what is imported with the tests: there is none, and each look takes long."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests into their order, where they are shared out."""
    if hasattr(config, "workerinput"):
        items.sort(key=_rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Have tests handed out so."""
    config.option.loadscopereorder = False
    return Scheduling(config, log)
