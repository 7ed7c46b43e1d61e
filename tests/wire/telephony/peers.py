"""Peers that are not ours: SIPp and baresip as child processes, and a UDP relay that loses packets."""

import asyncio
import atexit
import os
import random
import shutil
import socket
import wave
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from tests.waiting import PATIENCE_S

from callwright.telephony.g711 import MU_LAW

HOST = "127.0.0.1"
_SCENARIOS = Path(__file__).parent / "sipp"
_BARESIP_MODULES = next(iter(Path("/usr/lib").glob("**/baresip/modules")), None)
_PORTS = range(10_000, 20_000)
"""Below those that the kernel hands out and those that a house takes unless told otherwise."""
_SHARE = 500


def program(name: str) -> str:
    """Return where a peer is installed; without it the test is skipped, but fails where CI must have it."""
    found = shutil.which(name)
    if found is None:
        reason = f"{name} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@cache
def ports_of_this_process() -> Iterator[int]:
    """Return the even ones of a share of the ports, over and over; no other process has it, of whatever run.

    A socket that stays open, bound to a name for the share, says that it is taken.
    """
    for first in range(_PORTS.start, _PORTS.stop, _SHARE):
        claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            claim.bind(f"\0callwright-tests-ports-{first}")
        except OSError:
            claim.close()
        else:
            atexit.register(claim.close)
            return cycle(range(first, first + _SHARE, 2))
    pytest.fail("as many processes as there are shares of ports have taken one; end those that are left over")


