"""Hides lost frames: the last pitch period goes on, fading, as in ITU-T G.711 appendix I.

Nothing is computed while frames arrive; only the last frames are kept.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from callwright.telephony.port import FRAME_SAMPLES, Frame

_SHORTEST_PITCH = 40
_LONGEST_PITCH = 120
_HISTORY_FRAMES = 3
_MATCH = 160
_OVERLAP = 32
_FADED_AFTER = 3

SILENCE: Frame = np.zeros(FRAME_SAMPLES, np.int16)
# Handed out many times: whoever takes it must not write into it.
SILENCE.flags.writeable = False
_RISE = np.linspace(0, 1, _OVERLAP, dtype=np.float32)


class Concealer:
    """Passes received frames on and invents those that are missing, for at most 60 ms; then silence."""

    def __init__(self) -> None:
        self._history: deque[Frame] = deque(maxlen=_HISTORY_FRAMES)
        self._period: NDArray[np.float32] | None = None
        self._phase = 0
        self._missing = 0
        self.concealed = 0

    def received(self, frame: Frame) -> Frame:
        """Take a frame that came and return it, joined smoothly to what was invented before it."""
        if self._period is not None:
            frame = self._joined(frame)
            self._period = None
        self._missing = 0
        self._history.append(frame)
        return frame

    def missing(self) -> Frame:
        """Return 20 ms in place of a frame that did not come: int16, shape (160,)."""
        if not self._history or self._missing >= _FADED_AFTER:
            self._period = None
            return SILENCE
        if self._period is None:
            self._period, self._phase = self._last_period(), 0
        gain = np.linspace(
            1 - self._missing / _FADED_AFTER,
            1 - (self._missing + 1) / _FADED_AFTER,
            FRAME_SAMPLES,
            dtype=np.float32,
        )
        self._missing += 1
        self.concealed += 1
        return (self._continued(FRAME_SAMPLES) * gain).astype(np.int16)

    def _last_period(self) -> NDArray[np.float32]:
        past = np.concatenate(self._history).astype(np.float32)
        if len(past) < _MATCH + _LONGEST_PITCH:
            return past[-FRAME_SAMPLES:]
        template = past[-_MATCH:]
        searched = past[-_MATCH - _LONGEST_PITCH : -_SHORTEST_PITCH]
        products = np.correlate(searched, template)
        energy = np.convolve(searched * searched, np.ones(_MATCH, np.float32), "valid")
        best = int(np.argmax(products / np.sqrt(energy + 1)))
        return past[-(_LONGEST_PITCH - best) :]

    def _continued(self, count: int) -> NDArray[np.float32]:
        period = self._period if self._period is not None else SILENCE.astype(np.float32)
        at = (self._phase + np.arange(count)) % len(period)
        self._phase += count
        return period[at]

    def _joined(self, frame: Frame) -> Frame:
        gain = 1 - self._missing / _FADED_AFTER
        joined = frame.copy()
        ending = self._continued(_OVERLAP) * gain
        joined[:_OVERLAP] = ending * (1 - _RISE) + frame[:_OVERLAP] * _RISE
        return joined
