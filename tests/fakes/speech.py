"""Speech whose words are levels: what was said can be read back from the samples.

Each word is a constant sample value, so that a test sees which samples reached the recogniser and which prompt is
in a frame, and so that silence is exactly zero.
"""

import asyncio
from collections.abc import Mapping, Sequence

import numpy as np

from callwright.speech.port import IntentScore, Pcm, Recognition, SpeechUnavailableError
from tests.fakes.simulated_time import SimulatedTime

_WORDS = ["yes", "no", "maybe", "tuesday", "please", "stop", "hello", "goodbye"]
_STEP = 500
_OUR_LEVEL = 2000
_NOISE = 250
MS_PER_LETTER = 20


def word(text: str, ms: int = 200) -> Pcm:
    """Return one word of the vocabulary as sound."""
    return np.full(ms * 8, (_WORDS.index(text) + 1) * _STEP, np.int16)


def noise(ms: int) -> Pcm:
    """Return sound that is no word."""
    return np.full(ms * 8, _NOISE, np.int16)


def silence(ms: int) -> Pcm:
    """Return nothing."""
    return np.zeros(ms * 8, np.int16)


def words_in(pcm: Pcm) -> str:
    """Return the words of ``pcm``, in order, each once per unbroken stretch."""
    levels = pcm[np.flatnonzero(np.diff(pcm, prepend=np.int16(0)))] // _STEP
    return " ".join(_WORDS[level - 1] for level in levels if 0 < level <= len(_WORDS))


class LevelActivity:
    """Hears speech in every frame that isn't zero."""

    def probability(self, frame: Pcm) -> float:
        """Return 1 for sound, 0 for silence."""
        return 1.0 if frame.any() else 0.0

    def reset(self) -> None:
        """Has nothing to forget."""


class FakeSpeech:
    """Recognises, speaks and classifies by level, after simulated delays; counts what it was asked.

    ``broken`` fails every question, ``hung`` never answers one. The only intents are ``yes``
    and ``no``, the surer one with ``surest``, and ``other_intents``.
    """

    def __init__(self, time: SimulatedTime) -> None:
        self.time = time
        self.recognition_ms = 120
        self.synthesis_ms = 0
        self.surest = 0.9
        self.other_intents: list[IntentScore] = []
        self.broken = False
        self.hung = False
        self.recognised: list[str] = []
        self.languages: list[str] = []
        self.synthesised: list[str] = []
        self.recognising = 0
        self.most_recognising = 0

    async def recognise(self, pcm: Pcm, *, language: str = "en", deadline_s: float = 5.0) -> Recognition:
        """Return the words of ``pcm``."""
        self.recognising += 1
        self.most_recognising = max(self.most_recognising, self.recognising)
        try:
            await self._work(self.recognition_ms)
        finally:
            self.recognising -= 1
        self.recognised.append(words_in(pcm))
        self.languages.append(language)
        return Recognition(words_in(pcm), 0.9, 0.0, 1.0)

    async def synthesise(
        self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
    ) -> Pcm:
        """Return a level for as long as ``text`` has letters."""
        self.synthesised.append(text)
        await self._work(self.synthesis_ms)
        return np.full(len(text) * MS_PER_LETTER * 8, _OUR_LEVEL, np.int16)

    async def classify(
        self, text: str, examples: Mapping[str, Sequence[str]], *, deadline_s: float = 5.0
    ) -> list[IntentScore]:
        """Return ``yes`` or ``no``, whichever is among the words."""
        if self.broken:
            raise SpeechUnavailableError(address="fake", why="it is broken")
        no = self.surest if "no" in text.split() else round(1 - self.surest, 1)
        scores = [IntentScore("yes", round(1 - no, 1)), IntentScore("no", no)]
        return sorted([*scores, *self.other_intents], key=lambda one: -one.score)

    async def _work(self, ms: int) -> None:
        if self.hung:
            await asyncio.Event().wait()
        if self.broken:
            raise SpeechUnavailableError(address="fake", why="it is broken")
        if ms:
            await self.time.sleep(ms)
