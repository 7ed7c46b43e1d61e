"""What Callwright asks of speech engines.

Audio is 8 kHz 16-bit mono, a numpy ``int16`` array of shape ``(samples,)``. Languages are ``"en"`` and ``"zh"``.
A deadline is in seconds from the call; past it the work is dropped and SpeechDeadlineError raised. Cancelling the
awaiting task withdraws the request from the server's queue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from callwright.kit.errors import UnavailableError

SAMPLE_RATE = 8000

VOICED_LANGUAGES = frozenset({"en", "zh"})
"""The languages that a synthesiser of ours speaks. What is in another can be understood and not said."""

SPOKEN_AHEAD = frozenset({"zh"})
"""The languages whose voice takes a second or two for a sentence, so that it is made before it is needed."""

Pcm = NDArray[np.int16]


class SpeechDeadlineError(UnavailableError):
    """The {what} did not answer within {deadline_s:.1f} s."""

    code = "speech-deadline"


class SpeechUnavailableError(UnavailableError):
    """The speech server at {address} can't be used: {why}. Start it with `callwright speech`."""

    code = "speech-unavailable"


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was heard. ``text`` is empty for noise; ``confidence`` is the mean token probability, 0 to 1.

    ``cpu_ms`` is what the recognition took at the recogniser, without queueing.
    """

    text: str
    confidence: float
    no_speech: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class IntentScore:
    """One intent and how sure the classifier is of it; the scores of one answer add up to 1."""

    intent: str
    score: float


class Recogniser(Protocol):
    """Turns the speech of one turn into words."""

    async def recognise(self, pcm: Pcm, *, language: str = "en", deadline_s: float = 5.0) -> Recognition:
        """Return the words of ``pcm``. Raises SpeechDeadlineError, SpeechUnavailableError."""
        ...


class Synthesiser(Protocol):
    """Turns words into speech."""

    async def synthesise(
        self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
    ) -> Pcm:
        """Return ``text`` spoken, at 8 kHz. ``voice`` is the provider's name, empty for the language's own."""
        ...


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that a synthesiser has: ``name`` is what it is asked for by, ``label`` what people call it."""

    name: str
    language: str
    label: str


class VoiceBook(Protocol):
    """Says which voices there are."""

    async def voices(self, *, deadline_s: float = 5.0) -> list[Voice]:
        """Return every voice, a language's own first. Raises SpeechDeadlineError, SpeechUnavailableError."""
        ...


class IntentClassifier(Protocol):
    """Says which of a script's intents a sentence is."""

    async def classify(
        self, text: str, examples: Mapping[str, Sequence[str]], *, deadline_s: float = 5.0
    ) -> list[IntentScore]:
        """Return every intent with its score, best first.

        ``examples`` maps intents to their example sentences; what it trains is kept by its contents, so that
        asking again with the same examples costs only the look-up.
        """
        ...


class VoiceActivity(Protocol):
    """Hears whether someone speaks; one per direction of a call, fed every frame in order."""

    def probability(self, frame: Pcm) -> float:
        """Take 20 ms (shape ``(160,)``) and return the present probability of speech, 0 to 1."""
        ...

    def reset(self) -> None:
        """Forget what was heard."""
        ...
