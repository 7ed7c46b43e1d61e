"""The limit the media benchmark is set against: the same packets at the same pace, and nothing done with them."""

import asyncio
import socket
import time
from dataclasses import dataclass

import numpy as np

_FRAME_S = 0.02
_SLOTS = 10
_PACKET = bytes(12 + 160)


@dataclass
class Bare:
    """What the bare loop used and lost, and how late it was."""

    cpu_percent: float
    lost: int
    late_p99_ms: float


class _Counts:
    def __init__(self) -> None:
        self.sent = self.received = 0
        self.late_s: list[float] = []


def _beat(sockets: list[socket.socket], peer: tuple[str, int], counts: _Counts) -> None:
    for sock in sockets:
        try:
            while True:
                sock.recvfrom(2048)
                counts.received += 1
        except BlockingIOError:
            sock.sendto(_PACKET, peer)
            counts.sent += 1


async def _pace(
    sockets: list[socket.socket], slot: int, peer: tuple[str, int], until: float, counts: _Counts
) -> None:
    loop = asyncio.get_running_loop()
    due = loop.time() + slot * _FRAME_S / _SLOTS
    while due < until:
        await asyncio.sleep(due - loop.time())
        counts.late_s.append(loop.time() - due)
        _beat(sockets, peer, counts)
        due += _FRAME_S


async def hold_bare(calls: int, hold_s: float, peer: tuple[str, int]) -> Bare:
    """Send and take back one packet per call every 20 ms, spread over the 20 ms."""
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(calls)]
    counts = _Counts()
    for sock in sockets:
        sock.bind(("127.0.0.1", 0))
        sock.setblocking(False)
    used, begun = time.process_time(), time.perf_counter()
    until = asyncio.get_running_loop().time() + hold_s
    await asyncio.gather(*(_pace(sockets[slot::_SLOTS], slot, peer, until, counts) for slot in range(_SLOTS)))
    cpu = 100 * (time.process_time() - used) / (time.perf_counter() - begun)
    await asyncio.sleep(0.1)
    in_flight = _Counts()
    _beat(sockets, peer, in_flight)
    for sock in sockets:
        sock.close()
    late_ms = 1000 * float(np.percentile(counts.late_s, 99))
    return Bare(cpu, counts.sent - counts.received - in_flight.received, late_ms)
