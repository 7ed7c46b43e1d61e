"""A hundred deaths in the middle of calls: nobody is dialled twice or forgotten, money and seats come out right.

``make crash`` kills a thousand times, or as often as you like.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fixtures_db import folder_for_postgres
from tests.wire.crash.storm import weather

KILLS = 100
SEED = 20


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL's user may enter."""
    with folder_for_postgres() as made:
        yield made


@pytest.mark.timeout(900)
async def test_whatever_dies_each_call_at_the_carrier_is_one_that_was_to_be_made_and_none_is_missing(
    folder: Path,
) -> None:
    outcome = await weather(folder, kills=KILLS, seed=SEED)
    assert "\n".join([*outcome.verdict.faults, *outcome.errors]) == ""
    assert outcome.killed.total() == KILLS
    assert outcome.verdict.figures["of them given up"], "nobody died at a call"
