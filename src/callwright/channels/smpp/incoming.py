"""What deliver_sm tells: receipts as appendix B of SMPP 3.4 writes them, and people's words, their parts joined."""

import re
from collections import OrderedDict

from callwright.channels.port import Receipt, Reply
from callwright.channels.smpp.pdus import GSM_DEFAULT, LATIN_1, UCS2, UDHI, Delivered, Tag
from callwright.texting.alphabet import decode_gsm

_FIELD = re.compile(r"(id|stat|err):(\S*)", re.IGNORECASE)
_STATES = {
    1: "ENROUTE",
    2: "DELIVRD",
    3: "EXPIRED",
    4: "DELETED",
    5: "UNDELIV",
    6: "ACCEPTD",
    7: "UNKNOWN",
    8: "REJECTD",
}
"""Clause 5.2.28."""
UNDER_WAY = frozenset({"ENROUTE", "ACCEPTD", "UNKNOWN", "BUFFERED", ""})
DELIVERED = "DELIVRD"
MOST_WAITING = 500
"""Parts of messages whose other parts have not come."""


def receipt_of(told: Delivered) -> Receipt | None:
    """Return what a receipt tells; nothing where it only says that the message is under way."""
    fields = {name.lower(): value for name, value in _FIELD.findall(told.data.decode("ascii", "replace"))}
    named = told.parameters.get(Tag.RECEIPTED_MESSAGE_ID, b"").rstrip(b"\0").decode("ascii", "replace")
    state = told.parameters.get(Tag.MESSAGE_STATE, b"")
    said = (_STATES.get(state[0], "UNKNOWN") if state else fields.get("stat", "")).upper()
    network_id = named or fields.get("id", "")
    if not network_id or said in UNDER_WAY:
        return None
    error = fields.get("err", "").strip("0")
    return Receipt(network_id, said == DELIVERED, f"{said} {error}".strip() if said != DELIVERED else "")


class Joiner:
    """Joins the parts of people's messages; what never becomes whole is forgotten in the end."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[tuple[str, str, int, int], dict[int, str]] = OrderedDict()

    def join(self, told: Delivered) -> Reply | None:
        """Return a message that is whole with this part; nothing while parts are missing."""
        place, data = _place(told)
        text = _decoded(data, told.data_coding)
        if place is None or place[1] < 2:
            return Reply(told.source, told.destination, text)
        reference, total, number = place
        key = (told.source, told.destination, reference, total)
        parts = self._waiting.setdefault(key, {})
        parts[number] = text
        if len(parts) < total:
            while len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
            return None
        del self._waiting[key]
        return Reply(told.source, told.destination, "".join(parts[one] for one in sorted(parts)))


def _place(told: Delivered) -> tuple[tuple[int, int, int] | None, bytes]:
    """Return (reference, total, number) where it is a part, and the data without its header."""
    if told.esm_class & UDHI and told.data:
        size = told.data[0] + 1
        return _place_in_header(told.data[1:size]), told.data[size:]
    found = [
        told.parameters.get(tag) for tag in (Tag.SAR_MSG_REF_NUM, Tag.SAR_TOTAL_SEGMENTS, Tag.SAR_SEGMENT_SEQNUM)
    ]
    numbers = [int.from_bytes(one, "big") for one in found if one]
    return ((numbers[0], numbers[1], numbers[2]) if len(numbers) == 3 else None), told.data


def _place_in_header(header: bytes) -> tuple[int, int, int] | None:
    """Look among the elements of a user data header for the one that joins (3GPP TS 23.040 clause 9.2.3.24)."""
    while len(header) >= 2:
        kind, size = header[0], header[1]
        element, header = header[2 : 2 + size], header[2 + size :]
        if kind == 0 and len(element) == 3:
            return element[0], element[1], element[2]
        if kind == 8 and len(element) == 4:
            return int.from_bytes(element[:2], "big"), element[2], element[3]
    return None


def _decoded(data: bytes, data_coding: int) -> str:
    if data_coding == UCS2:
        return data.decode("utf-16-be", "replace")
    if data_coding == LATIN_1:
        return data.decode("latin-1")
    if data_coding == GSM_DEFAULT:
        return decode_gsm(data)
    return data.decode("utf-8", "replace")
