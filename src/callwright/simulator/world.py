"""The telephone world as a process: a SIP peer, its handsets and their truth."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from callwright.kit.clock import Clock, SystemClock
from callwright.simulator.handset import Equipment, refuse_second, refuse_unknown, serve, utterances
from callwright.simulator.live_call import LiveCall
from callwright.simulator.scenario import Scenario
from callwright.simulator.speech_store import Haste, SpeechStore
from callwright.simulator.truth import Call, TruthLog
from callwright.speech.port import Recogniser
from callwright.telephony.embedded.config import Challenge, EmbeddedConfig
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import IncomingCall

log = structlog.get_logger(__name__)

REALM = "telephone-world"

_READY_HANDSETS = 5


@dataclass(frozen=True, slots=True)
class WorldConfig:
    """How a world is set up.

    ``truth`` is appended to; ``cache`` keeps rendered speech between starts. With ``users`` (names to passwords) a
    line must register, and must answer a digest challenge for each call; without, anyone may call. With
    ``recogniser`` people understand what they are asked. ``port`` 0 takes any free port.
    """

    scenario: Scenario
    truth: Path
    cache: Path
    host: str = "127.0.0.1"
    port: int = 5080
    rtp_ports: tuple[int, int] = (40000, 49999)
    users: Mapping[str, str] = field(default_factory=dict, repr=False)
    recogniser: Recogniser | None = None
    clock: Clock = field(default_factory=SystemClock)


@dataclass(frozen=True, slots=True)
class WorldReady:
    """Where a world takes calls, and how many handsets it has."""

    host: str
    port: int
    handsets: int


async def run_world(config: WorldConfig, ready: Callable[[WorldReady], None]) -> None:
    """Let a world live until cancelled; ``ready`` is called once, when it takes calls.

    Raises EngineUnavailableError when the port is taken.
    """
    async with AsyncExitStack() as cleanup:
        store = SpeechStore(config.cache)
        cleanup.push_async_callback(store.close)
        truth = TruthLog(config.truth)
        cleanup.callback(truth.close)
        challenge = Challenge(REALM, config.users) if config.users else None
        engine = EmbeddedEngine(
            EmbeddedConfig(
                host=config.host,
                sip_port=config.port,
                rtp_ports=config.rtp_ports,
                user_agent="Callwright telephone world",
                challenge=challenge,
            )
        )
        engine.on_incoming(_Exchange(config, Equipment(store, config.recogniser), truth).take)
        await engine.start()
        cleanup.push_async_callback(engine.stop)
        await _render_ahead(config.scenario, store)
        host, port = engine.address
        ready(WorldReady(host, port, len(config.scenario.handsets)))
        await asyncio.Event().wait()


async def _render_ahead(scenario: Scenario, store: SpeechStore) -> None:
    """Wait for the first words of the first handsets; the rest is rendered while calls come in."""
    plans = [plan for plan in map(utterances, scenario.handsets.values()) if plan]
    await asyncio.gather(*(store.get(plan[0], Haste.SOON) for plan in plans[:_READY_HANDSETS]))
    for plan in plans:
        store.prepare(plan, Haste.SOME_TIME)


class _Exchange:
    """Connects calls to handsets."""

    def __init__(self, config: WorldConfig, equipment: Equipment, truth: TruthLog) -> None:
        self._handsets = config.scenario.handsets
        self._clock = config.clock
        self._equipment = equipment
        self._truth = truth
        self._in_use: set[str] = set()

    async def take(self, incoming: IncomingCall) -> None:
        """Treat one call until it is over, and write down what happened."""
        number = incoming.to if incoming.to.startswith("+") else f"+{incoming.to}"
        call = Call(
            call_id=incoming.call.id,
            number=number,
            caller_number=incoming.caller_number,
            kind="unknown",
            came_at=self._clock.now(),
        )
        try:
            async with LiveCall(incoming, call, self._clock) as live:
                await self._connect(live, number)
        finally:
            self._truth.write(call)
            log.debug("call over", number=number, kind=call.kind, state=call.phone_state)

    async def _connect(self, live: LiveCall, number: str) -> None:
        handset = self._handsets.get(number)
        if handset is None:
            await refuse_unknown(live)
            return
        if number in self._in_use:
            live.truth.kind = handset.kind
            await refuse_second(live)
            return
        self._in_use.add(number)
        try:
            await serve(live, handset, self._equipment)
        finally:
            self._in_use.discard(number)
