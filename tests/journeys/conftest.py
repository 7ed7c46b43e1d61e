"""One house for the journeys that only look around in it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.demo_house import DemoHouse, processes_of

CALLS = 12


@pytest.fixture(scope="session")
def data() -> Iterator[Path]:
    """A data folder that the database's own user can reach, kept through the session."""
    with tempfile.TemporaryDirectory(prefix="cw-journey-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture(scope="session")
def house(data: Path) -> Iterator[DemoHouse]:
    """A demo of twelve calls that stays up afterwards, and leaves nothing behind when it ends."""
    opened = DemoHouse(data, "--calls", str(CALLS), "--concurrency", "6", "--seed", "3")
    try:
        yield opened
    finally:
        code = opened.interrupt()
    assert code == 0
    assert processes_of(data) == []
