"""What a speech server is started with."""

from dataclasses import dataclass, field
from pathlib import Path

from callwright.speech.providers import Choice


@dataclass(frozen=True, slots=True)
class SpeechServerConfig:
    """Where to listen and which providers to load.

    ``niceness`` is added to that of the threads that compute, so that a call node on the same cores gets its
    frames out first: a frame needs well under a millisecond every 20 ms, while a recognition takes a hundred and
    is not missed for a few. The thread that talks to clients keeps its own niceness.

    ``recogniser_workers`` above 1 also needs the recogniser's own option (Whisper: ``workers``) and as many cores.
    """

    socket: Path
    recogniser: Choice = field(default_factory=lambda: Choice("whisper"))
    synthesiser: Choice = field(default_factory=lambda: Choice("hibari"))
    intents: Choice = field(default_factory=lambda: Choice("e5_tfidf"))
    recogniser_workers: int = 1
    synthesiser_workers: int = 1
    niceness: int = 5
