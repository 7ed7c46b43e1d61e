"""RTCP of one call: our reports, and what the far end's say."""

import asyncio
import random
import secrets
import time

from callwright.telephony import rtcp
from callwright.telephony.embedded.ports import MediaSockets
from callwright.telephony.port import FRAME_SAMPLES
from callwright.telephony.rtp import Reception
from callwright.telephony.sdp import RemoteMedia

_DATAGRAM = 2048
_UNKNOWN = 0


class ControlChannel:
    """Speaks RTCP on the odd port, or on the RTP port where the far end asked for that (RFC 5761)."""

    def __init__(self, ssrc: int, sockets: MediaSockets, reception: Reception, interval_s: float) -> None:
        self._ssrc = ssrc
        self._sockets = sockets
        self._reception = reception
        self._interval_s = interval_s
        self._loop = asyncio.get_running_loop()
        # RFC 7022 clause 4.2: a name for this call alone, that tells nothing.
        self._cname = secrets.token_hex(12)
        self._target: tuple[str, int] | None = None
        self._mux = False
        self.next_report = 0.0
        self._last_report = 0
        self._last_report_at = 0.0
        self._remote_ssrc = _UNKNOWN
        self.remote_lost: int | None = None
        self.round_trip_ms: float | None = None
        self.heard_at = 0.0

    def open(self) -> None:
        """Begin to listen and to report."""
        self._loop.add_reader(self._sockets.rtcp.fileno(), self._readable)
        # The first interval is halved (RFC 3550 clause 6.2).
        self.next_report = self._loop.time() + self._interval_s / 2

    def remote(self, remote: RemoteMedia) -> None:
        """Take where the far end wants its reports."""
        self._mux = remote.rtcp_mux
        self._target = (remote.address, remote.port if remote.rtcp_mux else remote.rtcp_port)

    def heard_from(self, source: tuple[str, int], ssrc: int) -> None:
        """Take where the far end really sends from; behind a translator its reports come from there too."""
        self._remote_ssrc = ssrc
        if self._target is not None and self._target[0] != source[0]:
            self._target = source if self._mux else (source[0], source[1] + 1)

    def close(self, sent: int, timestamp: int) -> None:
        """Say goodbye and stop listening; harmless where it never began."""
        self._loop.remove_reader(self._sockets.rtcp.fileno())
        if self._target is not None:
            self._send(sent, timestamp, goodbye=True)

    def report(self, now: float, sent: int, timestamp: int) -> None:
        """Report; intervals vary by half so that calls do not fall into step (clause 6.2)."""
        self.next_report = now + self._interval_s * random.uniform(0.5, 1.5)  # noqa: S311
        self._send(sent, timestamp)

    def take(self, data: bytes, source: tuple[str, int]) -> None:
        """Read one datagram of the far end; anybody else's is dropped."""
        if self._target is None or source[0] != self._target[0]:
            return
        compound = rtcp.parse(data)
        if compound.reports:
            self.heard_at = self._loop.time()
        for report in compound.reports:
            self._learn(report)

    def _readable(self) -> None:
        try:
            data, source = self._sockets.rtcp.recvfrom(_DATAGRAM)
        except OSError:
            return
        self.take(data, source)

    def _learn(self, report: rtcp.Report) -> None:
        if report.sender is not None:
            self._last_report, self._last_report_at = rtcp.middle(report.sender.ntp), self._loop.time()
        for block in report.blocks:
            if block.ssrc == self._ssrc:
                self.remote_lost = block.lost
                trip = rtcp.round_trip_ms(block, rtcp.ntp_time(time.time()))
                self.round_trip_ms = trip if trip is not None else self.round_trip_ms

    def _send(self, sent: int, timestamp: int, *, goodbye: bool = False) -> None:
        octets = sent * FRAME_SAMPLES & 0xFFFFFFFF
        info = rtcp.SenderInfo(rtcp.ntp_time(time.time()), timestamp, sent & 0xFFFFFFFF, octets)
        blocks = (self._block(),) if self._reception.received else ()
        data = rtcp.pack(rtcp.Report(self._ssrc, info if sent else None, blocks), self._cname, goodbye=goodbye)
        sock = self._sockets.rtp if self._mux else self._sockets.rtcp
        try:
            sock.sendto(data, self._target or ("", 0))
        except OSError:
            # Reports are lost like any packet; the next one says the same and more.
            return

    def _block(self) -> rtcp.ReportBlock:
        delay = int((self._loop.time() - self._last_report_at) * 65536) if self._last_report else 0
        reception = self._reception
        lost = reception.expected - reception.received
        return rtcp.ReportBlock(
            self._remote_ssrc,
            reception.fraction_lost(),
            lost,
            reception.highest,
            reception.jitter_samples,
            self._last_report,
            delay & 0xFFFFFFFF,
        )
