"""What a failed call means: from SIP codes and Q.850 causes to phone states."""

from callwright.telephony.port import PhoneState

_BY_CODE = {
    404: PhoneState.INVALID_NUMBER,
    408: PhoneState.UNREACHABLE,
    410: PhoneState.UNREACHABLE,
    480: PhoneState.UNREACHABLE,
    484: PhoneState.INVALID_NUMBER,
    485: PhoneState.INVALID_NUMBER,
    486: PhoneState.BUSY,
    487: PhoneState.NO_ANSWER,
    600: PhoneState.BUSY,
    603: PhoneState.REFUSED,
    604: PhoneState.INVALID_NUMBER,
    607: PhoneState.REFUSED,
    608: PhoneState.REFUSED,
}

# ITU-T Q.850 clause 2.2.7: only causes that tell of the callee; the rest tell of the network.
_BY_CAUSE = {
    1: PhoneState.INVALID_NUMBER,
    17: PhoneState.BUSY,
    18: PhoneState.NO_ANSWER,
    19: PhoneState.NO_ANSWER,
    20: PhoneState.UNREACHABLE,
    21: PhoneState.REFUSED,
    22: PhoneState.INVALID_NUMBER,
    27: PhoneState.UNREACHABLE,
    28: PhoneState.INVALID_NUMBER,
}


def phone_state(code: int, cause: int | None = None) -> PhoneState:
    """Return what a call that failed with SIP ``code`` and Q.850 ``cause`` came to.

    A cause that tells of the callee is more exact than the code that a gateway translated it to (RFC 3398
    clause 7.2.4.1), so it goes first. What tells of neither is a fault of the line.
    """
    if cause is not None and cause in _BY_CAUSE:
        return _BY_CAUSE[cause]
    return _BY_CODE.get(code, PhoneState.LINE_FAULT)
