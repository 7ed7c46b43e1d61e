"""The speech server, and what a call node needs of it."""

from collections.abc import Callable
from typing import Any

from callwright.settings import Settings
from callwright.speech.client import SpeechClient
from callwright.speech.port import VoiceActivity
from callwright.speech.protocol import Priority
from callwright.speech.providers import Choice, voice_activity
from callwright.speech.server import SpeechServerConfig

CONNECT_WAIT_S = 30.0


def server_config(settings: Settings) -> SpeechServerConfig:
    """Return what the speech server of this machine is started with."""
    settings.speech_socket_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    options = {"model": settings.whisper_model} if settings.recogniser == "whisper" else {}
    return SpeechServerConfig(
        socket=settings.speech_socket_path,
        recogniser=Choice(settings.recogniser, options),
        synthesisers={
            "en": Choice(settings.synthesiser),
            "zh": Choice(settings.chinese_synthesiser, _chinese_options(settings)),
        },
        intents=intent_choice(settings),
        spoken=settings.data_folder / "speech" / "spoken",
        spoken_bytes=settings.spoken_mb << 20,
    )


def _chinese_options(settings: Settings) -> dict[str, Any]:
    return {"voices_at": settings.kokoro_voices_folder} if settings.chinese_synthesiser == "kokoro" else {}


def intent_choice(settings: Settings, *, within: str = "") -> Choice:
    """Return which intent classifier there is; ``within`` is a folder of one's own, as a file has one writer."""
    options: dict[str, Any] = {}
    if settings.intent_classifier == "e5_tfidf":
        options = {"folder": settings.data_folder / "speech" / within}
    return Choice(settings.intent_classifier, options)


async def connect(settings: Settings, priority: Priority) -> SpeechClient:
    """Connect to this machine's speech server, waiting a while for it. Raises SpeechUnavailableError."""
    return await SpeechClient.connect(settings.speech_socket_path, priority=priority, wait_s=CONNECT_WAIT_S)


def listeners(settings: Settings) -> Callable[[], VoiceActivity]:
    """Load the voice activity model once, and return how a call opens a listener on it."""
    return voice_activity(Choice(settings.voice_activity)).stream
