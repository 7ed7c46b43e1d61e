"""A process that is ready looks through what it loaded for garbage no more."""

import gc
from collections.abc import Iterator

import pytest

from callwright.cli.readiness import announce


@pytest.fixture
def unfrozen() -> Iterator[None]:
    kept = gc.get_freeze_count()
    gc.unfreeze()
    yield
    gc.unfreeze()
    if kept:
        gc.freeze()


@pytest.mark.usefixtures("unfrozen")
def test_what_was_loaded_is_left_out_of_every_collection() -> None:
    loaded: list[list[int]] = [[]]
    announce()
    assert not any(one is loaded for one in gc.get_objects())
