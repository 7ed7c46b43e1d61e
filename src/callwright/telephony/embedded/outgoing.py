"""Calls we place."""

import asyncio
from typing import Any

from sippy.CCEvents import CCEventConnect, CCEventDisconnect, CCEventRing

from callwright.telephony import sdp
from callwright.telephony.embedded.agent import Agent
from callwright.telephony.embedded.call import EmbeddedCall, Failure
from callwright.telephony.embedded.exchange import cannot_be_found, no_reply
from callwright.telephony.outcomes import phone_state
from callwright.telephony.port import Answered, EarlyMedia, HangupSide, PhoneState, Ringing

_THEIR_CHOICE = (PhoneState.BUSY, PhoneState.REFUSED, PhoneState.NO_ANSWER)


class OutgoingCall(EmbeddedCall):
    """A call we placed."""

    ring_timeout_s: float
    reply_timeout_s: float
    _ring_out: asyncio.TimerHandle
    _rings: bool
    peer: tuple[str, int]

    def placed(self, agent: Agent, peer: tuple[str, int], ring_timeout_s: float, reply_timeout_s: float) -> str:
        """Begin to wait, and return the offer to send."""
        self.agent, self.peer = agent, peer
        self.ring_timeout_s, self.reply_timeout_s = ring_timeout_s, reply_timeout_s
        self._ring_out = self._after(ring_timeout_s, self._rang_out)
        self._rings = False
        self._after(reply_timeout_s, self._check_reply)
        return sdp.offer(self._local)

    async def answer(self) -> None:
        """A call we placed is answered by the other side: nothing to do."""

    async def ring(self) -> None:
        """A call we placed is rung by the other side: nothing to do."""

    async def early_media(self) -> None:
        """A call we placed has early media from the other side: nothing to do."""

    async def refuse(self, code: int = 603, reason: str = "Decline", *, cause: int | None = None) -> None:
        """A call we placed can't be refused by us: it is hung up."""
        self.end_now()

    def _give_up(self) -> None:
        self._cancel(Failure(HangupSide.US, PhoneState.NO_ANSWER, 487, "We hung up before an answer"))

    def _check_reply(self) -> None:
        if not self.agent.peer_spoke:
            self._cancel(self._no_reply(self.reply_timeout_s))

    def _no_reply(self, after_s: float) -> Failure:
        host, port = self.peer
        if self._stack.is_looking_up(host):
            return self._not_found()
        return Failure(HangupSide.NETWORK, PhoneState.LINE_FAULT, 408, no_reply(f"{host}:{port}", after_s))

    def host_unknown(self, host: str) -> None:
        """A host name that messages were to go to has no address (as a 503, RFC 3261 clause 8.1.3.1)."""
        if host == self.peer[0] and not self.agent.peer_spoke:
            self._cancel(self._not_found())

    def _not_found(self) -> Failure:
        return Failure(HangupSide.NETWORK, PhoneState.LINE_FAULT, 503, cannot_be_found(self.peer[0]))

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
        by = HangupSide.THEM if state in _THEIR_CHOICE else HangupSide.NETWORK
        self._fail(Failure(by, state, code, reason))

    def _provisional(self, code: int, _: str, body: Any) -> None:
        if code == 100:
            return
        self._begin_to_ring()
        if body is None:
            self._tell(Ringing())
            return
        fresh = not self._media.started
        if self._begin_media(body) and fresh:
            self._tell(EarlyMedia())

    def _begin_to_ring(self) -> None:
        # A telephone rings for all of the time it is given, however long the network took to find it.
        if not self._rings:
            self._rings = True
            self._ring_out.cancel()
            self._ring_out = self._after(self.ring_timeout_s, self._rang_out)

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
