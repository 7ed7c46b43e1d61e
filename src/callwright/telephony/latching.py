"""Symmetric RTP (RFC 4961): answer to where the far end's packets really come from, and to nobody else.

Behind a network address translator the address in the SDP is not the one packets come from, so the
first source heard is believed. From then on packets from elsewhere are refused, or anyone could take over
a call by sending to its port; only after the believed source fell silent may another take its place.
"""

Address = tuple[str, int]
_SILENT_AFTER_S = 2.0


class Latch:
    """Where one stream's packets come from and go to."""

    def __init__(self, signalled: Address) -> None:
        self._signalled = signalled
        self._source: Address | None = None
        self._heard_at = 0.0
        self.refused = 0

    @property
    def target(self) -> Address:
        """Where to send."""
        return self._source or self._signalled

    def signalled(self, address: Address) -> None:
        """Take a new address from a later SDP; the source is found anew if it changed."""
        if address != self._signalled:
            self._signalled, self._source = address, None

    def accepts(self, source: Address, at: float) -> bool:
        """Tell whether a packet from ``source`` at monotonic time ``at`` belongs to the stream."""
        if source == self._source:
            self._heard_at = at
            return True
        if self._source is not None and at - self._heard_at < _SILENT_AFTER_S:
            self.refused += 1
            return False
        self._source, self._heard_at = source, at
        return True
