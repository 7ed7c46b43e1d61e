"""A phone engine without a network: the test is the far end."""

import asyncio
from collections.abc import AsyncIterator

from callwright.telephony.port import (
    AudioHandler,
    CallEvent,
    Ended,
    HangupSide,
    IncomingHandler,
    Originate,
    PhoneState,
    Trunk,
    TrunkState,
    TrunkStatus,
)


class FakeCall:
    """One call; ``tell`` makes things happen, ``handler`` is the room to feed."""

    def __init__(self, request: Originate) -> None:
        self.id = "fake-call"
        self.request = request
        self.handler: AudioHandler | None = None
        self.hang_ups = 0
        self.confirms_hang_up = True
        self._answered = False
        self._events: asyncio.Queue[CallEvent] = asyncio.Queue()

    def tell(self, event: CallEvent) -> None:
        """Let ``event`` happen."""
        self._events.put_nowait(event)

    def attach(self, handler: AudioHandler) -> None:
        """Connect the room."""
        self.handler = handler

    async def events(self) -> AsyncIterator[CallEvent]:
        """Yield what was told, up to the end."""
        while True:
            event = await self._events.get()
            yield event
            if isinstance(event, Ended):
                return

    async def hang_up(self) -> None:
        """End the call, unless told not to confirm."""
        self.hang_ups += 1
        if self.confirms_hang_up:
            self.tell(Ended(HangupSide.US, PhoneState.CONNECTED, None, ""))

    async def ring(self) -> None:
        """Do nothing: no call comes in."""

    async def early_media(self) -> None:
        """Do nothing: no call comes in."""

    async def answer(self) -> None:
        """Do nothing: no call comes in."""

    async def refuse(self, code: int = 603, reason: str = "Decline", *, cause: int | None = None) -> None:
        """Do nothing: no call comes in."""

    async def send_dtmf(self, digits: str) -> None:
        """Press nothing."""

    async def transfer(self, to: str) -> None:
        """Transfer nobody."""


class FakeEngine:
    """Places calls that ring nowhere; ``error`` is raised instead where set, ``hung`` never answers."""

    def __init__(self) -> None:
        self.placed: asyncio.Future[FakeCall] = asyncio.get_running_loop().create_future()
        self.error: Exception | None = None
        self.hung = False

    async def start(self) -> None:
        """Open nothing."""

    async def stop(self) -> None:
        """Close nothing."""

    async def set_trunk(self, trunk: Trunk) -> None:
        """Know every trunk."""

    async def remove_trunk(self, name: str) -> None:
        """Know every trunk."""

    def status(self, trunk: str) -> TrunkStatus | None:
        """Return that the far end is there."""
        return TrunkStatus(trunk, TrunkState.READY, 200, "OK")

    def on_incoming(self, handler: IncomingHandler) -> None:
        """Receive no calls."""

    async def originate(self, request: Originate) -> FakeCall:
        """Place a call and hand it to the test too."""
        if self.error is not None:
            raise self.error
        if self.hung:
            await asyncio.Event().wait()
        call = FakeCall(request)
        self.placed.set_result(call)
        return call
