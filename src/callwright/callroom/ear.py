"""How a person sounds to us, frame by frame: speech, theirs, out of the background, not our own echo."""

from callwright.speech.port import VoiceActivity
from callwright.telephony.port import Frame
from callwright.turns import foreground, surroundings
from callwright.turns.foreground import Foreground
from callwright.turns.sounds import level_db
from callwright.turns.surroundings import SPEECH, Acoustics, Sound


class Ear:
    """Judges every frame of one direction of a call, in order."""

    def __init__(self, activity: VoiceActivity, rule: Acoustics, voices: Foreground) -> None:
        self._activity = activity
        self._rule = rule
        self._voices_rule = voices
        self._around = surroundings.UNKNOWN
        self._voices = foreground.NOBODY

    def hear(self, frame: Frame | None) -> Sound:
        """Take the next 20 ms, ``None`` where nothing came."""
        if frame is None:
            return surroundings.NOTHING
        probability = self._activity.probability(frame)
        level = level_db(frame)
        self._around, above = surroundings.heard(self._rule, self._around, level)
        if above is None:
            return surroundings.NOTHING
        speech = probability >= SPEECH
        self._voices, theirs = foreground.heard(self._voices_rule, self._voices, level, speech=speech)
        return surroundings.NOTHING if speech and not theirs else Sound(probability, above)

    def sent(self, frame: Frame | None) -> None:
        """Take what we send after the frame last heard, ``None`` for silence."""
        self._around = surroundings.sent(self._rule, self._around, level_db(frame))
