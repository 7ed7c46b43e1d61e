"""The server under bad input, lateness, withdrawal and death."""

import asyncio
import socket
import stat
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgpack
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fixtures_speech import start_speech_server, stop_speech_server

from callwright.speech.client import SpeechClient
from callwright.speech.port import SAMPLE_RATE, SpeechDeadlineError, SpeechUnavailableError
from callwright.speech.protocol import MAX_FRAME_BYTES, Operation, Priority

SECOND = np.zeros(SAMPLE_RATE, np.int16)
MANY = 8


async def test_work_later_than_its_deadline_is_dropped(speech: SpeechClient) -> None:
    asked = [speech.recognise(SECOND, deadline_s=0.02) for _ in range(MANY)]
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    late = [outcome for outcome in outcomes if isinstance(outcome, SpeechDeadlineError)]
    assert late
    assert "recogniser did not answer within 0.0 s" in str(late[0])
    assert (await speech.recognise(SECOND)).text == ""


async def test_cancelling_withdraws_what_waits(speech: SpeechClient) -> None:
    before = (await speech.stats())["recogniser"]["done"]
    tasks = [asyncio.create_task(speech.recognise(SECOND)) for _ in range(MANY)]
    await speech.ping()
    for task in tasks[1:]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await speech.recognise(SECOND)
    after = (await speech.stats())["recogniser"]
    assert after["waiting"] == 0
    assert after["done"] - before < MANY


async def test_a_client_that_leaves_withdraws_what_it_asked(speech_socket: Path, speech: SpeechClient) -> None:
    before = (await speech.stats())["recogniser"]["done"]
    other = await SpeechClient.connect(speech_socket, priority=Priority.AHEAD)
    tasks = [asyncio.create_task(other.recognise(SECOND)) for _ in range(MANY)]
    await other.ping()
    await other.close()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert any(isinstance(outcome, SpeechUnavailableError) for outcome in outcomes)
    await speech.recognise(SECOND)
    after = (await speech.stats())["recogniser"]
    assert after["waiting"] == 0
    assert after["done"] - before < MANY


@pytest.fixture
def ready_socket(speech_socket: Path, speech: SpeechClient) -> Path:
    """The shared server's socket, the server being up."""
    return speech_socket


def exchange(path: Path, data: bytes) -> list[dict[str, object]]:
    """Send ``data``, close our side, and return what the server said until it closed its own."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as raw:
        raw.settimeout(60)
        raw.connect(str(path))
        try:
            raw.sendall(data)
            raw.shutdown(socket.SHUT_WR)
        except OSError:  # the server has closed already
            pass
        received = b""
        try:
            while chunk := raw.recv(65536):
                received += chunk
        except ConnectionResetError:
            pass
    replies = []
    while received:
        (length,) = struct.unpack_from(">I", received)
        replies.append(msgpack.unpackb(received[4 : 4 + length]))
        received = received[4 + length :]
    return replies


def framed(message: object) -> bytes:
    body: bytes = msgpack.packb(message)
    return struct.pack(">I", len(body)) + body


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PING = framed({"id": 1, "op": "ping"})


@FUZZ
@given(data=st.binary(min_size=1, max_size=400))
def test_random_bytes_do_not_disturb_the_server(ready_socket: Path, data: bytes) -> None:
    exchange(ready_socket, data)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as raw:
        raw.settimeout(60)
        raw.connect(str(ready_socket))
        raw.sendall(PING)
        assert b"pong" in raw.recv(100)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("pcm", "language", "text", "voice", "speed", "examples", "deadline_s", "priority")
ASKED = st.sampled_from([*Operation, "sing", 3])


@FUZZ
@given(operation=ASKED, fields=st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_a_request_with_random_fields_is_answered_or_refused(
    ready_socket: Path, operation: object, fields: dict[str, object]
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as raw:
        raw.settimeout(60)
        raw.connect(str(ready_socket))
        raw.sendall(framed({**fields, "id": 9, "op": operation}))
        if operation != Operation.CANCEL:
            assert msgpack.unpackb(raw.recv(65536)[4:])["id"] == 9
        raw.sendall(PING)
        assert b"pong" in raw.recv(100)


def test_an_oversized_frame_is_refused_and_the_connection_closed(ready_socket: Path) -> None:
    (reply,) = exchange(ready_socket, struct.pack(">I", MAX_FRAME_BYTES + 1) + b"x" * 1000)
    assert (reply["id"], reply["error"]) == (0, "speech-frame")


def test_an_id_in_use_is_refused(ready_socket: Path) -> None:
    recognise = {"id": 5, "op": "recognise", "pcm": SECOND.tobytes(), "language": "en", "deadline_s": 5.0}
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as raw:
        raw.settimeout(60)
        raw.connect(str(ready_socket))
        raw.sendall(framed(recognise) + framed(recognise))
        assert b"speech-request" in raw.recv(65536)


async def test_no_server_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SpeechUnavailableError, match="Start it with `callwright speech`"):
        await SpeechClient.connect(tmp_path / "nobody.sock")


@pytest.fixture
def own_socket() -> Iterator[Path]:
    with TemporaryDirectory(prefix="speech-") as folder:
        yield Path(folder) / "own.sock"


async def test_a_client_may_be_there_before_its_server_and_outlives_it(own_socket: Path) -> None:
    client = SpeechClient.reaching(own_socket)
    server: subprocess.Popen[bytes] | None = None
    try:
        with pytest.raises(SpeechUnavailableError, match="not connected"):
            await client.voices()

        server = start_speech_server(own_socket)
        await answered(client)
        assert {voice.language for voice in await client.voices()} == {"en", "zh"}
        assert mode_of(own_socket) == 0o600
        pending = asyncio.create_task(client.recognise(np.zeros(20 * SAMPLE_RATE, np.int16)))
        await client.ping()
        server.kill()
        with pytest.raises(SpeechUnavailableError):
            await pending
        with pytest.raises(SpeechUnavailableError, match="not connected"):
            await client.ping()
        server.wait()
        assert mode_of(own_socket) is not None  # left behind by the dead server

        server = start_speech_server(own_socket)
        await answered(client)
        second = await asyncio.to_thread(run_second, own_socket)
        assert second.returncode == 1
        assert f"Another speech server already serves {own_socket}" in second.stderr
        await client.ping()
    finally:
        await client.close()
        code = server and stop_speech_server(server)
    assert code == 0
    assert mode_of(own_socket) is None


def mode_of(path: Path) -> int | None:
    return stat.S_IMODE(path.stat().st_mode) if path.is_socket() else None


async def answered(client: SpeechClient) -> None:
    """Return once the server has come back."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await client.ping()
            except SpeechUnavailableError:
                await asyncio.sleep(0.05)


def run_second(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "callwright.speech.server", "--socket", str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("name", ["missing/speech.sock", "x" * 120, "taken"])
def test_a_path_that_cannot_be_a_socket_is_refused(own_socket: Path, name: str) -> None:
    path = own_socket.parent / name
    own_socket.with_name("taken").write_text("someone's notes")
    refused = run_second(path)
    assert refused.returncode == 1
    assert "can't listen at" in refused.stderr
    assert own_socket.with_name("taken").read_text() == "someone's notes"
