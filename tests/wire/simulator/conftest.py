"""A world on loopback with handsets that ring shortly, and a phone engine that calls them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from callwright.simulator.scenario import Handset, Scenario
from callwright.simulator.truth import Call, read_truth
from callwright.simulator.world import WorldConfig, WorldReady, run_world
from callwright.speech.port import Pcm, Recogniser
from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import (
    FRAME_SAMPLES,
    Answered,
    CallEvent,
    Ended,
    Frame,
    Originate,
    PhoneCall,
    Trunk,
    TrunkState,
)

NUMBER = "+12125550100"


@dataclass
class Listener:
    """Hears everything; says what it is given."""

    frames: list[Frame] = field(default_factory=list)
    speech: Pcm = field(default_factory=lambda: np.zeros(0, np.int16))

    @property
    def sound(self) -> Pcm:
        """Everything heard so far."""
        return np.concatenate(self.frames) if self.frames else np.zeros(0, np.int16)

    def heard(self, frame: Frame) -> None:
        """Keep it."""
        self.frames.append(frame.copy())

    def say(self) -> Frame | None:
        """Say the next 20 ms of what was given."""
        frame, self.speech = self.speech[:FRAME_SAMPLES], self.speech[FRAME_SAMPLES:]
        return np.pad(frame, (0, FRAME_SAMPLES - len(frame))) if len(frame) else None


@dataclass
class Finding:
    """What a caller found: its events, and what it heard."""

    events: list[CallEvent]
    listener: Listener

    @property
    def ended(self) -> Ended:
        """The last event."""
        last = self.events[-1]
        assert isinstance(last, Ended)
        return last


@dataclass
class Town:
    """A world and a caller."""

    engine: EmbeddedEngine
    ready: WorldReady
    config: WorldConfig

    @property
    def state(self) -> TrunkState | None:
        """How the line to the world stands."""
        return _state(self.engine)

    async def dial(self, number: str = NUMBER, ring_timeout_s: float = 20.0) -> tuple[PhoneCall, Listener]:
        """Place a call."""
        request = Originate("world", number, "4001", ring_timeout_s=ring_timeout_s, max_duration_s=60)
        call, listener = await self.engine.originate(request), Listener()
        call.attach(listener)
        return call, listener

    async def find(
        self,
        number: str = NUMBER,
        *,
        ring_timeout_s: float = 20.0,
        until: Callable[[Pcm], bool] | None = None,
        say: Pcm | None = None,
    ) -> Finding:
        """Call and stay to the end, or until ``until`` is true of what was heard."""
        call, listener = await self.dial(number, ring_timeout_s)
        watcher = asyncio.create_task(_hang_up_when(call, listener, until)) if until else None
        events = []
        async for event in call.events():
            events.append(event)
            if isinstance(event, Answered) and say is not None:
                listener.speech = say
        if watcher is not None:
            watcher.cancel()
            await asyncio.gather(watcher, return_exceptions=True)
        return Finding(events, listener)

    async def truth(self, calls: int = 1) -> list[Call]:
        """Return the truth once it holds so many calls."""
        while len(read_truth(self.config.truth)) < calls:  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.02)
        return read_truth(self.config.truth)


async def _hang_up_when(call: PhoneCall, listener: Listener, until: Callable[[Pcm], bool]) -> None:
    while not until(listener.sound):  # noqa: ASYNC110 - any condition on the sound
        await asyncio.sleep(0.1)
    await call.hang_up()


Build = Callable[..., AbstractAsyncContextManager[Town]]


@pytest.fixture(scope="session")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where rendered speech is kept for the whole run."""
    return tmp_path_factory.mktemp("voices")


@pytest.fixture
def build(tmp_path: Path, voices: Path) -> Build:
    """Return a maker of towns with the handsets given, by their numbers."""

    @asynccontextmanager
    async def make(
        handsets: dict[str, Handset],
        *,
        users: dict[str, str] | None = None,
        credentials: tuple[str, str] | None = None,
        recogniser: Recogniser | None = None,
    ) -> AsyncIterator[Town]:
        config = WorldConfig(
            scenario=Scenario(seed=1, handsets=handsets),
            truth=tmp_path / "truth.jsonl",
            cache=voices,
            port=0,
            users=users or {},
            recogniser=recogniser,
        )
        async with _running_world(config) as where, _running_engine() as engine:
            user, password = credentials or (None, None)
            await engine.set_trunk(Trunk("world", where.host, where.port, user, password, register=bool(user)))
            if user is not None:
                await _registered_or_refused(engine)
            yield Town(engine, where, config)

    return make


@asynccontextmanager
async def _running_world(config: WorldConfig) -> AsyncIterator[WorldReady]:
    ready: asyncio.Queue[WorldReady] = asyncio.Queue()
    world = asyncio.create_task(run_world(config, ready.put_nowait))
    try:
        yield await ready.get()
    finally:
        world.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await world


@asynccontextmanager
async def _running_engine() -> AsyncIterator[EmbeddedEngine]:
    engine = EmbeddedEngine(EmbeddedConfig(sip_port=0))
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


async def _registered_or_refused(engine: EmbeddedEngine) -> None:
    waiting = (TrunkState.REGISTERING, None)
    while _state(engine) in waiting:  # noqa: ASYNC110 - the port has no event for it
        await asyncio.sleep(0.02)


def _state(engine: EmbeddedEngine) -> TrunkState | None:
    status = engine.status("world")
    return None if status is None else status.state
