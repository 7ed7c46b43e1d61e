"""SMPP's PDUs, as far as one who sends and receives messages needs them; clauses are those of version 3.4.

Networks have status codes and parameters of their own, so that none is an error here.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum

HEADER = struct.Struct("!IIII")
MOST_BYTES = 70_000
"""Of one PDU: the largest parameter, message_payload, holds 64 K."""
RESPONSE = 0x80000000
VERSION = 0x34
INTERNATIONAL, ALPHANUMERIC, UNKNOWN_TYPE = 1, 5, 0
ISDN_PLAN = 1
UDHI, RECEIPT = 0x40, 0x04
MESSAGE_TYPE = 0x3C
GSM_DEFAULT, LATIN_1, UCS2 = 0x00, 0x03, 0x08


class Command(IntEnum):
    """Clause 5.1.2.1; a response has :data:`RESPONSE` added."""

    GENERIC_NACK = 0x80000000
    SUBMIT_SM = 0x04
    DELIVER_SM = 0x05
    UNBIND = 0x06
    BIND_TRANSCEIVER = 0x09
    ENQUIRE_LINK = 0x15


class Status(IntEnum):
    """Clause 5.1.3, those that are acted upon."""

    OK = 0x00
    UNKNOWN_COMMAND = 0x03
    ALREADY_BOUND = 0x05
    SYSTEM_ERROR = 0x08
    QUEUE_FULL = 0x14
    THROTTLED = 0x58
    TRY_AGAIN = 0x64
    """ESME_RX_T_APPN: the one who receives can't take it now."""


class Tag(IntEnum):
    """Optional parameters, clause 5.3.2."""

    RECEIPTED_MESSAGE_ID = 0x001E
    SAR_MSG_REF_NUM = 0x020C
    SAR_TOTAL_SEGMENTS = 0x020E
    SAR_SEGMENT_SEQNUM = 0x020F
    MESSAGE_PAYLOAD = 0x0424
    MESSAGE_STATE = 0x0427


class BrokenPduError(Exception):
    """What came is no SMPP."""


@dataclass(frozen=True, slots=True)
class Pdu:
    """One PDU; ``command`` may be one that is not known here."""

    command: int
    sequence: int
    status: int = 0
    body: bytes = b""

    def encoded(self) -> bytes:
        """Return it as it is sent."""
        return HEADER.pack(HEADER.size + len(self.body), self.command, self.status, self.sequence) + self.body

    def answer(self, status: int = Status.OK) -> "Pdu":
        """Return the response to a request. That to deliver_sm has an empty message_id."""
        body = b"\0" if self.command == Command.DELIVER_SM else b""
        return Pdu(self.command | RESPONSE, self.sequence, status, body)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What deliver_sm carries: a receipt or a message. ``data`` is coded as ``data_coding`` says."""

    source: str
    destination: str
    esm_class: int
    data_coding: int
    data: bytes
    parameters: dict[int, bytes]

    @property
    def is_receipt(self) -> bool:
        """Whether it tells of a message that we sent (clause 5.2.12)."""
        return self.esm_class & MESSAGE_TYPE == RECEIPT


def body_size(header: bytes) -> tuple[int, int, int, int]:
    """Return the bytes that follow a header, with command, status, sequence. Raises BrokenPduError."""
    length, command, status, sequence = HEADER.unpack(header)
    if not HEADER.size <= length <= MOST_BYTES:
        raise BrokenPduError
    return length - HEADER.size, command, status, sequence


def bind_transceiver(system_id: str, password: str, system_type: str) -> bytes:
    """Return the body that asks to send and receive (clause 4.1.5)."""
    return (
        b"".join(_text(one) for one in (system_id, password, system_type))
        + bytes([VERSION, UNKNOWN_TYPE, UNKNOWN_TYPE])
        + _text("")
    )


def submit_sm(sender: str, recipient: str, data: bytes, *, data_coding: int, header: bytes) -> bytes:
    """Return the body that sends one short message and asks for its receipt (clause 4.4.1)."""
    return b"".join(
        (
            _text(""),
            _address(sender),
            _address(recipient),
            bytes([UDHI if header else 0, 0, 0]),
            _text("") * 2,
            bytes([1, 0, data_coding, 0, len(header) + len(data)]),
            header,
            data,
        )
    )


def joined_header(reference: int, total: int, number: int) -> bytes:
    """Return the user data header of part ``number`` of ``total`` (3GPP TS 23.040 clause 9.2.3.24.1)."""
    return bytes([5, 0, 3, reference & 0xFF, total, number])


def message_id(answer: Pdu) -> str:
    """Return by which id submit_sm_resp names a message; empty where it does not."""
    return answer.body.partition(b"\0")[0].decode("ascii", "replace")


def delivered(body: bytes) -> Delivered:
    """Return what deliver_sm carries (clause 4.6.1). Raises BrokenPduError."""
    try:
        return _delivered(body)
    except (IndexError, ValueError, struct.error):
        raise BrokenPduError from None


def _delivered(body: bytes) -> Delivered:
    _, rest = _string(body)
    source, rest = _string(rest[2:])
    destination, rest = _string(rest[2:])
    esm_class, rest = rest[0], rest[3:]
    _, rest = _string(rest)
    _, rest = _string(rest)
    data_coding, length = rest[2], rest[4]
    data, rest = rest[5 : 5 + length], rest[5 + length :]
    parameters = _parameters(rest)
    return Delivered(
        source, destination, esm_class, data_coding, data or parameters.get(Tag.MESSAGE_PAYLOAD, b""), parameters
    )


def _parameters(rest: bytes) -> dict[int, bytes]:
    found = {}
    while len(rest) >= 4:
        tag, length = struct.unpack_from("!HH", rest)
        found[tag] = rest[4 : 4 + length]
        rest = rest[4 + length :]
    return found


def _string(rest: bytes) -> tuple[str, bytes]:
    end = rest.index(b"\0")
    return rest[:end].decode("ascii", "replace"), rest[end + 1 :]


def _text(value: str) -> bytes:
    return value.encode("ascii") + b"\0"


def _address(written: str) -> bytes:
    if written.startswith("+"):
        return bytes([INTERNATIONAL, ISDN_PLAN]) + _text(written[1:])
    if written.isdigit():
        return bytes([UNKNOWN_TYPE, ISDN_PLAN]) + _text(written)
    return bytes([ALPHANUMERIC, UNKNOWN_TYPE]) + _text(written)
