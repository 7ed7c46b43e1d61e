"""A real speech server for the tests that need one: started once, shared by the whole run."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from callwright.settings import load

VOICES = ("--kokoro-voices", str(load().kokoro_voices_folder))


def start_speech_server(socket: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start a server at ``socket`` with ``more`` arguments; it is ready when a client connects."""
    return subprocess.Popen(
        [sys.executable, "-m", "callwright.speech.server", "--socket", str(socket), *VOICES, *more]
    )


def stop_speech_server(server: subprocess.Popen[bytes]) -> int:
    """End ``server`` and return its exit code."""
    server.terminate()
    return server.wait(timeout=60)


@pytest.fixture(scope="session")
def speech_socket() -> Iterator[Path]:
    """The socket of a starting or running server: ``await SpeechClient.connect(speech_socket, wait_s=60)``."""
    with tempfile.TemporaryDirectory(prefix="speech-") as folder:  # a path short enough for a socket
        socket = Path(folder) / "speech.sock"
        server = start_speech_server(socket)
        yield socket
        stop_speech_server(server)