def free_ports(count: int = 1) -> int:
    """Return the first of ``count`` UDP ports in a row that are free now, and were not handed out of late.

    The first is even.
    """
    places = ports_of_this_process()
    while True:
        first = next(places)
        if first % _SHARE + count <= _SHARE and all(_is_free(port) for port in range(first, first + count)):
            for _ in range((count - 1) // 2):
                next(places)
            return first


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried:
        try:
            tried.bind((HOST, port))
        except OSError:
            return False
    return True


async def bound(port: int, process: asyncio.subprocess.Process) -> None:
    """Wait until ``process`` listens on ``port``."""
    # Looked up rather than tried: a bind of ours at that moment would take the port from the peer.
    entry = f":{port:04X}"
    async with asyncio.timeout(PATIENCE_S):
        while process.returncode is None:
            if any(line.split(maxsplit=2)[1].endswith(entry) for line in _udp_sockets()):
                return
            await asyncio.sleep(0.01)
    pytest.fail(f"the peer on port {port} ended at once with code {process.returncode}")


def _udp_sockets() -> list[str]:
    return Path("/proc/net/udp").read_text().splitlines()[1:]


class Sipp:
    """A SIPp that carries one scenario out once."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, media_port: int, folder: Path) -> None:
        self.process = process
        self.port = port
        self.media_port = media_port
        self._folder = folder

    async def finished(self) -> None:
        """Wait for the end of the scenario, and fail unless it went as written."""
        async with asyncio.timeout(PATIENCE_S):
            code = await self.process.wait()
        errors = "".join(path.read_text() for path in self._folder.glob("*errors.log"))
        assert code == 0, errors


def _filled(scenario: str, keys: dict[str, object]) -> str:
    """Return a scenario with its ``@key@`` filled in; SIPp's own keys can't stand for a response code."""
    text = (_SCENARIOS / f"{scenario}.xml").read_text()
    for key, value in keys.items():
        text = text.replace(f"@{key}@", str(value))
    return text


@asynccontextmanager
async def sipp(
    scenario: str, folder: Path, *, to: tuple[str, int] | None = None, echo: bool = True, **keys: object
) -> AsyncIterator[Sipp]:
    """Run a scenario; as a caller where ``to`` is given."""
    path = program("sipp")
    port, media_port = free_ports(), free_ports(8)
    announcement = (8000 * np.sin(2 * np.pi * 425 * np.arange(8000) / 8000)).astype(np.int16)
    (folder / "announcement.ulaw").write_bytes(MU_LAW.encode(announcement))
    written = folder / f"{scenario}.xml"
    written.write_text(_filled(scenario, {"audio_port": media_port, "payload": 0, **keys}))
    arguments = [
        *(["-rtp_echo"] if echo else []),
        *(f"{HOST}:{to[1]}" for to in ([to] if to else [])),
        *("-sf", str(written), "-s", "2000", "-m", "1", "-nostdin"),
        *("-i", HOST, "-p", str(port), "-mi", HOST, "-mp", str(media_port), "-timeout", f"{PATIENCE_S:.0f}s"),
        *("-trace_err", "-error_file", str(folder / f"{scenario}-errors.log")),
    ]
    process = await asyncio.create_subprocess_exec(
        path, *arguments, cwd=folder, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        if to is None:
            await bound(port, process)
        yield Sipp(process, port, media_port, folder)
    finally:
        await end(process)


async def end(process: asyncio.subprocess.Process) -> None:
    """Kill a child process unless it ended by itself."""
    if process.returncode is None:
        process.kill()
    await process.wait()


def _write_tone(path: Path, hertz: float, seconds: int) -> None:
    sound = (8000 * np.sin(2 * np.pi * hertz * np.arange(8000 * seconds) / 8000)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(sound.tobytes())


_BARESIP_CONFIG = """\
sip_listen {host}:{port}
audio_player aubridge,sink
audio_source aufile,{folder}/said.wav
audio_alert aubridge,alert
ausrc_srate 8000
auplay_srate 8000
rtp_ports {rtp}-{rtp_last}
rtp_timeout 60
net_interface {host}
module_path {modules}
module g711.so
module aufile.so
module aubridge.so
module_app account.so
module_app menu.so
"""


@asynccontextmanager
async def baresip(folder: Path) -> AsyncIterator[int]:
    """Run a baresip that answers every call and says a 600 Hz tone; yields its SIP port."""
    path = program("baresip")
    port, rtp = free_ports(), free_ports(8)
    config = _BARESIP_CONFIG.format(
        host=HOST, port=port, folder=folder, rtp=rtp, rtp_last=rtp + 7, modules=_BARESIP_MODULES
    )
    _write_tone(folder / "said.wav", 600, seconds=10)
    (folder / "config").write_text(config)
    (folder / "accounts").write_text(f"<sip:callee@{HOST}:{port}>;regint=0;answermode=auto\n")
    (folder / "contacts").write_text("")
    process = await asyncio.create_subprocess_exec(
        path, "-f", str(folder), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        stdin=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await bound(port, process)
        yield port
    finally:
        await end(process)


class LossyRelay(asyncio.DatagramProtocol):
    """Passes packets between the engine and one peer, losing, delaying, swapping and repeating some."""

    def __init__(self, peer: tuple[str, int], *, loss: float, delay_s: float, repeat: float, seed: int) -> None:
        self._peer = peer
        self._loss, self._delay_s, self._repeat = loss, delay_s, repeat
        self._chance = random.Random(seed)
        self._caller: tuple[str, int] | None = None
        self._transport: asyncio.DatagramTransport | None = None
        self.lost = 0
        self.passed = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the socket."""
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, source: tuple[str, int]) -> None:
        """Send a packet on to the other side, or not."""
        if source != self._peer:
            self._caller = source
            self._send(data, self._peer)
        elif self._caller is not None:
            self._pass_back(data, self._caller)

    def _pass_back(self, data: bytes, caller: tuple[str, int]) -> None:
        if self._chance.random() < self._loss:
            self.lost += 1
            return
        self.passed += 1
        loop = asyncio.get_running_loop()
        for _ in range(2 if self._chance.random() < self._repeat else 1):
            loop.call_later(self._chance.uniform(0, self._delay_s), self._send, data, caller)

    def _send(self, data: bytes, target: tuple[str, int]) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(data, target)


@asynccontextmanager
async def lossy_relay(
    peer: tuple[str, int], port: int, *, loss: float = 0.0, delay_s: float = 0.0, repeat: float = 0.0
) -> AsyncIterator[LossyRelay]:
    """Run a relay in front of ``peer`` on ``port``."""
    relay = LossyRelay(peer, loss=loss, delay_s=delay_s, repeat=repeat, seed=7)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: relay, local_addr=(HOST, port))
    try:
        yield relay
    finally:
        transport.close()
        await asyncio.sleep(0)
