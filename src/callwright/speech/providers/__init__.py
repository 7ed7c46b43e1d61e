"""Speech engines, chosen by name.

A provider here is synchronous and runs in a worker thread of the speech server; only voice activity runs in the
call node. The registry holds names rather than classes so that a call node does not load what it never uses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from threading import RLock
from typing import Any, Protocol, cast

from callwright.speech.errors import ProviderOptionError, UnknownProviderError
from callwright.speech.port import IntentScore, Pcm, Recognition, Voice, VoiceActivity


class RecogniserProvider(Protocol):
    """Turns speech into words. Safe to call from several threads at once."""

    def recognise(self, pcm: Pcm, language: str) -> Recognition:
        """Return the words of ``pcm``, 8 kHz ``int16`` of shape ``(samples,)``. Raises LanguageNotSpokenError."""
        ...


class SynthesiserProvider(Protocol):
    """Turns words into speech. Safe to call from several threads at once."""

    @property
    def voices(self) -> Sequence[Voice]:
        """Every voice it has, a language's own first."""
        ...

    def synthesise(self, text: str, voice: str, speed: float) -> Pcm:
        """Return ``text`` spoken at 8 kHz; ``voice`` empty means the default.

        Raises UnknownVoiceError, and UnsayableTextError where it has no sound for a part of ``text``.
        """
        ...

    def edition(self, voice: str) -> str | None:
        """Return what tells its speech from any other's, ``None`` where speaking again costs less than keeping.

        Raises UnknownVoiceError.
        """
        ...


class IntentProvider(Protocol):
    """Sorts sentences into intents. Safe to call from several threads at once."""

    def knows(self, examples: Mapping[str, Sequence[str]]) -> bool:
        """Return, at once, whether enough of ``examples`` was learned to answer."""
        ...

    def learn(self, examples: Mapping[str, Sequence[str]]) -> bool:
        """Learn of ``examples`` what takes a few seconds, enough to answer; return whether more is left."""
        ...

    def classify(self, text: str, examples: Mapping[str, Sequence[str]]) -> list[IntentScore]:
        """Return every intent of ``examples`` with its score, best first; the scores add up to 1.

        Where nothing was learned, all is learned first.
        """
        ...

    def classify_invented(
        self, texts: Sequence[str], examples: Mapping[str, Sequence[str]]
    ) -> list[list[IntentScore]]:
        """Return what ``classify`` returns for each of ``texts``: sentences that no person said, many at once."""
        ...


class VoiceActivityProvider(Protocol):
    """A loaded model from which any number of streams are opened."""

    def stream(self) -> VoiceActivity:
        """Return a new listener for one direction of one call."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """A provider by name, with the options its class takes."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


_KNOWN: dict[str, dict[str, str]] = {
    "recogniser": {"whisper": "whisper:WhisperRecogniser"},
    "synthesiser": {"hibari": "hibari:HibariSynthesiser", "kokoro": "kokoro:KokoroSynthesiser"},
    "intents": {"e5_tfidf": "e5_tfidf:E5TfidfIntents"},
    "voice activity": {"silero": "silero:SileroModel"},
}


# Engines are loaded from several threads. What they import has modules in common, and two threads in the middle of
# the same imports fail now and then (KeyError, ImportError): one loads at a time.
_LOADING = RLock()


def recogniser(choice: Choice) -> RecogniserProvider:
    """Load the recogniser ``choice`` names. Raises UnknownProviderError, ProviderOptionError, ModelFileError."""
    return cast(RecogniserProvider, _load("recogniser", choice))


def synthesiser(choice: Choice) -> SynthesiserProvider:
    """Load the synthesiser ``choice`` names. Raises UnknownProviderError, ProviderOptionError, ModelFileError."""
    return cast(SynthesiserProvider, _load("synthesiser", choice))


def intents(choice: Choice) -> IntentProvider:
    """Load the intent classifier ``choice`` names. Raises UnknownProviderError, ProviderOptionError."""
    return cast(IntentProvider, _load("intents", choice))


def voice_activity(choice: Choice) -> VoiceActivityProvider:
    """Load the voice activity model ``choice`` names. Raises UnknownProviderError, ProviderOptionError."""
    return cast(VoiceActivityProvider, _load("voice activity", choice))


def _load(kind: str, choice: Choice) -> object:
    place = _KNOWN[kind].get(choice.name)
    if place is None:
        raise UnknownProviderError(kind=kind, name=choice.name, known=", ".join(_KNOWN[kind]))
    module, _, provider = place.partition(":")
    with _LOADING:
        build = getattr(import_module(f"{__name__}.{module}"), provider)
        try:
            return build(**choice.options)
        except TypeError as error:
            raise ProviderOptionError(kind=kind, name=choice.name, why=str(error)) from error
