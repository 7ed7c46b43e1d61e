"""One SIP dialogue: sippy's user agent, with what it does not do itself.

Within a dialogue this answers re-INVITE, NOTIFY, REFER, INFO and OPTIONS; sippy does INVITE, CANCEL, ACK and BYE.
"""

import re
from functools import partial
from typing import Any, Protocol

from sippy.MsgBody import MsgBody
from sippy.SipAddress import SipAddress
from sippy.SipContact import SipContact
from sippy.SipHeader import SipHeader
from sippy.SipReferredBy import SipReferredBy
from sippy.SipReferTo import SipReferTo
from sippy.SipURL import SipURL
from sippy.UA import UA

from callwright.telephony.embedded.digest import credentials
from callwright.telephony.sdp import MediaRefusedError

ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS, NOTIFY, INFO"
_FRAGMENT = re.compile(r"SIP/2\.0\s+(\d{3})\s*(.*)")
_CAUSE = re.compile(r"Q\.850\s*;.*?cause\s*=\s*(\d+)", re.IGNORECASE)


class DialogueListener(Protocol):
    """Who owns the dialogue."""

    def reoffered(self, sdp: str | None) -> str:
        """Answer a re-INVITE's offer, or make one where it brought none. Raises MediaRefusedError."""
        ...

    def transfer_news(self, code: int, reason: str, *, done: bool) -> None:
        """A transfer went on."""
        ...


class Agent(UA):  # type: ignore[misc]
    """A user agent of sippy's that knows whether its peer ever spoke, and the last Q.850 cause it gave."""

    def __init__(self, global_config: Any, listener: DialogueListener, user_agent: str, **named: Any) -> None:
        super().__init__(global_config, **named)
        self.listener = listener
        self.local_ua = user_agent
        # sippy would show a display name, "Anonymous", of its own.
        self.lContact = SipContact()
        self.lContact.getUri().name = None
        self.peer_spoke = False
        self.unacknowledged = False
        self.cause: int | None = None

    def recvResponse(self, resp: Any, tr: Any) -> None:  # noqa: N802
        """Note what sippy drops, then let it go on; a timeout is a response of its own without a source."""
        if resp.source is not None:
            self.peer_spoke = True
        self.cause = q850_cause(resp) or self.cause
        super().recvResponse(resp, tr)

    def recvRequest(self, req: Any, sip_t: Any) -> Any:  # noqa: N802
        """Answer what sippy would answer otherwise than we want, or not at all."""
        self.cause = q850_cause(req) or self.cause
        method = req.getMethod()
        if method in ("BYE", "ACK", "CANCEL") or (method == "INVITE" and not self.isConnected()):
            return super().recvRequest(req, sip_t)
        answerers = {
            "INVITE": self._reinvited,
            "NOTIFY": self._notified,
            "REFER": self._referred,
            "INFO": self._informed,
            "OPTIONS": self._asked_options,
        }
        return answerers.get(method, not_allowed)(req), None, None

    def disconnect(self, rtime: Any = None, origin: Any = None) -> None:
        """Sippy ends a call so when its 200 OK was never acknowledged (RFC 3261 clause 13.3.1.4)."""
        self.unacknowledged = True
        super().disconnect(rtime, origin)

    def newTransaction(self, req: Any, **named: Any) -> Any:  # noqa: N802
        """Send a request; a BYE that is challenged is sent again with credentials."""
        if req.getMethod() != "BYE":
            return super().newTransaction(req, **named)
        return super().newTransaction(req, resp_cb=partial(self._retry_challenged, "BYE", None), **named)

    def _retry_challenged(self, method: str, headers: Any, response: Any) -> bool:
        if response.scode not in (401, 407) or self.username is None:
            return False
        answer = credentials(response, self.username, self.password, method, str(self.rTarget))
        if answer is None:
            return False
        request = self.genRequest(method, extra_headers=[*(headers or []), answer])
        callback = partial(self._transfer_answered, None) if method == "REFER" else lambda _: None
        super().newTransaction(request, resp_cb=callback)
        return True

    def refer(self, to: str, host: str) -> None:
        """Ask the far end to call ``to`` at ``host`` (RFC 3515)."""
        target = SipAddress(url=SipURL(username=to, host=host, port=None), hadbrace=True)
        headers = [
            SipHeader(name="refer-to", body=SipReferTo(address=target)),
            SipHeader(name="referred-by", body=SipReferredBy(address=SipAddress(url=self.lUri.getUrl()))),
        ]
        request = self.genRequest("REFER", extra_headers=headers)
        self.newTransaction(request, resp_cb=partial(self._transfer_answered, headers))

    def _transfer_answered(self, headers: Any, response: Any) -> None:
        if response.scode < 200 or (headers and self._retry_challenged("REFER", headers, response)):
            return
        if response.scode >= 300:
            self.listener.transfer_news(response.scode, response.reason, done=True)

    def _notified(self, req: Any) -> Any:
        found = _FRAGMENT.match(body_text(req) or "")
        if found is None:
            return req.genResponse(489, "Bad Event", server=self.local_ua)
        code, reason = int(found[1]), found[2].strip()
        self.listener.transfer_news(code, reason, done=code >= 200)
        return req.genResponse(200, "OK", server=self.local_ua)

    def _referred(self, req: Any) -> Any:
        return req.genResponse(603, "Decline", server=self.local_ua)

    def _informed(self, req: Any) -> Any:
        # RFC 6086 clause 4.2.2: an INFO without a body is a sign of life.
        if body_text(req) is None:
            return req.genResponse(200, "OK", server=self.local_ua)
        return req.genResponse(415, "Unsupported Media Type", server=self.local_ua)

    def _asked_options(self, req: Any) -> Any:
        return options(req, self.local_ua)

    def _reinvited(self, req: Any) -> Any:
        try:
            sdp = self.listener.reoffered(body_text(req))
        except MediaRefusedError:
            return req.genResponse(488, "Not Acceptable Here", server=self.local_ua)
        response = req.genResponse(200, "OK", body=MsgBody(sdp), server=self.local_ua)
        response.appendHeader(SipHeader(name="contact", body=self.lContact))
        return response


def body_text(message: Any) -> str | None:
    """Return a message's body as it came, if it has one."""
    body = message.getBody()
    return None if body is None else str(body)


def q850_cause(message: Any) -> int | None:
    """Return the Q.850 cause of a message's Reason headers (RFC 3326)."""
    for header in message.getHFs("reason"):
        found = _CAUSE.search(str(header.body))
        if found:
            return int(found[1])
    return None


def options(req: Any, user_agent: str) -> Any:
    """Return the answer to OPTIONS (RFC 3261 clause 11.2)."""
    response = req.genResponse(200, "OK", server=user_agent)
    response.appendHeader(SipHeader(name="allow", bodys=ALLOW))
    response.appendHeader(SipHeader(name="accept", bodys="application/sdp"))
    return response


def not_allowed(req: Any) -> Any:
    """Return the refusal of a method we do not know (RFC 3261 clause 8.2.1)."""
    response = req.genResponse(405, "Method Not Allowed")
    response.appendHeader(SipHeader(name="allow", bodys=ALLOW))
    return response
