"""A browser as the far end of a call: answered at once, frames over whatever connection carries them.

One engine serves one talk, for :func:`callwright.callroom.call.conduct` to place its call with.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

import numpy as np
import structlog

from callwright.kit.ids import new_id
from callwright.telephony.browser.frames import FrameQueue
from callwright.telephony.concealment import SILENCE, Concealer
from callwright.telephony.media_clock import MediaClock
from callwright.telephony.port import (
    FRAME_SAMPLES,
    Answered,
    AudioHandler,
    CallEvent,
    DtmfReceived,
    Ended,
    HangupSide,
    IncomingHandler,
    MediaStats,
    Originate,
    PhoneState,
    Trunk,
    TrunkStatus,
)

FRAME_BYTES = FRAME_SAMPLES * 2
KEY_MS = 100
SILENT_S = 5.0
"""A browser sends every 20 ms; one that has sent nothing for so long is gone."""

log = structlog.get_logger(__name__)


class FrameSender(Protocol):
    """Whoever brings our frames to the browser."""

    def send(self, frame: bytes) -> None:
        """Take 20 ms: 320 bytes, 16-bit little-endian PCM at 8 kHz. Returns at once."""
        ...


class BrowserCall:
    """The one call of a talk."""

    def __init__(self, sender: FrameSender) -> None:
        self._id = str(new_id())
        self._sender = sender
        self._clock = MediaClock()
        self._loop = asyncio.get_running_loop()
        self._handler: AudioHandler | None = None
        self._queue = FrameQueue()
        self._concealer = Concealer()
        self._events: asyncio.Queue[CallEvent] = asyncio.Queue()
        self._sent = self._received = 0
        self._heard_at = self._loop.time()
        self._over = False

    @property
    def id(self) -> str:
        """An identity of our own: no network gave it one."""
        return self._id

    # The browser's side -----------------------------------------------------------------------------------

    def answered(self) -> None:
        """Begin: whoever sits at the microphone is there, unless they have left already."""
        if self._over:
            return
        self._heard_at = self._loop.time()
        self._clock.add(self)
        self._events.put_nowait(Answered())

    def took(self, data: bytes) -> None:
        """Take 20 ms from the microphone; what is no frame is left out."""
        if len(data) != FRAME_BYTES or self._over:
            return
        self._received += 1
        self._heard_at = self._loop.time()
        self._queue.put(np.frombuffer(data, "<i2").astype(np.int16))

    def pressed(self, digit: str) -> None:
        """Take a key of the keypad on the screen."""
        if not self._over:
            self._events.put_nowait(DtmfReceived(digit, KEY_MS))

    def left(self) -> None:
        """The person hung up, or closed the page."""
        self._end(HangupSide.THEM)

    # The clock's side -------------------------------------------------------------------------------------

    def tick(self, now: float) -> None:
        """Do 20 ms: hand one frame over, send one."""
        frame = self._queue.pop()
        frame = self._concealer.missing() if frame is None else self._concealer.received(frame)
        ours = None
        try:
            if self._handler is not None:
                self._handler.heard(frame)
                ours = self._handler.say()
        except Exception:
            log.exception("audio handler failed")
            self._end(HangupSide.US)
            return
        self._sender.send((SILENCE if ours is None else ours).astype("<i2").tobytes())
        self._sent += 1
        if now - self._heard_at > SILENT_S:
            self._end(HangupSide.NETWORK)

    def skip(self, frames: int) -> None:
        """Let frames pass that the machine slept through: a browser's stream has no timestamps to keep true."""

    # The room's side --------------------------------------------------------------------------------------

    def attach(self, handler: AudioHandler) -> None:
        """Connect the room that hears and speaks."""
        self._handler = handler

    async def events(self) -> AsyncIterator[CallEvent]:
        """Yield what happens, in order, ending after Ended."""
        while True:
            event = await self._events.get()
            yield event
            if isinstance(event, Ended):
                return

    async def hang_up(self) -> None:
        """End the talk from our side."""
        self._end(HangupSide.US)

    async def ring(self) -> None:
        """Do nothing: no call comes in."""

    async def early_media(self) -> None:
        """Do nothing: no call comes in."""

    async def answer(self) -> None:
        """Do nothing: no call comes in."""

    async def refuse(self, code: int = 603, reason: str = "Decline", *, cause: int | None = None) -> None:
        """Do nothing: no call comes in."""

    async def send_dtmf(self, digits: str) -> None:
        """Press nothing: a browser has no menu to be led through."""

    async def transfer(self, to: str) -> None:
        """Transfer nobody: there is no network that could."""

    def _end(self, by: HangupSide) -> None:
        if self._over:
            return
        self._over = True
        self._clock.remove(self)
        media = MediaStats(
            sent=self._sent,
            received=self._received,
            lost=0,
            late=self._queue.dropped,
            concealed=self._concealer.concealed,
            jitter_ms=0.0,
        )
        self._events.put_nowait(Ended(by, PhoneState.CONNECTED, None, "", media=media))


class BrowserEngine:
    """Places the one call of a talk, to the browser that asked for it."""

    def __init__(self, sender: FrameSender) -> None:
        self.call = BrowserCall(sender)

    async def start(self) -> None:
        """Do nothing: the connection is there."""

    async def stop(self) -> None:
        """End the talk."""
        await self.call.hang_up()

    async def set_trunk(self, trunk: Trunk) -> None:
        """Know no trunks."""

    async def remove_trunk(self, name: str) -> None:
        """Know no trunks."""

    def status(self, trunk: str) -> TrunkStatus | None:
        """Know no trunks."""
        return None

    def on_incoming(self, handler: IncomingHandler) -> None:
        """Receive no calls."""

    async def originate(self, request: Originate) -> BrowserCall:
        """Return the call, which is answered at once."""
        self.call.answered()
        return self.call
