"""RTP packets and counts."""

from hypothesis import given
from hypothesis import strategies as st

from callwright.telephony import rtp

packets = st.builds(
    rtp.Packet,
    payload_type=st.integers(0, 127),
    marker=st.booleans(),
    sequence=st.integers(0, 65535),
    timestamp=st.integers(0, 2**32 - 1),
    ssrc=st.integers(0, 2**32 - 1),
    payload=st.binary(max_size=400),
)


@given(packets)
def test_what_is_packed_parses_back(packet: rtp.Packet) -> None:
    assert rtp.parse(rtp.pack(packet)) == packet


@given(st.binary(max_size=200))
def test_any_bytes_parse_or_do_not_but_never_raise(data: bytes) -> None:
    packet = rtp.parse(data)
    assert packet is None or len(packet.payload) <= len(data) - 12
    rtp.is_rtcp(data)


@given(packets, st.integers(0, 15), st.binary(max_size=8).map(lambda b: b[: len(b) // 4 * 4]), st.integers(1, 20))
def test_padding_extension_and_sources_are_taken_off(
    packet: rtp.Packet, sources: int, extension: bytes, padding: int
) -> None:
    data = bytearray(rtp.pack(packet._replace(payload=b"")))
    data[0] |= 0x30 | sources
    data += bytes(4 * sources) + b"\xbe\xde" + (len(extension) // 4).to_bytes(2) + extension
    data += packet.payload + bytes(padding - 1) + bytes([padding])
    parsed = rtp.parse(bytes(data))
    assert parsed is not None
    assert parsed.payload == packet.payload


@given(st.lists(st.integers(-3000, 3000), max_size=50))
def test_unwrapped_counters_follow_small_steps_over_any_wrap(steps: list[int]) -> None:
    counter, unwrapper = 65000, rtp.Unwrapper(16)
    base = unwrapper.extend(counter)
    for step in steps:
        counter += step
        assert unwrapper.extend(counter % 65536) - base == counter - 65000


@given(st.integers(0, 65535), st.sets(st.integers(1, 400)), st.randoms())
def test_counts_what_is_lost_over_any_wrap_and_small_disorder(
    first: int, missing: set[int], random: object
) -> None:
    numbers = [first + i for i in range(402) if i not in missing]
    for at in range(1, len(numbers) - 2, 7):
        numbers[at], numbers[at + 1] = numbers[at + 1], numbers[at]
    reception = rtp.Reception()
    for at, number in enumerate(numbers):
        assert not reception.arrived(number % 65536, at * 160, at * 0.02)
    assert reception.expected == 402
    assert reception.lost == len(missing)


def test_steady_arrival_has_no_jitter_and_uneven_arrival_has() -> None:
    steady, uneven = rtp.Reception(), rtp.Reception()
    for at in range(200):
        steady.arrived(at, at * 160, at * 0.02)
        uneven.arrived(at, at * 160, at * 0.02 + (0.010 if at % 2 else 0))
    assert steady.jitter_ms < 0.001
    assert 9 < uneven.jitter_ms < 11


def test_a_sender_that_restarts_is_noticed_at_its_second_packet() -> None:
    reception = rtp.Reception()
    for at in range(10):
        reception.arrived(at, at * 160, at * 0.02)
    assert not reception.arrived(30000, 0, 0.2)
    assert reception.arrived(30001, 160, 0.22)
    assert reception.lost == 0


def test_fraction_lost_is_since_the_last_report() -> None:
    reception = rtp.Reception()
    for number in (0, 1, 2, 3):
        reception.arrived(number, number * 160, number * 0.02)
    assert reception.fraction_lost() == 0
    for number in (4, 6):
        reception.arrived(number, number * 160, number * 0.02)
    assert reception.fraction_lost() == 256 // 3
