"""How a person sounds to us, frame by frame: speech or not, out of the background or not, not our own echo."""

from callwright.speech.port import VoiceActivity
from callwright.telephony.port import Frame
from callwright.turns import surroundings
from callwright.turns.sounds import level_db
from callwright.turns.surroundings import Acoustics, Sound


class Ear:
    """Judges every frame of one direction of a call, in order."""

    def __init__(self, activity: VoiceActivity, rule: Acoustics) -> None:
        self._activity = activity
        self._rule = rule
        self._around = surroundings.UNKNOWN

    def hear(self, frame: Frame | None) -> Sound:
        """Take the next 20 ms, ``None`` where nothing came."""
        if frame is None:
            return surroundings.NOTHING
        probability = self._activity.probability(frame)
        self._around, above = surroundings.heard(self._rule, self._around, level_db(frame))
        return surroundings.NOTHING if above is None else Sound(probability, above)

    def sent(self, frame: Frame | None) -> None:
        """Take what we send after the frame last heard, ``None`` for silence."""
        self._around = surroundings.sent(self._rule, self._around, level_db(frame))
