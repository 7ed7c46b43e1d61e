"""RTP packets and what their arrival tells (RFC 3550), without I/O."""

import struct
from typing import NamedTuple

_HEADER = struct.Struct("!BBHII")
_VERSION = 0x80
_MARKER = 0x80
MAX_DROPOUT = 3000
MAX_MISORDER = 100
_SEQUENCE_MODULUS = 1 << 16


class Packet(NamedTuple):
    """One RTP packet; ``timestamp`` in samples, as on the wire (32 bits)."""

    payload_type: int
    marker: bool
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes


def pack(packet: Packet) -> bytes:
    """Return the packet's bytes: version 2, no padding, extension or contributing sources (clause 5.1)."""
    second = packet.payload_type | (_MARKER if packet.marker else 0)
    return _HEADER.pack(_VERSION, second, packet.sequence, packet.timestamp, packet.ssrc) + packet.payload


def pack_header(second: int, sequence: int, timestamp: int, ssrc: int) -> bytes:
    """Return a packet's first 12 bytes; ``second`` is the marker bit and payload type together."""
    return _HEADER.pack(_VERSION, second, sequence, timestamp, ssrc)


def parse(data: bytes) -> Packet | None:
    """Return the packet in ``data``, or ``None`` where it is no RTP packet of version 2 (clauses 5.1 and 5.3.1)."""
    if len(data) < _HEADER.size or data[0] >> 6 != 2:
        return None
    first, second, sequence, timestamp, ssrc = _HEADER.unpack_from(data)
    start, end = _HEADER.size, len(data)
    if first != _VERSION:
        start += 4 * (first & 0x0F)
        if first & 0x10:
            if start + 4 > end:
                return None
            start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4])
        if first & 0x20:
            end -= data[-1]
        if start > end or (first & 0x20 and data[-1] == 0):
            return None
    return Packet(second & 0x7F, bool(second & _MARKER), sequence, timestamp, ssrc, data[start:end])


def is_rtcp(data: bytes) -> bool:
    """Tell whether a datagram on a shared port is RTCP (RFC 5761 clause 4)."""
    return len(data) >= 2 and 192 <= data[1] <= 223


class Unwrapper:
    """Extends a counter of ``bits`` that wraps into one that does not, nearest to the last value seen."""

    def __init__(self, bits: int) -> None:
        self._modulus = 1 << bits
        self._last: int | None = None

    def extend(self, value: int) -> int:
        """Return ``value`` without wrapping."""
        if self._last is None:
            self._last = value + self._modulus
            return self._last
        step = (value - self._last) % self._modulus
        if step >= self._modulus // 2:
            step -= self._modulus
        self._last += step
        return self._last


class Reception:
    """Counts what arrived of one source: lost and jitter as RFC 3550 appendices A.1, A.3 and A.8 define them."""

    def __init__(self, sample_rate: int = 8000) -> None:
        self._rate = sample_rate
        self._base: int | None = None
        self._cycles = 0
        self._highest = 0
        self._suspect: int | None = None
        self._transit: float | None = None
        self._jitter = 0.0
        self._expected_before = 0
        self._received_before = 0
        self.received = 0

    def arrived(self, sequence: int, timestamp: int | None, at: float) -> bool:
        """Count one packet, ``at`` in seconds; return whether the source restarted its numbering (A.1).

        Without a ``timestamp`` the packet does not count for jitter.
        """
        restarted = self._place(sequence)
        self.received += 1
        if timestamp is None:
            return restarted
        transit = at * self._rate - timestamp
        if self._transit is not None and not restarted:
            step = abs(transit - self._transit)
            # A jump past a second is a new timestamp base or a wrap, not jitter.
            if step < self._rate:
                self._jitter += (step - self._jitter) / 16
        self._transit = transit
        return restarted

    def _place(self, sequence: int) -> bool:
        if self._base is None:
            self._begin(sequence)
            return False
        ahead = (sequence - self._highest) % _SEQUENCE_MODULUS
        if ahead < MAX_DROPOUT:
            if sequence < self._highest:
                self._cycles += _SEQUENCE_MODULUS
            self._highest = sequence
        elif ahead <= _SEQUENCE_MODULUS - MAX_MISORDER:
            # Two in a row after a large jump: the other side restarted without telling.
            if sequence == self._suspect:
                self._begin(sequence)
                return True
            self._suspect = (sequence + 1) % _SEQUENCE_MODULUS
        return False

    def _begin(self, sequence: int) -> None:
        self._base = self._highest = sequence
        self._cycles = self.received = self._expected_before = self._received_before = 0
        self._suspect = None

    @property
    def highest(self) -> int:
        """The extended highest sequence number received (32 bits)."""
        return (self._cycles + self._highest) & 0xFFFFFFFF

    @property
    def expected(self) -> int:
        """How many packets should have come."""
        return 0 if self._base is None else self._cycles + self._highest - self._base + 1

    @property
    def lost(self) -> int:
        """How many packets never came; never below zero here, although duplicates can make RTCP's count so."""
        return max(0, self.expected - self.received)

    @property
    def jitter_ms(self) -> float:
        """Interarrival jitter in milliseconds."""
        return self._jitter * 1000 / self._rate

    @property
    def jitter_samples(self) -> int:
        """Interarrival jitter in timestamp units, as RTCP carries it."""
        return int(self._jitter)

    def fraction_lost(self) -> int:
        """Return the share lost since the last call, in 256ths (A.3)."""
        expected = self.expected - self._expected_before
        received = self.received - self._received_before
        self._expected_before, self._received_before = self.expected, self.received
        lost = expected - received
        return 0 if expected <= 0 or lost <= 0 else min(255, lost * 256 // expected)
