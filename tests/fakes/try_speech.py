"""A speech server as the web process knows it: speaks letters as samples, sorts by the example itself."""

from collections.abc import Mapping, Sequence

import numpy as np

from callwright.speech.port import IntentScore, Pcm, SpeechUnavailableError, Voice

VOICES = [Voice("heart", "en", "Heart"), Voice("anna", "en", "Anna")]
LEVEL = 2000
SAMPLES_A_LETTER = 160


class FakeTrySpeech:
    """Knows two English voices. ``away`` fails all questions; ``asked`` is what it was asked to speak."""

    def __init__(self) -> None:
        self.away = False
        self.asked: list[tuple[str, str, float]] = []

    async def voices(self, *, deadline_s: float = 5.0) -> list[Voice]:
        """Return its voices."""
        self._answer()
        return VOICES

    async def synthesise(
        self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
    ) -> Pcm:
        """Return a level for as long as ``text`` has letters."""
        self._answer()
        self.asked.append((text, voice, speed))
        return np.full(len(text) * SAMPLES_A_LETTER, LEVEL, np.int16)

    async def classify(
        self, text: str, examples: Mapping[str, Sequence[str]], *, deadline_s: float = 5.0
    ) -> list[IntentScore]:
        """Return 0.9 for the intent that has ``text`` as an example; else the same little for all."""
        self._answer()
        known = [name for name, sentences in examples.items() if text.casefold() in map(str.casefold, sentences)]
        rest = 0.1 / max(1, len(examples) - 1)
        scores = [IntentScore(name, 0.9 if name in known else rest) for name in examples]
        return sorted(scores, key=lambda one: -one.score)

    def _answer(self) -> None:
        if self.away:
            raise SpeechUnavailableError(address="fake", why="it is away")
