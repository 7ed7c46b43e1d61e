"""hibari-tts: one American voice that speaks a hundred times faster than real time on one core."""

import numpy as np
import soxr
from hibari import SAMPLE_RATE as MODEL_RATE
from hibari import Hibari

from callwright.speech.errors import UnknownVoiceError
from callwright.speech.port import SAMPLE_RATE, Pcm, Voice

VOICE = "heart"
"""The only voice inside the package; every other would be downloaded when first used."""

_SLOWEST, _FASTEST = 0.5, 2.0
_SEED = 1


class HibariSynthesiser:
    """English speech. The same text always gives the same samples, so that prompts can be cached by their text."""

    voices = (Voice(VOICE, "en", "Heart (American woman)"),)

    def __init__(self, threads: int = 1) -> None:
        self._model = Hibari(voice=VOICE, threads=threads)
        self.synthesise("Hello there.", VOICE, 1.0)

    def edition(self, _voice: str) -> None:
        """Return that its speech is not worth keeping."""
        return

    def synthesise(self, text: str, voice: str, speed: float) -> Pcm:
        """Return ``text`` spoken at 8 kHz, ``speed`` kept in 0.5 to 2; no samples when there is nothing to say."""
        if voice not in ("", VOICE):
            raise UnknownVoiceError(provider="hibari", voice=voice, known=VOICE)
        wide = self._model(text, speed=min(max(speed, _SLOWEST), _FASTEST), seed=_SEED)
        if not len(wide):
            return np.zeros(0, np.int16)
        narrow = soxr.resample(wide, MODEL_RATE, SAMPLE_RATE)
        spoken: Pcm = np.clip(np.rint(narrow * 32767), -32768, 32767).astype(np.int16)
        return spoken
