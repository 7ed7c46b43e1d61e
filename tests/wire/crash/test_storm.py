"""A hundred deaths in the middle of calls: nobody is dialled twice or forgotten, money and seats come out right.

``make crash`` kills a thousand times, or as often as you like: the suite has fifteen minutes for everything.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.wire.crash.storm import weather

KILLS = 100
SEED = 20


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder not below pytest's own, which are closed to the user that PostgreSQL runs as."""
    with tempfile.TemporaryDirectory(prefix="cw-crash-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.timeout(600)
async def test_whatever_dies_each_call_at_the_carrier_is_one_that_was_to_be_made_and_none_is_missing(
    folder: Path,
) -> None:
    outcome = await weather(folder, kills=KILLS, seed=SEED)
    assert (outcome.verdict.faults, outcome.errors) == ([], [])
    assert outcome.killed.total() == KILLS
    assert outcome.verdict.figures["of them given up"], "nobody died at a call"
