"""How a person sounds to us, frame by frame: speech or not, out of the background or not, not our own echo."""

import numpy as np

from callwright.speech.port import VoiceActivity
from callwright.telephony.port import FRAME_SAMPLES, Frame
from callwright.turns import surroundings
from callwright.turns.sounds import HUM_SAMPLES, level_db, periodicity
from callwright.turns.surroundings import Acoustics, Sound


class Ear:
    """Judges every frame of one direction of a call, in order."""

    def __init__(self, activity: VoiceActivity, rule: Acoustics) -> None:
        self._activity = activity
        self._rule = rule
        self._around = surroundings.UNKNOWN
        self._last = np.zeros(HUM_SAMPLES, np.int16)

    def hear(self, frame: Frame | None) -> Sound:
        """Take the next 20 ms, ``None`` where nothing came."""
        if frame is None:
            return surroundings.NOTHING
        probability = self._activity.probability(frame)
        self._last[:-FRAME_SAMPLES] = self._last[FRAME_SAMPLES:]
        self._last[-FRAME_SAMPLES:] = frame
        self._around, above = surroundings.heard(self._rule, self._around, level_db(frame))
        if above is None:
            return surroundings.NOTHING
        return Sound(probability, above, periodicity(self._last))

    def sent(self, frame: Frame | None) -> None:
        """Take what we send after the frame last heard, ``None`` for silence."""
        self._around = surroundings.sent(self._rule, self._around, level_db(frame))
