"""Frames from a browser on their way to a room: they come in order, but not evenly."""

from collections import deque

from callwright.telephony.port import FRAME_MS, Frame


class FrameQueue:
    """Holds frames back for a moment, so that a stream of bursts is heard as an even one.

    After every gap ``target_ms`` are gathered before any is given out. A stream that runs ahead, because it was
    held up and then came all at once or because two clocks differ, is cut back to that at ``limit_ms``.
    """

    def __init__(self, *, target_ms: int = 60, limit_ms: int = 300) -> None:
        self._target = target_ms // FRAME_MS
        self._limit = limit_ms // FRAME_MS
        self._frames: deque[Frame] = deque()
        self._gathering = True
        self.dropped = 0

    def put(self, frame: Frame) -> None:
        """Take the next 20 ms."""
        self._frames.append(frame)
        if len(self._frames) > self._limit:
            while len(self._frames) > self._target:
                self._frames.popleft()
                self.dropped += 1

    def pop(self) -> Frame | None:
        """Return the next 20 ms, ``None`` where they haven't come."""
        if self._gathering and len(self._frames) < self._target:
            return None
        self._gathering = False
        if self._frames:
            return self._frames.popleft()
        self._gathering = True
        return None
