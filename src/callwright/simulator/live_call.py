"""One call at the handset's end: its events read as they come, its truth noted."""

import asyncio
from types import TracebackType

from callwright.kit.clock import Clock
from callwright.simulator.truth import Call, Leaver
from callwright.telephony.port import Ended, HangupSide, IncomingCall, PhoneState

_LEAVERS = {
    HangupSide.US: Leaver.HANDSET,
    HangupSide.THEM: Leaver.CALLER,
    HangupSide.NETWORK: Leaver.NETWORK,
}


class LiveCall:
    """A call that came in. Used as a context: inside, its end is noticed; after it, everything about it is over."""

    def __init__(self, incoming: IncomingCall, truth: Call, clock: Clock) -> None:
        self.phone = incoming.call
        self.truth = truth
        self.clock = clock
        self._answered_at = 0.0
        self._over = asyncio.Event()
        self._events = asyncio.create_task(self._read_events())

    async def __aenter__(self) -> "LiveCall":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._events.cancel()
        await asyncio.gather(self._events, return_exceptions=True)
        if self.truth.ended_at is None:
            self.truth.ended_at = self.clock.now()

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return self._over.is_set()

    def since_answer(self) -> float:
        """Return the seconds since the answer."""
        return self.clock.monotonic() - self._answered_at

    async def ring(self, seconds: float | None) -> bool:
        """Ring for ``seconds``, or for ever; return whether the caller is still there."""
        self.truth.rang_at = self.clock.now()
        await self.phone.ring()
        return await self.goes_on_for(seconds)

    async def answer(self) -> None:
        """Answer."""
        await self.phone.answer()
        self._answered_at = self.clock.monotonic()
        self.truth.answered_at = self.clock.now()

    async def refuse(self, code: int, reason: str, cause: int, state: PhoneState) -> None:
        """End the call before an answer with a SIP failure and its Q.850 cause, as carriers do."""
        if self.over:
            return
        self.truth.code, self.truth.phone_state = code, state
        await self.phone.refuse(code, reason, cause=cause)
        await self._over.wait()

    async def hang_up(self, why: str) -> None:
        """Leave the call."""
        if not self.over:
            self.truth.why = why
            await self.phone.hang_up()
        await self._over.wait()

    async def goes_on_for(self, seconds: float | None) -> bool:
        """Wait for ``seconds``, or for ever; return whether the call still goes on."""
        try:
            await asyncio.wait_for(self._over.wait(), seconds)
        except TimeoutError:
            return True
        return False

    async def _read_events(self) -> None:
        async for event in self.phone.events():
            if isinstance(event, Ended):
                self.truth.ended_at = self.clock.now()
                self.truth.hung_up_by = _LEAVERS[event.by]
                self._over.set()
