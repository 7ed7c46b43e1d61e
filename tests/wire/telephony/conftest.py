"""Engines for the tests, stopped at the end of each without leaving anything behind."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from tests.waiting import PATIENCE_S
from tests.wire.telephony.peers import HOST, free_ports, ports_of_this_process

from callwright.telephony.embedded.config import Challenge, EmbeddedConfig
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import Originate, PhoneCall, Trunk

StartEngine = Callable[..., Awaitable[EmbeddedEngine]]


def _open_sockets() -> int:
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return sum(str(link.readlink()).startswith("socket:") for link in links)


async def _until_closed(sockets: int) -> None:
    """Wait for threads that look a name up, and can't be ended; fail when more than ``sockets`` stay open."""
    over = time.monotonic() + PATIENCE_S
    while _open_sockets() != sockets:
        assert time.monotonic() < over, (_open_sockets(), sockets)
        await asyncio.sleep(0.01)


@pytest.fixture
async def start_engine() -> AsyncIterator[StartEngine]:
    """Start engines on free ports; afterwards no socket, task or timer of theirs may be left."""
    ports_of_this_process()  # has a socket that stays
    sockets, tasks = _open_sockets(), asyncio.all_tasks()
    engines: list[EmbeddedEngine] = []

    async def start(challenge: Challenge | None = None, **settings: Any) -> EmbeddedEngine:
        first = free_ports(40)
        # SIPp would take a ping for the call that it expects.
        settings = {"sip_port": 0, "rtp_ports": (first, first + 39), "ping_s": None, **settings}
        config = EmbeddedConfig(host=HOST, challenge=challenge, **settings)
        engine = EmbeddedEngine(config)
        await engine.start()
        engines.append(engine)
        return engine

    yield start
    await asyncio.gather(*(engine.stop() for engine in engines))
    await asyncio.sleep(0)
    await _until_closed(sockets)
    assert asyncio.all_tasks() <= tasks | {asyncio.current_task()}


async def call(engine: EmbeddedEngine, port: int, to: str = "2000", **settings: Any) -> PhoneCall:
    """Place a call to a peer on loopback."""
    await engine.set_trunk(Trunk("peer", HOST, port))
    return await engine.originate(Originate("peer", to, "4000", **settings))
