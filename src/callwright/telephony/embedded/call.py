"""One call of the embedded engine: its dialogue, its media and its timers."""

import asyncio
import random
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from sippy.CCEvents import CCEventDisconnect

from callwright.telephony import sdp
from callwright.telephony.embedded.agent import Agent
from callwright.telephony.embedded.media import MediaListener, MediaSession
from callwright.telephony.embedded.stack import SipStack
from callwright.telephony.errors import KeysNotTakenError
from callwright.telephony.port import (
    AudioHandler,
    CallEvent,
    DtmfReceived,
    Ended,
    HangupSide,
    Held,
    PhoneState,
    Resumed,
    TransferProgress,
)
from callwright.telephony.telephone_event import check_digits

log = structlog.get_logger(__name__)

NewMedia = Callable[[MediaListener], MediaSession]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call came to nothing, as the network or our own timer said it."""

    by: HangupSide
    state: PhoneState
    code: int
    reason: str


class EmbeddedCall(ABC):
    """What calls placed (:mod:`.outgoing`) and calls that came in (:mod:`.incoming`) have in common."""

    agent: Agent

    def __init__(
        self, stack: SipStack, new_media: NewMedia, max_duration_s: float, ended: Callable[[Any], None]
    ) -> None:
        self._stack = stack
        self._media = new_media(self)
        self._local = sdp.LocalMedia(stack.address[0], self._media.port, random.getrandbits(31))
        self._max_duration_s = max_duration_s
        self._on_ended = ended
        self._events: asyncio.Queue[CallEvent] = asyncio.Queue()
        self._timers: list[asyncio.TimerHandle] = []
        self._held = False
        self.answered = False
        self.over = False

    @property
    def id(self) -> str:
        """The SIP Call-ID."""
        return str(self.agent.cId)

    def attach(self, handler: AudioHandler) -> None:
        """Connect the room that hears and speaks; frames received before are dropped."""
        self._media.handler = handler

    async def events(self) -> AsyncIterator[CallEvent]:
        """Yield what happens, in order, ending after :class:`Ended`."""
        while True:
            event = await self._events.get()
            yield event
            if isinstance(event, Ended):
                return

    async def send_dtmf(self, digits: str) -> None:
        """Press keys; returns when the last one has been sent. Raises DigitError, KeysNotTakenError."""
        check_digits(digits)
        if self.over:
            return
        if not self._media.takes_keys:
            raise KeysNotTakenError
        await self._media.press(digits)

    async def transfer(self, to: str) -> None:
        """Ask the far end to call ``to`` instead of us; news as TransferProgress."""
        if self.answered and not self.over:
            self._stack.enter(self.agent.refer, to, self.agent.rUri.getUrl().host)

    async def hang_up(self) -> None:
        """End the call from our side."""
        self.end_now()

    def end_now(self) -> None:
        """End the call from our side, without waiting for anything."""
        if self.answered:
            self._hang_up(HangupSide.US, "")
        elif not self.over:
            self._give_up()

    @abstractmethod
    def _give_up(self) -> None:
        """End a call that nobody has answered yet: CANCEL where it went out, a refusal where it came in."""

    def _tell(self, event: CallEvent) -> None:
        self._events.put_nowait(event)

    def _after(self, delay_s: float, action: Callable[[], None]) -> asyncio.TimerHandle:
        timer = self._stack.loop.call_later(delay_s, action)
        self._timers.append(timer)
        return timer

    def _was_answered(self) -> None:
        self.answered = True
        self._clear_timers()
        self._after(self._max_duration_s, self._outlived)
        self._media.watch_silence = True

    def _outlived(self) -> None:
        log.info("call reached its longest duration", call=self.id, max_duration_s=self._max_duration_s)
        self._hang_up(HangupSide.US, "The longest duration was reached")

    def _hang_up(self, by: HangupSide, reason: str) -> None:
        if self.over:
            return
        self._stack.enter(self.agent.recvEvent, CCEventDisconnect())
        self._finish(Ended(by, PhoneState.CONNECTED, None, reason))

    def _fail(self, failure: Failure) -> None:
        self._finish(Ended(failure.by, failure.state, failure.code, failure.reason))

    def _finish(self, ended: Ended) -> None:
        if self.over:
            return
        self.over = True
        self._clear_timers()
        media = self._media.stats() if self._media.started else None
        self._media.stop()
        cause = self.agent.cause
        self._tell(Ended(ended.by, ended.phone_state, ended.code, ended.reason, cause, media))
        self._on_ended(self)

    def _clear_timers(self) -> None:
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def disconnected(self) -> None:
        """The far end said BYE, or never acknowledged our answer."""
        if self.agent.unacknowledged:
            self._finish(Ended(HangupSide.NETWORK, PhoneState.CONNECTED, None, "The answer was never acknowledged"))
        else:
            self._finish(Ended(HangupSide.THEM, PhoneState.CONNECTED, None, ""))

    def reoffered(self, offered: str | None) -> str:
        """Answer a re-INVITE: hold, resume, a new address. Raises MediaRefusedError."""
        self._local = self._local.newer()
        if offered is None:
            return sdp.offer(self._local)
        remote = sdp.parse(offered)
        self._media.start(remote)
        if remote.held != self._held:
            self._held = remote.held
            self._tell(Held() if remote.held else Resumed())
        return sdp.answer(self._local, remote)

    def transfer_news(self, code: int, reason: str, *, done: bool) -> None:
        """A transfer we asked for went on."""
        if not self.over:
            self._tell(TransferProgress(code, reason, done))

    def digit(self, digit: DtmfReceived) -> None:
        """A key was pressed at the far end."""
        self._tell(digit)

    def fell_silent(self) -> None:
        """The far end vanished."""
        self._hang_up(HangupSide.NETWORK, "Nothing was received any more")

    def room_failed(self) -> None:
        """Our own end broke; a customer is not kept waiting in silence."""
        self._hang_up(HangupSide.US, "The room of the call failed")
