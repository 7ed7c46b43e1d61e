"""The supervisor with real processes of the program, and what a person reads when one can't start."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.waiting import until

from callwright.cli.supervisor import ProcessFailedError, Program, Supervisor

DIALER = Program("dialer", ("dial",))


@pytest.fixture
async def supervisor(tmp_path: Path, database_url: str) -> AsyncIterator[Supervisor]:
    """A supervisor whose processes work on a database of their own, ended with the test."""
    environment = {
        **os.environ,
        "CALLWRIGHT_DATA": str(tmp_path),
        "CALLWRIGHT_DATABASE_URL": database_url,
        "CALLWRIGHT_WEB_PORT": "0",
    }
    opened = Supervisor(tmp_path / "logs", environment)
    yield opened
    await opened.stop()
    assert _processes(tmp_path) == []


def _processes(data: Path) -> list[int]:
    """Return the pids of the processes that work on ``data``."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if f"CALLWRIGHT_DATA={data}".encode() in environment.split(b"\0"):
            found.append(int(folder.name))
    return found


async def test_a_process_that_dies_is_started_again(supervisor: Supervisor, tmp_path: Path) -> None:
    await supervisor.start(DIALER)
    (first,) = _processes(tmp_path)
    os.kill(first, signal.SIGKILL)

    async def another_runs() -> bool:
        return _processes(tmp_path) not in ([], [first])

    await until(another_runs, "a restart")


async def test_the_web_process_tells_where_it_is(supervisor: Supervisor) -> None:
    facts = await supervisor.start(Program("web", ("serve",)))
    assert facts["url"].startswith("http://127.0.0.1:")
    assert not facts["url"].endswith(":0")


async def test_one_that_can_not_start_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "dialer.log").write_text("said yesterday\n")
    away = {"CALLWRIGHT_DATA": str(tmp_path), "CALLWRIGHT_DATABASE_URL": "postgresql://me@127.0.0.1:1/nothing"}
    expected = r"dialer did not start: .*127\.0\.0\.1:1.*log: .*dialer\.log"
    with pytest.raises(ProcessFailedError, match=expected) as failed:
        await Supervisor(tmp_path / "logs", {**os.environ, **away}).start(DIALER)
    assert "yesterday" not in str(failed.value), "what it said another time is no reason"
    assert "callwright:" not in str(failed.value)
    assert _processes(tmp_path) == []


def _callwright(tmp_path: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    ports = {"CALLWRIGHT_WEB_PORT": "0", "CALLWRIGHT_SIP_PORT": "0"}
    environment = {**os.environ, "CALLWRIGHT_DATA": str(tmp_path), **ports, **settings}
    command = [sys.executable, "-m", "callwright", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=90, check=False)


def test_without_a_database_the_terminal_says_so_in_a_sentence(tmp_path: Path) -> None:
    done = _callwright(tmp_path, "up", CALLWRIGHT_DATABASE_URL="postgresql://me:hush@127.0.0.1:1/nothing")
    assert done.returncode == 1
    assert "127.0.0.1:1" in done.stderr
    assert "CALLWRIGHT_DATABASE_URL" in done.stderr
    assert "hush" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_web_port_in_use_is_named_with_its_remedy(tmp_path: Path, database_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = _callwright(tmp_path, "serve", CALLWRIGHT_DATABASE_URL=database_url, CALLWRIGHT_WEB_PORT=port)
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "CALLWRIGHT_WEB_PORT" in done.stderr


@pytest.mark.parametrize("setting", ["CALLWRIGHT_WEB_PORT", "CALLWRIGHT_SIP_PORT"])
def test_a_port_in_use_is_said_before_anything_starts(tmp_path: Path, database_url: str, setting: str) -> None:
    kind = socket.SOCK_STREAM if setting == "CALLWRIGHT_WEB_PORT" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind(("127.0.0.1", 0))
        if kind == socket.SOCK_STREAM:
            taken.listen()
        port = str(taken.getsockname()[1])
        done = _callwright(tmp_path, "up", CALLWRIGHT_DATABASE_URL=database_url, **{setting: port})
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert setting in done.stderr
    assert done.stderr.count("callwright:") == 1
    assert list((tmp_path / "logs").iterdir()) == []


def test_a_wrong_setting_stops_before_anything_starts(tmp_path: Path) -> None:
    done = _callwright(tmp_path, "up", CALLWRIGHT_RTP_PORTS="1-2")
    assert done.returncode == 1
    assert "CALLWRIGHT_RTP_PORTS" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "two\nlines", "not \udcff text"])
def test_a_company_without_a_proper_name_is_refused_in_a_sentence(
    tmp_path: Path, database_url: str, name: str
) -> None:
    whose = ("--owner", "a@b.example", "--owner-name", "Ann", "--password", "long enough to be one")
    done = _callwright(tmp_path, "tenant", "add", name, *whose, CALLWRIGHT_DATABASE_URL=database_url)
    assert done.returncode == 1
    assert done.stderr.startswith("callwright: The name of a company can't be used: ")
    assert len(done.stderr.splitlines()) == 1
