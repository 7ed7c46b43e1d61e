"""What can go wrong with a call before it exists."""

from callwright.kit.errors import UnavailableError


class CallNotPlacedError(UnavailableError):
    """The phone engine did not take the call within {seconds:.0f} s. Restart this call node if it happens again."""

    code = "call-not-placed"
