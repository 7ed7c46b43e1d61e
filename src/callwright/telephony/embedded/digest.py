"""Digest credentials (RFC 3261 clause 22): answering challenges, and making them."""

from typing import Any

from sippy.SipHeader import SipHeader
from sippy.SipProxyAuthenticate import SipProxyAuthenticate
from sippy.SipWWWAuthenticate import SipWWWAuthenticate

from callwright.telephony.embedded.config import Challenge

_CHALLENGES = {
    401: ("www-authenticate", "authorization"),
    407: ("proxy-authenticate", "proxy-authorization"),
}


def credentials(response: Any, username: str, password: str, method: str, uri: str) -> Any | None:
    """Return the header that answers a 401 or 407, or ``None`` where it asks for what sippy can't do."""
    names = _CHALLENGES.get(response.scode)
    if names is None:
        return None
    for challenge in response.getHFBodys(names[0]):
        supported, qop = challenge.supportedAlgorithm()
        if supported:
            body = challenge.genAuthHF(username, password, method, uri, qop=qop)
            return SipHeader(name=names[1], body=body)
    return None


def refusal(request: Any, challenge: Challenge, *, as_proxy: bool, only_user: str | None = None) -> Any | None:
    """Return the response to a request without the right credentials, or ``None`` if they are right.

    With ``only_user`` nobody else's credentials are right.
    """
    code = 407 if as_proxy else 401
    name, answer_name = _CHALLENGES[code]
    given = _given(request, answer_name)
    if given is not None and only_user in (None, given.username):
        password = challenge.users.get(given.username or "")
        if password is not None and _is_right(given, password, request.getMethod()):
            return None
    kind = SipProxyAuthenticate if as_proxy else SipWWWAuthenticate
    response = request.genResponse(code, "Proxy Authentication Required" if as_proxy else "Unauthorized")
    response.appendHeader(SipHeader(name=name, body=kind(realm=challenge.realm, algorithm="MD5")))
    return response


def _given(request: Any, name: str) -> Any | None:
    try:
        return request.getHFBody(name)
    except (IndexError, ValueError, AttributeError):
        return None


def _is_right(given: Any, password: str, method: str) -> bool:
    try:
        return bool(given.verify(password, method))
    except (ValueError, TypeError, AttributeError, KeyError):
        # Fields that are missing or malformed: as wrong as a wrong password.
        return False
