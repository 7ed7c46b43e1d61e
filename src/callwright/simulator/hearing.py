"""An ear: hears that the caller speaks and falls silent, and keeps what was said, 20 ms at a time.

Callers speak into a digital line, so energy is enough; what a caller's line adds lies far below the threshold.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from callwright.speech.port import Pcm

FRAME_S = 0.02

_THRESHOLD = 250.0
"""Root mean square of a frame with speech in it, -42 dBov."""

_FRAMES_TO_START = 3
_FRAMES_BEFORE = 10
_LONGEST_S = 25.0


@dataclass(frozen=True, slots=True)
class Started:
    """The caller speaks."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The caller has been silent for long enough to have finished.

    ``speech`` is what was said, ``ago`` how long ago its last sound was, in seconds.
    """

    speech: Pcm
    ago: float


class Ear:
    """Listens to one direction of one call; ``pause_s`` is how much silence ends what was said.

    Synthesised prompts pause for up to 0.9 s between sentences.
    """

    def __init__(self, pause_s: float = 0.95) -> None:
        self._pause = round(pause_s / FRAME_S)
        self._before: deque[Pcm] = deque(maxlen=_FRAMES_BEFORE)
        self._said: list[Pcm] = []
        self._loud = self._quiet = 0
        self.hears_speech = False

    def heard(self, frame: Pcm) -> Started | Stopped | None:
        """Take 20 ms and tell whether the caller has just started or stopped."""
        is_loud = float(np.sqrt(np.mean(frame.astype(np.float32) ** 2))) > _THRESHOLD
        return self._during(frame, is_loud) if self.hears_speech else self._outside(frame, is_loud)

    def _outside(self, frame: Pcm, is_loud: bool) -> Started | None:
        self._before.append(frame)
        self._loud = self._loud + 1 if is_loud else 0
        if self._loud < _FRAMES_TO_START:
            return None
        self.hears_speech = True
        self._said, self._quiet = list(self._before), 0
        return Started()

    def _during(self, frame: Pcm, is_loud: bool) -> Stopped | None:
        if len(self._said) * FRAME_S < _LONGEST_S:
            self._said.append(frame)
        self._quiet = 0 if is_loud else self._quiet + 1
        if self._quiet < self._pause:
            return None
        self.hears_speech, self._loud = False, 0
        self._before.clear()
        return Stopped(np.concatenate(self._said), self._quiet * FRAME_S)
