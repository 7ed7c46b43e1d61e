"""Frames of a browser: bursts become an even stream, with a bounded delay."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from callwright.telephony.browser.frames import FrameQueue
from callwright.telephony.port import FRAME_SAMPLES, Frame


def frame(number: int) -> Frame:
    return np.full(FRAME_SAMPLES, number, np.int16)


def test_a_burst_is_given_out_evenly_once_enough_is_gathered() -> None:
    queue = FrameQueue(target_ms=60)
    queue.put(frame(1))
    queue.put(frame(2))
    assert queue.pop() is None
    queue.put(frame(3))
    assert [one[0] for one in (queue.pop(), queue.pop(), queue.pop()) if one is not None] == [1, 2, 3]
    assert queue.pop() is None
    queue.put(frame(4))
    assert queue.pop() is None, "it gathers again after a gap"


@given(st.lists(st.integers(0, 30), max_size=60))
def test_frames_come_out_in_order_and_never_late(bursts: list[int]) -> None:
    queue = FrameQueue(target_ms=60, limit_ms=300)
    put = 0
    out: list[int] = []
    for burst in bursts:
        for _ in range(burst):
            put += 1
            queue.put(frame(put))
        given_out = queue.pop()
        if given_out is not None:
            out.append(int(given_out[0]))
            assert put - out[-1] <= 15, "no frame waits longer than the limit"
    assert out == sorted(set(out))
