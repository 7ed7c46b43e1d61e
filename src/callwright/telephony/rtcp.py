"""RTCP sender and receiver reports (RFC 3550 clause 6), without I/O."""

import struct
from dataclasses import dataclass, field

_SENDER_REPORT, _RECEIVER_REPORT, _DESCRIPTION, _GOODBYE = 200, 201, 202, 203
_HEADER = struct.Struct("!BBH")
_SENDER = struct.Struct("!QIII")
_BLOCK = struct.Struct("!IIIIII")
_UINT32 = struct.Struct("!I")
_CNAME = 1
_NTP_EPOCH = 2_208_988_800


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """What one side says of the other's stream (clause 6.4.1); ``delay_since_report`` in 1/65536 s."""

    ssrc: int
    fraction_lost: int
    lost: int
    highest_sequence: int
    jitter: int
    last_report: int
    delay_since_report: int


@dataclass(frozen=True, slots=True)
class SenderInfo:
    """The sender's half of an SR: ``ntp`` is 64 bits of NTP time."""

    ntp: int
    rtp_timestamp: int
    packets: int
    octets: int


@dataclass(frozen=True, slots=True)
class Report:
    """One SR (with ``sender``) or RR (without)."""

    ssrc: int
    sender: SenderInfo | None
    blocks: tuple[ReportBlock, ...]


@dataclass(frozen=True, slots=True)
class Compound:
    """What one datagram held that matters here."""

    reports: tuple[Report, ...] = ()
    goodbye: tuple[int, ...] = field(default=())


def ntp_time(unix_s: float) -> int:
    """Return 64 bits of NTP time for seconds since 1970 (clause 4)."""
    return int((unix_s + _NTP_EPOCH) * (1 << 32))


def middle(ntp: int) -> int:
    """Return the middle 32 bits of an NTP time, in 1/65536 s."""
    return ntp >> 16 & 0xFFFFFFFF


def round_trip_ms(block: ReportBlock, arrived_ntp: int) -> float | None:
    """Return the round trip that a report block shows (clause 6.4.1, figure 2), if it can."""
    if not block.last_report:
        return None
    trip = (middle(arrived_ntp) - block.last_report - block.delay_since_report) & 0xFFFFFFFF
    # Half the range or more can only be a negative difference of clocks.
    return None if trip >= 1 << 31 else trip * 1000 / 65536


def pack(report: Report, cname: str, *, goodbye: bool = False) -> bytes:
    """Return a compound packet: the report, an SDES with the CNAME, and a BYE at the end (clause 6.1)."""
    body = _UINT32.pack(report.ssrc)
    if report.sender is not None:
        sender = report.sender
        body += _SENDER.pack(sender.ntp, sender.rtp_timestamp, sender.packets, sender.octets)
    body += b"".join(map(_pack_block, report.blocks))
    kind = _RECEIVER_REPORT if report.sender is None else _SENDER_REPORT
    data = _packet(kind, len(report.blocks), body)
    item = bytes([_CNAME, len(cname)]) + cname.encode()
    item += bytes(4 - len(item) % 4)
    data += _packet(_DESCRIPTION, 1, _UINT32.pack(report.ssrc) + item)
    if goodbye:
        data += _packet(_GOODBYE, 1, _UINT32.pack(report.ssrc))
    return data


def _packet(kind: int, count: int, body: bytes) -> bytes:
    return _HEADER.pack(0x80 | count, kind, len(body) // 4) + body


def _pack_block(block: ReportBlock) -> bytes:
    # The cumulative loss is signed in 24 bits (clause 6.4.1).
    lost = max(-0x800000, min(0x7FFFFF, block.lost)) & 0xFFFFFF
    return _BLOCK.pack(
        block.ssrc, block.fraction_lost << 24 | lost, block.highest_sequence, block.jitter, block.last_report,
        block.delay_since_report,
    )  # fmt: skip


def parse(data: bytes) -> Compound:
    """Return what a datagram holds; what is damaged or unknown is left out, and nothing is raised."""
    reports: list[Report] = []
    goodbye: list[int] = []
    while len(data) >= _HEADER.size:
        first, kind, words = _HEADER.unpack_from(data)
        end = _HEADER.size + 4 * words
        if first >> 6 != 2 or end > len(data):
            break
        body, count = data[_HEADER.size : end], first & 0x1F
        if kind in (_SENDER_REPORT, _RECEIVER_REPORT):
            report = _parse_report(body, count, is_sender=kind == _SENDER_REPORT)
            if report is not None:
                reports.append(report)
        elif kind == _GOODBYE:
            goodbye += [value for (value,) in _UINT32.iter_unpack(body[: 4 * min(count, words)])]
        data = data[end:]
    return Compound(tuple(reports), tuple(goodbye))


def _parse_report(body: bytes, count: int, *, is_sender: bool) -> Report | None:
    start = _UINT32.size + (_SENDER.size if is_sender else 0)
    if len(body) < start + count * _BLOCK.size:
        return None
    sender = SenderInfo(*_SENDER.unpack_from(body, _UINT32.size)) if is_sender else None
    blocks = tuple(map(_parse_block, _BLOCK.iter_unpack(body[start : start + count * _BLOCK.size])))
    return Report(_UINT32.unpack_from(body)[0], sender, blocks)


def _parse_block(fields: tuple[int, ...]) -> ReportBlock:
    ssrc, loss, highest, jitter, last, delay = fields
    lost = loss & 0xFFFFFF
    return ReportBlock(ssrc, loss >> 24, lost - (lost >> 23 << 24), highest, jitter, last, delay)
