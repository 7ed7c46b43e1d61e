"""Calls that come in."""

from typing import Any

from sippy.CCEvents import CCEventConnect, CCEventDisconnect, CCEventFail, CCEventPreConnect, CCEventRing
from sippy.MsgBody import MsgBody
from sippy.SipReason import SipReason

from callwright.telephony import sdp
from callwright.telephony.embedded.agent import Agent
from callwright.telephony.embedded.call import EmbeddedCall, Failure
from callwright.telephony.outcomes import phone_state
from callwright.telephony.port import Answered, HangupSide, PhoneState


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

    async def refuse(self, code: int = 603, reason: str = "Decline", *, cause: int | None = None) -> None:
        """Refuse with a SIP failure, and a Q.850 cause beside it (RFC 3326)."""
        if not self.answered and not self.over:
            self._refuse(code, reason, cause)

    def _give_up(self) -> None:
        self._refuse(603, "Decline")

    def _refuse(self, code: int, reason: str, cause: int | None = None) -> None:
        refusal = CCEventFail((code, reason))
        if cause is not None:
            refusal.reason_rfc3326 = SipReason(protocol="Q.850", cause=cause)
        self._stack.enter(self.agent.recvEvent, refusal)
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
