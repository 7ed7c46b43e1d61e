"""A jitter buffer: packets in as they come, 20 ms out at a time, in order, with bounded delay.

Time is counted in samples of the sender's timestamp. The buffer keeps one second of encoded samples in a ring with
a mark per sample, so that packets of any length, order or overlap, repeated packets and gaps all come to the same:
a span of samples is there when its time to be played comes, or it is not.

The delay adapts. A packet that comes late makes the next frame wait one frame longer; when for a while every
packet came with more than a frame to spare, one frame is skipped. That also follows two clocks drifting apart.
"""

from callwright.telephony.port import FRAME_SAMPLES, SAMPLE_RATE

_RING = SAMPLE_RATE
_PRESENT = 1
_WINDOW = 150
_RESTART_AFTER = 5
_MARKS = bytes([_PRESENT]) * _RING
_NO_MARKS = bytes(_RING)


class JitterBuffer:
    """Orders the encoded samples of one stream for play-out.

    ``silence`` is the code that fills what is missing inside a frame of which a part came.
    """

    def __init__(self, silence: int, target_ms: int = 40, limit_ms: int = 200) -> None:
        frame_ms = FRAME_SAMPLES * 1000 // SAMPLE_RATE
        self._blank = bytes([silence]) * _RING
        self._target = max(1, target_ms // frame_ms) * FRAME_SAMPLES
        self._limit = max(2, limit_ms // frame_ms) * FRAME_SAMPLES
        self._samples = bytearray(self._blank)
        self._present = bytearray(_RING)
        self._play: int | None = None
        self._end = 0
        self._wait = False
        self._spare = _RING
        self._seen = 0
        self._late_in_row = 0
        self.late = 0
        self.duplicates = 0
        self.skipped = 0
        self.stretched = 0

    @property
    def delay_samples(self) -> int:
        """How much the newest sample kept is ahead of play-out; never above the limit."""
        return 0 if self._play is None else max(0, self._end - self._play)

    def put(self, timestamp: int, payload: bytes) -> None:
        """Keep a packet's samples; ``timestamp`` must not wrap (see :class:`.rtp.Unwrapper`)."""
        length = len(payload)
        if not 0 < length <= self._limit:
            return
        play = self._play if self._play is not None else self._begin(timestamp)
        spare = timestamp - play
        if spare + length <= 0:
            self._came_late(timestamp, -spare)
            return
        self._late_in_row = 0
        self._seen += 1
        self._spare = min(self._spare, spare)
        if self._seen == _WINDOW:
            play = self._review(play)
        self._end = max(self._end, timestamp + length)
        if self._end - play > self._limit:
            play = self._drop_until(self._end - min(self._limit, self._target))
        self._store(timestamp, payload, play)

    def _begin(self, timestamp: int) -> int:
        self._play = timestamp - self._target
        self._end = timestamp
        self._clear(0, _RING)
        return self._play

    def _came_late(self, timestamp: int, behind: int) -> None:
        self.late += 1
        self._late_in_row += 1
        if behind <= self._limit and self.delay_samples + FRAME_SAMPLES <= self._limit:
            self._wait = True
        elif self._late_in_row >= _RESTART_AFTER:
            # A sender whose timestamps fell back for good would never be heard again.
            self._late_in_row = 0
            self._begin(timestamp)

    def _review(self, play: int) -> int:
        if self._spare >= 2 * FRAME_SAMPLES:
            play = self._drop_until(play + FRAME_SAMPLES)
            self.skipped += 1
        self._spare, self._seen = _RING, 0
        return play

    def _drop_until(self, play: int) -> int:
        start = self._play if self._play is not None else play
        self._clear(start % _RING, min(_RING, play - start))
        self._play = play
        return play

    def _store(self, timestamp: int, payload: bytes, play: int) -> None:
        if timestamp < play:
            timestamp, payload = play, payload[play - timestamp :]
        start = timestamp % _RING
        if self._present[start]:
            self.duplicates += 1
        first = _RING - start
        self._write(start, payload[:first])
        if len(payload) > first:
            self._write(0, payload[first:])

    def _write(self, start: int, payload: bytes) -> None:
        end = start + len(payload)
        self._samples[start:end] = payload
        self._present[start:end] = _MARKS[: len(payload)]

    def _clear(self, start: int, length: int) -> None:
        first = min(length, _RING - start)
        for begin, count in ((start, first), (0, length - first)):
            if count:
                self._samples[begin : begin + count] = self._blank[:count]
                self._present[begin : begin + count] = _NO_MARKS[:count]

    def pop(self) -> bytes | None:
        """Return the next 20 ms of encoded samples, or ``None`` where none of them has come."""
        if self._play is None:
            return None
        if self._wait:
            self._wait = False
            self.stretched += 1
            return None
        start, self._play = self._play % _RING, self._play + FRAME_SAMPLES
        frame = self._take(start)
        self._clear(start, FRAME_SAMPLES)
        return frame

    def _take(self, start: int) -> bytes | None:
        end = start + FRAME_SAMPLES
        if end <= _RING:
            return bytes(self._samples[start:end]) if self._present.find(_PRESENT, start, end) >= 0 else None
        rest = end - _RING
        if self._present.find(_PRESENT, start) < 0 and self._present.find(_PRESENT, 0, rest) < 0:
            return None
        return bytes(self._samples[start:] + self._samples[:rest])
