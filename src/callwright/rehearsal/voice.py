"""How a person of a crowd sounds: their voice, their telephone line, and what is around them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np

from callwright.personas.people import Persona
from callwright.simulator.people import Line, NoiseKind
from callwright.simulator.population import voice
from callwright.simulator.speech_store import SpeechStore, Utterance
from callwright.simulator.voices import hum
from callwright.speech.port import SAMPLE_RATE, Pcm, Synthesiser

LEVEL_DB = -24.0
SNR_DB = {0.0: 40.0, 0.05: 25.0, 0.1: 18.0, 0.2: 12.0}
"""Speech over background by how noisy a person's line is; what is in between counts as the next noisier."""
_AROUND = (NoiseKind.PINK, NoiseKind.BABBLE, NoiseKind.CAR)
_BACKGROUND_S = 8
_AUDIBLE = 300
_DEADLINE_S = 20.0
_OWN_VOICES = "en"
"""The language in which everybody has a voice of their own."""

Speak = Callable[[str], Awaitable[Pcm]]


@dataclass(frozen=True, slots=True)
class Sounding:
    """A person's voice, and what is behind it without end."""

    speak: Speak
    background: Pcm


@dataclass(frozen=True, slots=True)
class Voices:
    """What makes people's voices: ``store`` renders English ones, ``speech`` has one for each other language."""

    store: SpeechStore
    speech: Synthesiser

    def of(self, persona: Persona, language: str) -> Sounding:
        """Return how a person sounds; the same person always sounds the same."""
        dice = persona.luck("sounds")
        own = voice(dice, woman=dice.random() < 0.5)
        line = Line(noise=dice.choice(_AROUND), snr_db=_snr_db(persona.noise), level_db=LEVEL_DB)

        async def speak(text: str) -> Pcm:
            if language == _OWN_VOICES:
                return trimmed(await self.store.get(Utterance(text, own, LEVEL_DB)))
            spoken = await self.speech.synthesise(text, speed=own.speed, language=language, deadline_s=_DEADLINE_S)
            return trimmed(spoken)

        return Sounding(speak, hum(line, _BACKGROUND_S * SAMPLE_RATE, persona.seed + persona.number))


def _snr_db(noise: float) -> float:
    return next((snr for most, snr in SNR_DB.items() if noise <= most), min(SNR_DB.values()))


def trimmed(pcm: Pcm) -> Pcm:
    """Return ``pcm`` without the silence around it."""
    audible = np.flatnonzero(np.abs(pcm.astype(np.int32)) > _AUDIBLE)
    return pcm[audible[0] : audible[-1] + 1] if len(audible) else pcm
