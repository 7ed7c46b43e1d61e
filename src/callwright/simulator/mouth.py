"""A mouth: what one end of a call sounds like, 20 ms at a time: its background, and speech over it."""

import numpy as np

from callwright.speech.port import Pcm
from callwright.telephony.port import FRAME_SAMPLES, Frame


class Mouth:
    """Plays speech over a background that repeats for ever; ``background`` holds whole frames or nothing."""

    def __init__(self, background: Pcm) -> None:
        self._background = background[: len(background) // FRAME_SAMPLES * FRAME_SAMPLES]
        self._at = 0
        self._speech = np.zeros(0, np.int16)

    @property
    def speaks(self) -> bool:
        """Whether there is speech left to play."""
        return len(self._speech) > 0

    def say(self, speech: Pcm) -> None:
        """Play ``speech`` from the next frame on, after what is still to be played."""
        self._speech = np.concatenate([self._speech, speech])

    def frame(self) -> Frame:
        """Return the next 20 ms."""
        frame = self._next_background()
        spoken = self._speech[:FRAME_SAMPLES]
        self._speech = self._speech[FRAME_SAMPLES:]
        frame[: len(spoken)] += spoken
        return np.asarray(np.clip(frame, -32768, 32767), np.int16)

    def _next_background(self) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        if not len(self._background):
            return np.zeros(FRAME_SAMPLES, np.int32)
        frame = self._background[self._at : self._at + FRAME_SAMPLES].astype(np.int32)
        self._at = (self._at + FRAME_SAMPLES) % len(self._background)
        return frame
