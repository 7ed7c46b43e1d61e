"""The PostgreSQL of our own: started, ended, left behind, in use, of another version."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from callwright.db import postgres_files as files
from callwright.db.embedded import EmbeddedPostgres
from callwright.db.errors import EmbeddedDatabaseError
from tests.fixtures_db import folder_for_postgres

OWNER_THAT_IS_KILLED = """
import os, signal, sys
from pathlib import Path
from callwright.db.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]) / "data", Path(sys.argv[1]) / "run")
server.start()
print(server.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL's user may enter."""
    with folder_for_postgres() as made:
        yield made


def server_in(folder: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(folder / "data", folder / "run", durable=False)


def ask(url: str, statement: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(statement.encode()).fetchone()
        return row and row[0]


def keep(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")


def test_yesterdays_data_is_there_and_nothing_stays_behind(folder: Path) -> None:
    with server_in(folder) as server:
        assert ask(server.url, "SHOW listen_addresses") == ""
        assert ask(server.url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        keep(server.url)
        pid = server.pid
        assert pid
    assert server.pid is None
    assert not Path(f"/proc/{pid}").exists()
    with server_in(folder) as server:
        assert ask(server.url, "SELECT number FROM kept") == 42
    socket_folder = Path(server.url.split("host=")[1])
    assert socket_folder.stat().st_mode & 0o077 == 0
    assert list(socket_folder.iterdir()) == []


def test_fsync_is_on_where_data_matters(folder: Path) -> None:
    with EmbeddedPostgres(folder / "data", folder / "run") as server:
        assert ask(server.url, "SHOW fsync") == "on"
        assert ask(server.url, "SHOW synchronous_commit") == "on"


def test_a_folder_in_use_is_said_and_its_user_undisturbed(folder: Path) -> None:
    with server_in(folder) as server:
        with pytest.raises(
            EmbeddedDatabaseError, match=f"another Callwright \\(process {os.getpid()}\\) is using it"
        ):
            server_in(folder).start()
        assert ask(server.url, "SELECT 1") == 1


def test_a_server_whose_owner_was_killed_is_taken_over(folder: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", OWNER_THAT_IS_KILLED, folder], stdout=subprocess.PIPE, text=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    orphan = int(killed.stdout.splitlines()[-1])
    assert files.live_server(folder / "data") == orphan
    with server_in(folder) as server:
        assert server.pid != orphan
        assert files.live_server(folder / "data") == server.pid
        assert ask(server.url, "SELECT 1") == 1


def test_a_pid_file_left_by_a_crash_is_no_obstacle(folder: Path) -> None:
    with server_in(folder):
        pass
    # The number in it belongs to another program by now, as after a restart of the machine.
    left = folder / "data" / "postmaster.pid"
    left.write_text(f"{os.getppid()}\n{folder / 'data'}\n")
    with server_in(folder) as server:
        assert ask(server.url, "SELECT 1") == 1


def test_a_server_that_dies_recovers_at_the_next_start(folder: Path) -> None:
    with EmbeddedPostgres(folder / "data", folder / "run") as server:
        keep(server.url)
        assert server.pid
        os.kill(server.pid, signal.SIGQUIT)
        deadline = time.monotonic() + 90
        while server.pid is not None and time.monotonic() < deadline:
            time.sleep(0.02)
    with server_in(folder) as server:
        assert ask(server.url, "SELECT number FROM kept") == 42


def test_another_versions_folder_is_left_alone(folder: Path) -> None:
    with server_in(folder):
        pass
    (folder / "data" / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedDatabaseError, match="PostgreSQL 15 made it, and this is PostgreSQL 18"):
        server_in(folder).start()
    assert (folder / "data" / "PG_VERSION").read_text() == "15\n"


def test_what_is_no_database_is_not_overwritten(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "thesis.txt").write_text("years of work")
    with pytest.raises(EmbeddedDatabaseError, match="holds something that is no database"):
        server_in(folder).start()
    assert (folder / "data" / "thesis.txt").exists()


def test_half_a_folder_of_a_killed_attempt_is_made_anew(folder: Path) -> None:
    (folder / "data.new").mkdir()
    (folder / "data.new" / "half").write_text("")
    with server_in(folder) as server:
        assert ask(server.url, "SELECT 1") == 1
    assert not (folder / "data.new").exists()


def test_a_path_too_long_for_a_socket(folder: Path) -> None:
    long = folder / ("x" * 100)
    server = EmbeddedPostgres(long / "data", long / "run", durable=False)
    if os.geteuid() == 0:  # root's server has a folder of its own choice, and chooses a short one
        with server:
            assert ask(server.url, "SELECT 1") == 1
        return
    with pytest.raises(EmbeddedDatabaseError, match="longer than 107 bytes"):
        server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as another user")
def test_a_folder_closed_to_its_user_is_entered_where_root_may_grant_it_and_left_closed(folder: Path) -> None:
    closed = folder / "home"
    closed.mkdir(mode=0o700)
    with server_in(closed) as server:
        assert ask(server.url, "SELECT 1") == 1
    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as another user")
def test_a_folder_closed_to_its_user_is_named_where_root_may_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "home"
    closed.mkdir(mode=0o700)
    # As in a container that leaves root without the capability.
    monkeypatch.setattr(files, "CAP_DAC_READ_SEARCH", 63)
    with pytest.raises(EmbeddedDatabaseError, match=f"may not enter {closed}.*ordinary user"):
        server_in(closed).start()
    assert closed.stat().st_mode & 0o777 == 0o700
