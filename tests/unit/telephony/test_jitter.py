"""The jitter buffer under any network."""

from hypothesis import given
from hypothesis import strategies as st

from callwright.telephony.jitter import JitterBuffer

FRAME = 160
LIMIT_MS = 200
SILENCE = 0xFF


def marked(number: int) -> bytes:
    """A frame that can be told from 200 others."""
    return bytes([number % 200]) * FRAME


def play(arrivals: list[list[int]], **settings: int) -> tuple[JitterBuffer, list[bytes | None]]:
    """Put the numbered frames that arrive before each tick, and pop one frame per tick."""
    buffer = JitterBuffer(SILENCE, **settings)
    played = []
    for numbers in arrivals:
        for number in numbers:
            buffer.put(1000 + number * FRAME, marked(number))
        played.append(buffer.pop())
    return buffer, played


def numbers_of(played: list[bytes | None]) -> list[int]:
    return [frame[0] for frame in played if frame is not None]


def test_a_steady_stream_comes_out_whole_after_the_first_delay() -> None:
    _, played = play([[n] for n in range(100)], target_ms=40)
    assert played[:2] == [None, None]
    assert numbers_of(played[2:]) == list(range(98))


@given(st.lists(st.lists(st.integers(0, 150), max_size=6), max_size=150))
def test_frames_never_come_out_of_order_or_twice_and_delay_is_bounded(arrivals: list[list[int]]) -> None:
    buffer = JitterBuffer(SILENCE, 40, LIMIT_MS)
    seen: list[int] = []
    for tick, offsets in enumerate(arrivals):
        for offset in offsets:
            # What a network can do to packets sent in real time: hold them back, swap, repeat, lose.
            number = tick - offset % 12
            if number >= 0:
                buffer.put(number * FRAME, marked(number))
            assert buffer.delay_samples <= LIMIT_MS * 8
        frame = buffer.pop()
        if frame is not None:
            assert len(set(frame)) == 1
            seen.append(frame[0])
    assert seen == sorted(set(seen))


@given(st.permutations(range(6)))
def test_frames_swapped_within_the_delay_are_all_played_in_order(order: list[int]) -> None:
    first = order.index(0)
    order[0], order[first] = order[first], order[0]
    _, played = play([order, *[[] for _ in range(10)]], target_ms=120)
    assert numbers_of(played) == list(range(6))


@given(st.lists(st.tuples(st.integers(-20000, 20000), st.binary(max_size=2000)), max_size=60))
def test_any_packets_at_all_leave_frames_of_the_right_size_and_a_bounded_delay(
    packets: list[tuple[int, bytes]],
) -> None:
    buffer = JitterBuffer(SILENCE, 40, LIMIT_MS)
    for timestamp, payload in packets:
        buffer.put(timestamp, payload)
        assert buffer.delay_samples <= LIMIT_MS * 8
        frame = buffer.pop()
        assert frame is None or len(frame) == FRAME


def test_a_lost_frame_is_a_gap_in_its_place() -> None:
    arrivals = [[n] for n in range(20)]
    arrivals[10] = []
    _, played = play(arrivals, target_ms=40)
    assert played[12] is None
    assert numbers_of(played) == [n for n in range(18) if n != 10]


def test_a_repeated_frame_is_played_once() -> None:
    buffer, played = play([[n, n] for n in range(20)], target_ms=40)
    assert numbers_of(played) == list(range(18))
    assert buffer.duplicates == 20


def test_late_frames_make_it_wait_longer_until_none_is_late() -> None:
    arrivals = [[n] for n in range(50)] + [[] for _ in range(5)] + [[n] for n in range(50, 150)]
    buffer, played = play(arrivals, target_ms=40)
    assert buffer.late > 0
    assert buffer.stretched >= 3
    last = numbers_of(played[-40:])
    assert last == list(range(last[0], last[0] + 40))


def test_a_delay_no_longer_needed_is_given_up() -> None:
    buffer, played = play([[n] for n in range(600)], target_ms=120)
    assert buffer.skipped > 0
    assert buffer.delay_samples < 120 * 8
    assert None not in played[6:]


def test_a_burst_after_a_stall_is_cut_to_the_limit() -> None:
    arrivals: list[list[int]] = [[n] for n in range(20)]
    arrivals += [[] for _ in range(3)]
    arrivals += [list(range(20, 60))]
    buffer, _ = play(arrivals, target_ms=40, limit_ms=LIMIT_MS)
    assert buffer.delay_samples <= LIMIT_MS * 8


def test_a_sender_whose_timestamps_fall_back_is_heard_again() -> None:
    arrivals = [[n + 10000] for n in range(20)] + [[n] for n in range(40)]
    _, played = play(arrivals, target_ms=40)
    assert numbers_of(played)[-20:] == list(range(18, 38))


def test_silence_that_was_not_sent_is_a_gap_and_speech_after_it_is_whole() -> None:
    arrivals = [[n] for n in range(20)] + [[] for _ in range(30)] + [[n] for n in range(50, 80)]
    _, played = play(arrivals, target_ms=40)
    assert numbers_of(played) == [*range(20), *range(50, 78)]


def test_packets_of_thirty_milliseconds_come_out_as_frames_of_twenty() -> None:
    buffer = JitterBuffer(SILENCE, 60)
    played = b""
    for tick in range(60):
        if tick % 3 in (0, 1):
            sent = tick // 3 * 2 + tick % 3
            buffer.put(sent * 240, bytes([sent % 200]) * 240)
        played += buffer.pop() or b""
    expected = b"".join(bytes([n % 200]) * 240 for n in range(60))
    assert expected.startswith(played)
    assert len(played) > 50 * FRAME


def test_a_frame_of_which_half_came_is_filled_with_silence() -> None:
    buffer = JitterBuffer(SILENCE, 20)
    buffer.put(0, b"\x01" * 80)
    assert buffer.pop() is None
    assert buffer.pop() == b"\x01" * 80 + bytes([SILENCE]) * 80
