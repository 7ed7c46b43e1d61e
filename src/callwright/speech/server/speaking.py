"""One language's voice: a synthesiser, the lane its work goes through, and what it said before."""

import asyncio
from dataclasses import dataclass

from callwright.speech.providers import SynthesiserProvider
from callwright.speech.server.lane import Lane
from callwright.speech.server.spoken_cache import SpokenCache, key_of


@dataclass(frozen=True, slots=True)
class Saying:
    """What is to be said, by which voice (empty for the language's own), how fast.

    Only what is to be kept goes to the disk: the rest may hold a customer's name.
    """

    text: str
    voice: str
    speed: float
    keep: bool = False


class Speaker:
    """Speaks one language. Each has a lane of its own, so that no slow voice delays another language's calls."""

    def __init__(
        self, language: str, synthesiser: SynthesiserProvider, lane: Lane, kept: SpokenCache | None
    ) -> None:
        self.language = language
        self.synthesiser = synthesiser
        self.lane = lane
        self._kept = kept

    async def speak(self, saying: Saying, *, priority: int, deadline_s: float) -> bytes:
        """Return ``saying`` as 16-bit samples, little-endian; at once where it was said before.

        Raises UnknownVoiceError, UnsayableTextError, ModelFileError, and what the lane raises.
        """
        key = self._key(saying)
        if key is not None and self._kept is not None:
            spoken = await asyncio.to_thread(self._kept.get, key)
            if spoken is not None:
                return spoken
        return await self.lane.run(lambda: self._make(saying, key), priority=priority, deadline_s=deadline_s)

    def _key(self, saying: Saying) -> str | None:
        edition = self.synthesiser.edition(saying.voice)
        return None if edition is None else key_of(edition, saying.speed, saying.text)

    def _make(self, saying: Saying, key: str | None) -> bytes:
        if key is None or self._kept is None:
            return self._synthesise(saying)
        # Another may have asked for the same while this waited.
        spoken = self._kept.get(key)
        if spoken is None:
            spoken = self._synthesise(saying)
            if saying.keep:
                self._kept.keep(key, spoken)
        return spoken

    def _synthesise(self, saying: Saying) -> bytes:
        pcm = self.synthesiser.synthesise(saying.text, saying.voice, saying.speed)
        return pcm.astype("<i2").tobytes()
