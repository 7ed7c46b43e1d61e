"""Kokoro-82M: Mandarin voices that take a third to a whole second of processor time for a second of speech.

Too slow to be made while a person waits, so what it speaks is worth keeping. See docs/decisions/0009.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
import soxr
from hibari.g2p import G2P
from numpy.typing import NDArray

from callwright.speech.errors import UnknownVoiceError
from callwright.speech.port import SAMPLE_RATE, Pcm, Voice
from callwright.speech.providers.kokoro_files import (
    MODEL_SHA256,
    VOICE_SHA256,
    model,
    style,
    vocabulary,
)
from callwright.speech.providers.mandarin_sounds import mandarin_sounds

MODEL_RATE = 24000
LONGEST = 400
"""Phonemes at once; the network takes 510, and speaks ever faster towards them."""

_SLOWEST, _FASTEST = 0.5, 2.0
_READING = 1
"""Counts up when the same text comes to be read differently."""
_CUT = re.compile(r"(?<=[.!?;:,…—]) ")

_LABELS = {
    "zf_xiaoxiao": "晓晓 Xiaoxiao (Chinese woman)",
    "zf_xiaobei": "晓北 Xiaobei (Chinese woman)",
    "zf_xiaoni": "晓妮 Xiaoni (Chinese woman)",
    "zf_xiaoyi": "晓伊 Xiaoyi (Chinese woman)",
    "zm_yunjian": "云健 Yunjian (Chinese man)",
    "zm_yunxi": "云希 Yunxi (Chinese man)",
    "zm_yunxia": "云夏 Yunxia (Chinese man)",
    "zm_yunyang": "云扬 Yunyang (Chinese man)",
}
VOICE = "zf_xiaoxiao"
_GAIN = 10 ** (-9 / 20)
"""Kokoro speaks at -15.5 dB of full scale, recorded prompts and the English voice at -24.5."""


class KokoroSynthesiser:
    """Chinese speech. Half a gigabyte, so that it is loaded when first asked to speak.

    ``voices_at`` is the folder of the voices' files.
    """

    voices = tuple(Voice(name, "zh", label) for name, label in _LABELS.items())

    def __init__(self, voices_at: str | Path, threads: int = 1) -> None:
        self._folder = Path(voices_at)
        self._threads = threads
        self._loading = Lock()
        self._model: _Kokoro | None = None
        self._styles: dict[str, NDArray[np.float32]] = {}

    def edition(self, voice: str) -> str:
        """Return what tells this speech from that of another model, voice or reading."""
        name = self._named(voice)
        parts = ("kokoro", MODEL_SHA256, VOICE_SHA256[name], str(_READING))
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()

    def synthesise(self, text: str, voice: str, speed: float) -> Pcm:
        """Return ``text`` spoken at 8 kHz, ``speed`` kept in 0.5 to 2; no samples when there is nothing to say.

        Raises UnknownVoiceError, UnsayableTextError, ModelFileError.
        """
        name = self._named(voice)
        kokoro, styles = self._loaded(name)
        wide = kokoro.speak(text, styles, min(max(speed, _SLOWEST), _FASTEST))
        if not len(wide):
            return np.zeros(0, np.int16)
        narrow = soxr.resample(wide, MODEL_RATE, SAMPLE_RATE)
        spoken: Pcm = np.clip(np.rint(narrow * (_GAIN * 32767)), -32768, 32767).astype(np.int16)
        return spoken

    def _named(self, voice: str) -> str:
        name = voice or VOICE
        if name not in _LABELS:
            raise UnknownVoiceError(provider="kokoro", voice=voice, known=", ".join(_LABELS))
        return name

    def _loaded(self, voice: str) -> "tuple[_Kokoro, NDArray[np.float32]]":
        with self._loading:
            if voice not in self._styles:
                self._styles[voice] = style(self._folder, voice)
            if self._model is None:
                self._model = _load(self._threads)
            return self._model, self._styles[voice]


@dataclass(frozen=True, slots=True)
class _Kokoro:
    """The network, its vocabulary, and how it reads words in Latin letters."""

    session: onnxruntime.InferenceSession
    numbers: dict[str, int]
    english: Callable[[str], str]

    def speak(self, text: str, styles: NDArray[np.float32], speed: float) -> NDArray[np.float32]:
        """Return ``text`` as ``float32`` samples at 24 kHz."""
        sounds = mandarin_sounds(text, self.english)
        spoken = [self._run(piece, styles, speed) for piece in _pieces(sounds) if piece.strip(" ,.;:!?…—")]
        return np.concatenate([np.zeros(0, np.float32), *spoken])

    def _run(self, sounds: str, styles: NDArray[np.float32], speed: float) -> NDArray[np.float32]:
        tokens = [self.numbers[sound] for sound in sounds if sound in self.numbers]
        feeds = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": styles[min(len(tokens), len(styles)) - 1][None],
            "speed": np.array([speed], np.float32),
        }
        audio: NDArray[np.float32] = np.asarray(self.session.run(None, feeds)[0], np.float32).ravel()
        return audio


def _load(threads: int) -> _Kokoro:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Every text has another length: an arena would keep the most that any of them took.
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(model(), options, providers=["CPUExecutionProvider"])
    return _Kokoro(session, vocabulary(), G2P())


def _pieces(sounds: str) -> list[str]:
    """Cut phonemes at pauses into pieces that the network takes at once."""
    pieces = [""]
    for part in _CUT.split(sounds):
        if pieces[-1] and len(pieces[-1]) + len(part) >= LONGEST:
            pieces.append("")
        pieces[-1] = f"{pieces[-1]} {part}".strip()
    return [piece[start : start + LONGEST] for piece in pieces for start in range(0, len(piece), LONGEST)]
