"""Which tests share a worker where several work (pytest-xdist), as in ``make test``, and which begin first.

The journeys have two demos, one for those that call and one for those that mostly look; whoever else holds calls in
real time or needs the speech server's models shares that server. These begin first, as they take longest and wait
most; every other test goes to whoever is free.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

CALLING = ("brief", "mishaps", "browser", "calling_again", "trying", "demo")
LOOKING = ("keyboard", "designer", "book")
TOGETHER = {
    **{f"tests/journeys/test_{name}.py": "calling" for name in CALLING},
    **{f"tests/journeys/test_{name}.py": "looking" for name in LOOKING},
    "tests/journeys/": "looking",
    "tests/wire/telephony/": "sound",
    "tests/wire/simulator/": "sound",
    "tests/wire/speech/": "sound",
    "tests/conversations/": "sound",
}
"""The group of each folder or file whose tests stay together; the first that fits.

Of the journeys come first those that have something to do while their demo still makes its calls.
"""
ORDER = (*TOGETHER, "tests/db/", "tests/wire/crash/")
"""The crash test comes late enough for most real calls to be over, and early enough not to be waited for."""


class Scheduling(LoadScopeScheduling):
    """Hands tests out one by one, and those of a group together."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a test, which is of its own in most cases."""
        return next((group for place, group in TOGETHER.items() if nodeid.startswith(place)), nodeid)


def _rank(item: pytest.Item) -> int:
    return next((rank for rank, place in enumerate(ORDER) if item.nodeid.startswith(place)), len(ORDER))


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
