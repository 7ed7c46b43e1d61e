"""Keys pressed, as RTP telephone events (RFC 4733), without I/O."""

import struct
from collections import deque
from dataclasses import dataclass

from callwright.kit.errors import InvalidInputError
from callwright.telephony.port import FRAME_SAMPLES, SAMPLE_RATE, DtmfReceived

DIGITS = "0123456789*#ABCD"
_EVENT = struct.Struct("!BBH")
_END = 0x80
_VOLUME_DBM0 = 10
_TONE_FRAMES = 5
_PAUSE_FRAMES = 3
_END_REPEATS = 3
_FORGOTTEN_AFTER_FRAMES = 10


class DigitError(InvalidInputError):
    """{digits!r} has {digit!r} in it, which is no key of a telephone. Keys are 0-9, *, # and A-D."""

    code = "not-a-digit"


def check_digits(digits: str) -> None:
    """Raise DigitError unless every character is a key of a telephone."""
    for digit in digits:
        if digit not in DIGITS:
            raise DigitError(digits=digits, digit=digit)


@dataclass(frozen=True, slots=True)
class EventPacket:
    """What to send in place of 20 ms of audio: ``age`` is how many samples ago the event began."""

    payload: bytes
    marker: bool
    age: int


class EventSender:
    """Turns keys into packets, one per 20 ms: growing durations, the end said three times (clauses 2.5.1.2-4)."""

    def __init__(self) -> None:
        self._keys: deque[str] = deque()
        self._frame = 0

    @property
    def busy(self) -> bool:
        """Whether keys are still being pressed."""
        return bool(self._keys)

    def press(self, digits: str) -> None:
        """Queue keys; raises DigitError."""
        check_digits(digits)
        self._keys.extend(digits)

    def step(self) -> EventPacket | None:
        """Return what the next 20 ms sends, or ``None`` for a pause between keys or when nothing is pressed."""
        if not self._keys:
            return None
        frame, self._frame = self._frame, self._frame + 1
        if frame >= _TONE_FRAMES + _END_REPEATS - 1:
            if self._frame == _TONE_FRAMES + _END_REPEATS - 1 + _PAUSE_FRAMES:
                self._keys.popleft()
                self._frame = 0
            return None
        ended = frame >= _TONE_FRAMES - 1
        duration = min(frame + 1, _TONE_FRAMES) * FRAME_SAMPLES
        event = DIGITS.index(self._keys[0])
        payload = _EVENT.pack(event, (_END if ended else 0) | _VOLUME_DBM0, duration)
        return EventPacket(payload, frame == 0, frame * FRAME_SAMPLES)


class EventReceiver:
    """Turns packets into one DtmfReceived per key, however often its packets are repeated or lost.

    A key counts once its end is said; if every end packet is lost, once the next key begins or 200 ms pass.
    """

    def __init__(self) -> None:
        self._timestamp: int | None = None
        self._event = 0
        self._duration = 0
        self._told = True
        self._quiet_frames = 0

    @property
    def pending(self) -> bool:
        """Whether a key has begun whose end was not heard."""
        return not self._told

    def take(self, timestamp: int, payload: bytes) -> list[DtmfReceived]:
        """Take one telephone-event payload and return the keys that are complete by it."""
        if len(payload) < _EVENT.size:
            return []
        event, flags, duration = _EVENT.unpack_from(payload)
        if event >= len(DIGITS):
            return []
        complete: list[DtmfReceived] = []
        if timestamp != self._timestamp:
            complete = self._finish()
            self._timestamp, self._event, self._duration, self._told = timestamp, event, 0, False
        self._quiet_frames = 0
        self._duration = max(self._duration, duration)
        if flags & _END:
            complete += self._finish()
        return complete

    def frame_passed(self) -> list[DtmfReceived]:
        """Note that 20 ms passed; return a key whose end never came."""
        if self._told:
            return []
        self._quiet_frames += 1
        return self._finish() if self._quiet_frames >= _FORGOTTEN_AFTER_FRAMES else []

    def _finish(self) -> list[DtmfReceived]:
        if self._told:
            return []
        self._told = True
        return [DtmfReceived(DIGITS[self._event], self._duration * 1000 // SAMPLE_RATE)]
