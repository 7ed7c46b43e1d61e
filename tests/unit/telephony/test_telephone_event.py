"""Keys as RTP telephone events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.telephony.port import DtmfReceived
from callwright.telephony.telephone_event import DIGITS, DigitError, EventPacket, EventReceiver, EventSender

keys = st.text(DIGITS, min_size=1, max_size=12)


def sent(digits: str) -> list[tuple[int, EventPacket]]:
    """Every packet with the timestamp it carries."""
    sender, packets, clock = EventSender(), [], 0
    sender.press(digits)
    while sender.busy:
        packet = sender.step()
        if packet is not None:
            packets.append((clock - packet.age, packet))
        clock += 160
    return packets


@given(keys)
def test_every_key_arrives_once(digits: str) -> None:
    receiver = EventReceiver()
    heard = [key for timestamp, packet in sent(digits) for key in receiver.take(timestamp, packet.payload)]
    assert heard == [DtmfReceived(digit, 100) for digit in digits]


@given(keys, st.data())
def test_keys_survive_loss_and_repetition_unless_all_their_packets_are_lost(
    digits: str, data: st.DataObject
) -> None:
    receiver, heard = EventReceiver(), ""
    packets = sent(digits)
    kept = data.draw(st.lists(st.integers(0, 2), min_size=len(packets), max_size=len(packets)))
    expected = {timestamp for (timestamp, _), copies in zip(packets, kept, strict=True) if copies}
    for (timestamp, packet), copies in zip(packets, kept, strict=True):
        for _ in range(copies):
            heard += "".join(key.digit for key in receiver.take(timestamp, packet.payload))
    for _ in range(20):
        heard += "".join(key.digit for key in receiver.frame_passed())
    starts = sorted({timestamp for timestamp, _ in packets})
    assert heard == "".join(digit for digit, start in zip(digits, starts, strict=True) if start in expected)


def test_a_key_is_a_marked_beginning_growing_durations_and_three_ends() -> None:
    packets = [packet for _, packet in sent("5")]
    assert [packet.marker for packet in packets] == [True] + [False] * 6
    assert [int.from_bytes(packet.payload[2:]) for packet in packets] == [160, 320, 480, 640, 800, 800, 800]
    assert [packet.payload[1] >> 7 for packet in packets] == [0, 0, 0, 0, 1, 1, 1]
    assert len({timestamp for timestamp, _ in sent("5")}) == 1


@given(st.binary(max_size=12), st.integers(0, 2**32 - 1))
def test_any_payload_is_taken_without_raising(payload: bytes, timestamp: int) -> None:
    assert all(key.digit in DIGITS for key in EventReceiver().take(timestamp, payload))


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(DigitError, match="'x'"):
        EventSender().press("12x")
