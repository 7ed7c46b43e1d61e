"""What can go wrong with a phone engine before a call exists."""

from callwright.kit.errors import ConflictError, UnavailableError


class EngineUnavailableError(UnavailableError):
    """The phone engine can't use UDP {address}: {why}. Free it, or set CALLWRIGHT_SIP_PORT to another."""

    code = "phone-engine-unavailable"


class NoMediaPortError(UnavailableError):
    """All RTP ports from {first} to {last} are in use. Widen CALLWRIGHT_RTP_PORTS, or place fewer calls at once."""

    code = "no-media-port"


class KeysNotTakenError(ConflictError):
    """The far end takes no telephone events (RFC 4733), so no keys can be pressed on this call."""

    code = "keys-not-taken"
