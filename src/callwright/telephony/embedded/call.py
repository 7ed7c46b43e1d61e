"""One call of the embedded engine: its dialogue, its media and its timers."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from sippy.CCEvents import CCEventConnect, CCEventDisconnect, CCEventFail, CCEventPreConnect, CCEventRing
from sippy.MsgBody import MsgBody

from callwright.telephony import sdp
from callwright.telephony.embedded.agent import Agent
from callwright.telephony.embedded.media import MediaListener, MediaSession
from callwright.telephony.embedded.stack import SipStack
from callwright.telephony.errors import KeysNotTakenError
from callwright.telephony.outcomes import phone_state
from callwright.telephony.port import (
    Answered,
    AudioHandler,
    CallEvent,
    DtmfReceived,
    EarlyMedia,
    Ended,
    HangupSide,
    Held,
    PhoneState,
    Resumed,
    Ringing,
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


class EmbeddedCall:
    """What both kinds of call have in common; the engine makes :class:`OutgoingCall` and :class:`IncomingLeg`."""

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

    def _give_up(self) -> None:
        raise NotImplementedError

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


class OutgoingCall(EmbeddedCall):
    """A call we placed."""

    ring_timeout_s: float
    reply_timeout_s: float
    peer: str

    def placed(self, agent: Agent, peer: str, ring_timeout_s: float, reply_timeout_s: float) -> str:
        """Begin to wait, and return the offer to send."""
        self.agent, self.peer = agent, peer
        self.ring_timeout_s, self.reply_timeout_s = ring_timeout_s, reply_timeout_s
        self._after(ring_timeout_s, self._rang_out)
        self._after(reply_timeout_s, self._check_reply)
        return sdp.offer(self._local)

    async def answer(self) -> None:
        """A call we placed is answered by the other side: nothing to do."""

    async def ring(self) -> None:
        """A call we placed is rung by the other side: nothing to do."""

    async def early_media(self) -> None:
        """A call we placed has early media from the other side: nothing to do."""

    async def refuse(self, code: int = 603, reason: str = "Decline") -> None:
        """A call we placed can't be refused by us: it is hung up."""
        self.end_now()

    def _give_up(self) -> None:
        self._cancel(Failure(HangupSide.US, PhoneState.NO_ANSWER, 487, "We hung up before an answer"))

    def _check_reply(self) -> None:
        if not self.agent.peer_spoke:
            self._cancel(self._no_reply(self.reply_timeout_s))

    def _no_reply(self, after_s: float) -> Failure:
        why = f"No reply from {self.peer} in {after_s:g} s"
        return Failure(HangupSide.NETWORK, PhoneState.LINE_FAULT, 408, why)

    def _rang_out(self) -> None:
        if not self.agent.peer_spoke:
            self._cancel(self._no_reply(self.ring_timeout_s))
            return
        why = f"No answer in {self.ring_timeout_s:g} s"
        self._cancel(Failure(HangupSide.US, PhoneState.NO_ANSWER, 487, why))

    def _cancel(self, failure: Failure) -> None:
        if self.over:
            return
        self._stack.enter(self.agent.recvEvent, CCEventDisconnect())
        self._fail(failure)

    def happened(self, event: Any, _: Any) -> None:
        """Take what sippy tells of the dialogue."""
        if self.over:
            return
        if isinstance(event, CCEventRing):
            self._provisional(*event.getData())
        elif isinstance(event, CCEventConnect):
            self._connected(event.getData()[2])
        elif isinstance(event, CCEventDisconnect):
            self.disconnected()
        else:
            self._failed(*event.getData()[:2])

    def _failed(self, code: int, reason: str) -> None:
        if not self.agent.peer_spoke:
            self._fail(self._no_reply(32))
            return
        state = phone_state(code, self.agent.cause)
        self._fail(Failure(HangupSide.THEM, state, code, reason))

    def _provisional(self, code: int, _: str, body: Any) -> None:
        if code == 100:
            return
        if body is None:
            self._tell(Ringing())
            return
        fresh = not self._media.started
        if self._begin_media(body) and fresh:
            self._tell(EarlyMedia())

    def _connected(self, body: Any) -> None:
        if body is not None and not self._begin_media(body):
            return
        if not self._media.started:
            self._unusable("the answer brought no description of its media")
            return
        self._was_answered()
        self._tell(Answered())

    def _begin_media(self, body: Any) -> bool:
        try:
            self._media.start(sdp.parse(str(body)))
        except sdp.MediaRefusedError as problem:
            self._unusable(str(problem))
            return False
        return True

    def _unusable(self, why: str) -> None:
        self._stack.enter(self.agent.recvEvent, CCEventDisconnect())
        self._fail(Failure(HangupSide.US, PhoneState.LINE_FAULT, 488, why))


class IncomingLeg(EmbeddedCall):
    """A call that came in."""

    remote: sdp.RemoteMedia | None

    def came(self, agent: Agent, remote: sdp.RemoteMedia | None) -> None:
        """Take the dialogue and what the caller offered, if it did."""
        self.agent, self.remote = agent, remote

    async def ring(self) -> None:
        """Say that it rings (180)."""
        if not self.answered and not self.over:
            self._stack.enter(self.agent.recvEvent, CCEventRing((180, "Ringing", None)))

    async def early_media(self) -> None:
        """Let frames flow before the answer (183): an announcement, or ringback of our own."""
        if not self.answered and not self.over and self.remote is not None:
            body = self._begin_media()
            self._stack.enter(self.agent.recvEvent, CCEventRing((183, "Session Progress", body)))

    async def answer(self) -> None:
        """Answer (200); frames flow from now on."""
        if self.answered or self.over:
            return
        body = self._begin_media()
        self._was_answered()
        # Where the caller offered nothing, its answer to our offer comes with the ACK (RFC 3261 clause 13.2.1).
        kind = CCEventPreConnect if self.remote is None else CCEventConnect
        self._stack.enter(self.agent.recvEvent, kind((200, "OK", body)))
        self._tell(Answered())

    def _begin_media(self) -> Any:
        if self.remote is None:
            return MsgBody(sdp.offer(self._local))
        self._media.start(self.remote)
        return MsgBody(sdp.answer(self._local, self.remote))

    async def refuse(self, code: int = 603, reason: str = "Decline") -> None:
        """Refuse with a SIP failure."""
        if not self.answered and not self.over:
            self._refuse(code, reason)

    def _give_up(self) -> None:
        self._refuse(603, "Decline")

    def _refuse(self, code: int, reason: str) -> None:
        self._stack.enter(self.agent.recvEvent, CCEventFail((code, reason)))
        self._fail(Failure(HangupSide.US, phone_state(code), code, reason))

    def happened(self, event: Any, _: Any) -> None:
        """Take what sippy tells of the dialogue."""
        if self.over:
            return
        if isinstance(event, CCEventConnect):
            self._acknowledged(event.getData()[2])
        elif not isinstance(event, CCEventDisconnect | CCEventFail):
            return
        elif self.answered:
            self.disconnected()
        else:
            self._fail(Failure(HangupSide.THEM, PhoneState.NO_ANSWER, 487, "The caller hung up before an answer"))

    def _acknowledged(self, body: Any) -> None:
        try:
            self._media.start(sdp.parse(str(body or "")))
        except sdp.MediaRefusedError as problem:
            self._hang_up(HangupSide.US, str(problem))
