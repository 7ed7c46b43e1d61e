"""The database that a house starts for itself."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from callwright import settings
from callwright.db.errors import EmbeddedDatabaseError
from callwright.wiring import database, folders


@pytest.fixture
def loaded() -> Iterator[settings.Settings]:
    """Settings with a data folder that PostgreSQL's user may enter."""
    with tempfile.TemporaryDirectory(prefix="cw-own-") as name:
        Path(name).chmod(0o755)
        loaded = settings.load(data=Path(name))
        folders.prepare(loaded)
        yield loaded


async def _work_until_the_server_is_killed(loaded: settings.Settings) -> None:
    async with database.running(loaded):
        started = (loaded.data_folder / "postgres" / "postmaster.pid").read_text()
        os.kill(int(started.split()[0]), signal.SIGKILL)
        await asyncio.sleep(30)


async def test_a_house_ends_with_a_clear_word_when_its_database_dies(loaded: settings.Settings) -> None:
    with pytest.raises(EmbeddedDatabaseError, match=r"ended while it was in use\. Start Callwright again"):
        await _work_until_the_server_is_killed(loaded)
