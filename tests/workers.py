"""Which tests share a worker where several work (pytest-xdist), as in ``make test``.

Whoever holds calls in real time or needs the speech server's models does so on one worker: no two of them are in
each other's way, and there is one server and one demo. They begin first, as they take longest; every other test
goes to whoever is free.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/wire/crash/": "crash",
    "tests/journeys/": "calls",
    "tests/conversations/": "calls",
    "tests/wire/simulator/": "calls",
    "tests/wire/speech/": "calls",
    "tests/wire/telephony/": "calls",
}
"""The group of each folder whose tests stay together, in the order of their begin."""


class Scheduling(LoadScopeScheduling):
    """Hands tests out one by one, and those of a group together."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a test, which is of its own in most cases."""
        folder = _folder_together(nodeid)
        return nodeid if folder is None else TOGETHER[folder]


def _folder_together(nodeid: str) -> str | None:
    return next((folder for folder in TOGETHER if nodeid.startswith(folder)), None)


def _rank(item: pytest.Item) -> int:
    folder = _folder_together(item.nodeid)
    return len(TOGETHER) if folder is None else list(TOGETHER).index(folder)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put those first that stay together."""
    if hasattr(config, "workerinput"):
        items.sort(key=_rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Have tests handed out so."""
    config.option.loadscopereorder = False
    return Scheduling(config, log)
