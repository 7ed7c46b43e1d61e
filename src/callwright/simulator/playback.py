"""What plays without listening: an announcement, a mailbox's greeting."""

import asyncio

import numpy as np

from callwright.simulator.mouth import Mouth
from callwright.speech.port import Pcm
from callwright.telephony.port import Frame


class Playback:
    """An audio handler that plays something once over a background; :attr:`done` is set when it has been heard."""

    def __init__(self, mouth: Mouth, *parts: Pcm) -> None:
        self._mouth = mouth
        self._mouth.say(np.concatenate(parts))
        self.done = asyncio.Event()

    def heard(self, frame: Frame) -> None:
        """Let the caller talk."""

    def say(self) -> Frame:
        """Give the next 20 ms."""
        if not self._mouth.speaks:
            self.done.set()
        return self._mouth.frame()
