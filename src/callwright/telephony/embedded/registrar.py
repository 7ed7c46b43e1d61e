"""A small registrar: demands credentials, and says for how long a contact is kept (RFC 3261 clause 10.3)."""

from typing import Any

from sippy.SipAddress import SipAddress
from sippy.SipContact import SipContact
from sippy.SipHeader import SipHeader
from sippy.SipURL import SipURL

from callwright.telephony.embedded.config import Challenge
from callwright.telephony.embedded.digest import refusal

_DEFAULT_EXPIRES_S = 3600
_SHORTEST_EXPIRES_S = 1
_LONGEST_EXPIRES_S = 3600


class Registrar:
    """Answers REGISTER; whoever registers may call, wherever they are, so that no contact needs to be kept."""

    def __init__(self, challenge: Challenge) -> None:
        self._challenge = challenge

    def register(self, request: Any) -> Any:
        """Return the response to a REGISTER."""
        user = request.getHFBody("to").getUrl().username or ""
        if self._challenge.of_registrations:
            refused = refusal(request, self._challenge, as_proxy=False, only_user=user)
            if refused is not None:
                return refused
        if not request.countHFs("contact"):
            return request.genResponse(200, "OK")
        contact = request.getHFBody("contact")
        expires_s = _asked(request, contact)
        if expires_s is None or (contact.asterisk and expires_s):
            return request.genResponse(400, "Bad Request")
        if not expires_s:
            return request.genResponse(200, "OK")
        return _bound(request, contact.getUrl(), min(expires_s, _LONGEST_EXPIRES_S))


def _bound(request: Any, url: Any, expires_s: int) -> Any:
    bound = SipAddress(url=SipURL(username=url.username, host=str(url.host), port=url.port or 5060), hadbrace=True)
    bound.setParam("expires", str(expires_s))
    response = request.genResponse(200, "OK")
    response.appendHeader(SipHeader(name="contact", body=SipContact(address=bound)))
    return response


def _asked(request: Any, contact: Any) -> int | None:
    """Return for how long the contact asks to be kept, or ``None`` where that is no number."""
    asked = None if contact.asterisk else contact.address.getParam("expires")
    if asked is None:
        asked = str(request.getHF("expires").body) if request.countHFs("expires") else str(_DEFAULT_EXPIRES_S)
    asked = asked.strip()
    if not (asked.isascii() and asked.isdigit() and len(asked) < 11):
        return None
    return max(_SHORTEST_EXPIRES_S, int(asked)) if int(asked) else 0
