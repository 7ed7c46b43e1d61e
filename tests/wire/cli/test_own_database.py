"""The database that a house starts for itself."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fixtures_db import folder_for_postgres
from tests.waiting import PATIENCE_S

from callwright import settings
from callwright.db.errors import EmbeddedDatabaseError
from callwright.wiring import database, folders


@pytest.fixture
def loaded() -> Iterator[settings.Settings]:
    """Settings with a data folder that PostgreSQL's user may enter."""
    with folder_for_postgres() as data:
        loaded = settings.load(data=data)
        folders.prepare(loaded)
        yield loaded


def _open_to_others(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o077]


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_nobody_else_reads_what_a_house_keeps(umask: int) -> None:
    with folder_for_postgres() as folder:
        data = folder / "made" / "data"
        done = subprocess.run(
            [sys.executable, "-m", "callwright", "migrate"],
            env={**os.environ, "CALLWRIGHT_DATA": str(data)},
            umask=umask,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert (data / "postgres.log").stat().st_size > 0
        assert _open_to_others(data) == []
        assert data.stat().st_mode & 0o066 == 0


def test_files_that_were_open_to_others_are_closed(loaded: settings.Settings) -> None:
    for name in ("postgres.log", "postgres.lock"):
        (loaded.data_folder / name).touch()
        (loaded.data_folder / name).chmod(0o644)
    with database.embedded(loaded):
        assert _open_to_others(loaded.data_folder) == []


async def _work_until_the_server_is_killed(loaded: settings.Settings) -> None:
    async with database.running(loaded):
        started = (loaded.data_folder / "postgres" / "postmaster.pid").read_text()
        os.kill(int(started.split()[0]), signal.SIGKILL)
        await asyncio.sleep(PATIENCE_S)


async def test_a_house_ends_with_a_clear_word_when_its_database_dies(loaded: settings.Settings) -> None:
    with pytest.raises(EmbeddedDatabaseError, match=r"ended while it was in use\. Start Callwright again"):
        await _work_until_the_server_is_killed(loaded)
