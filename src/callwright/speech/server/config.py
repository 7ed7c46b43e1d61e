"""What a speech server is started with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from callwright.speech.providers import Choice


@dataclass(frozen=True, slots=True)
class SpeechServerConfig:
    """Where to listen and which providers to load.

    ``niceness`` is added to that of the threads that compute, so that a call node on the same cores gets its
    frames out first: a frame needs well under a millisecond every 20 ms, while a recognition takes a hundred and
    is not missed for a few. The thread that talks to clients keeps its own niceness.

    ``synthesisers`` are by language. What they are asked to keep, and is worth it, is kept in the folder
    ``spoken``, at most ``spoken_bytes`` of it and each for ``spoken_days`` after it was last used; without a folder
    nothing is.

    ``recogniser_workers`` above 1 also needs the recogniser's own option (Whisper: ``workers``) and as many cores.
    """

    socket: Path
    recogniser: Choice = field(default_factory=lambda: Choice("whisper"))
    synthesisers: Mapping[str, Choice] = field(default_factory=lambda: {"en": Choice("hibari")})
    intents: Choice = field(default_factory=lambda: Choice("e5_tfidf"))
    recogniser_workers: int = 1
    synthesiser_workers: int = 1
    niceness: int = 5
    spoken: Path | None = None
    spoken_bytes: int = 512 << 20
    spoken_days: float = 30.0
