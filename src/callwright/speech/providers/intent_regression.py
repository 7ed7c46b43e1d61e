"""The arithmetic of intents: what a set of examples and their meanings teaches, and what it makes of a sentence.

A sentence's features are its embedding, less the mean of all examples, beside the TF-IDF of its words and pairs of
words, of the pieces of its words, and of how its Chinese characters are pronounced; they go under one logistic
regression. Pieces and pronunciation hold where a recogniser writes one word for another that sounds alike. Into
that is mixed how near the sentence is to the nearest examples of each intent, which knows turns of phrase that the
regression smooths away.

The numbers below were chosen by cross-validation over the demo script's own examples, held back as written and as
heard by the recogniser over simulated lines, and by teaching with one writer's examples and asking with another's.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin
from scipy.sparse import csr_array, hstack
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

Vectors = NDArray[np.float32]
Scores = NDArray[np.float64]

_FREEDOM = 20.0
"""Inverse of the regularisation, ``C`` of scikit-learn."""

_WIDE_AT_MOST = 2_000_000
"""Intents times features up to which the regression takes the features as they are: 16 MB of numbers, of which
training holds some twenty times as many."""

_DIRECTIONS = 512
"""In which the features of more than that are summed up; a few thousand questions take seconds, not gigabytes."""

_NEIGHBOURS = 3
_NEIGHBOURS_WEIGHT = 0.4
_NEIGHBOURS_WARMTH = 0.07
"""Difference of cosines that makes one intent e times as likely as another."""

_SHARPNESS = 1.8
"""Power of the mixed scores, which alone are less sure than they are right."""

_NOT_WORDS = re.compile(r"[^\w' ]+")
_WORDS = r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+"
"""What stands between spaces; in Chinese, which has none, each character."""

_PIECES = (2, 4)
"""Letters of a word taken together."""

_SYLLABLES = r"\S+"
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


def plain(sentence: str) -> str:
    """Return ``sentence`` as a recogniser and a script writer agree on it: lower case, no punctuation."""
    return " ".join(_NOT_WORDS.sub(" ", sentence.lower().replace("\u2019", "'")).split())


class IntentRegression:
    """Two or more intents as learned from examples."""

    def __init__(self, labels: Sequence[str], sentences: Sequence[str], vectors: Vectors) -> None:
        """Learn ``sentences``, which are plain, of ``labels``; ``vectors`` are their meanings, one a row."""
        self._mean = vectors.mean(axis=0)
        self._examples = self._centred(vectors)
        self._writings = [writing.fit(sentences) for writing in _writings(sentences)]
        # Balanced, so that an intent with more examples is not met more often for that.
        features = self._features(sentences, self._examples)
        self._summary = _summary(features, len(set(labels)))
        # The slope for each intent is the flatter the more there are.
        tolerance = 1e-4 if self._summary is None else 1e-3 / len(set(labels))
        regression = LogisticRegression(C=_FREEDOM, max_iter=2000, class_weight="balanced", tol=tolerance)
        self._regression = regression.fit(self._summed_up(features), labels)
        self.intents = [str(intent) for intent in regression.classes_]
        self._rows = [np.flatnonzero(np.asarray(labels) == intent) for intent in self.intents]

    @property
    def numbers(self) -> int:
        """How many numbers the regression has learned, which is what it costs in memory, times eight bytes."""
        return int(self._regression.coef_.size)

    def scores(self, sentence: str, vector: Vectors) -> Scores:
        """Return how likely each of ``intents`` is, adding up to 1, for a plain ``sentence`` and its meaning."""
        shares: Scores = self.scores_of([sentence], vector[np.newaxis])[0]
        return shares

    def scores_of(self, sentences: Sequence[str], vectors: Vectors) -> Scores:
        """Return the same for several plain ``sentences``, a row each; ``vectors`` are their meanings."""
        centred = self._centred(vectors)
        features = self._summed_up(self._features(sentences, centred))
        learned: Scores = self._regression.predict_proba(features)
        mixed = (learned + _NEIGHBOURS_WEIGHT * self._nearness(centred)) ** _SHARPNESS
        shares: Scores = mixed / mixed.sum(axis=1, keepdims=True)
        return shares

    def _nearness(self, centred: Vectors) -> Scores:
        cosines = centred @ self._examples.T
        nearest = np.stack(
            [np.sort(cosines[:, rows])[:, -_NEIGHBOURS:].mean(axis=1) for rows in self._rows], axis=1
        )
        away = nearest.astype(np.float64) - nearest.max(axis=1, keepdims=True)
        likely = np.exp(away / _NEIGHBOURS_WARMTH)
        shares: Scores = likely / likely.sum(axis=1, keepdims=True)
        return shares

    def _features(self, sentences: Sequence[str], centred: Vectors) -> csr_array:
        written = [writing.transform(sentences) for writing in self._writings]
        return hstack([csr_array(centred), *written], format="csr")

    def _summed_up(self, features: csr_array) -> Any:
        return features if self._summary is None else self._summary.transform(features)

    def _centred(self, vectors: Vectors) -> Vectors:
        away = vectors - self._mean
        centred: Vectors = away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
        return centred


def _summary(features: csr_array, intents: int) -> TruncatedSVD | None:
    if features.shape[1] * intents <= _WIDE_AT_MOST:
        return None
    return TruncatedSVD(min(_DIRECTIONS, *features.shape), random_state=0).fit(features)


def _writings(sentences: Sequence[str]) -> list[TfidfVectorizer]:
    """Return what counts the words of ``sentences``, their pieces, and how they sound where they are Chinese."""
    counting: dict[str, Any] = {"sublinear_tf": True, "dtype": np.float32}
    found = [
        TfidfVectorizer(token_pattern=_WORDS, ngram_range=(1, 2), **counting),
        TfidfVectorizer(analyzer="char_wb", ngram_range=_PIECES, **counting),
    ]
    if any(map(_CHINESE.search, sentences)):
        found.append(
            TfidfVectorizer(preprocessor=_pronounced, token_pattern=_SYLLABLES, ngram_range=(1, 2), **counting)
        )
    return found


def _pronounced(sentence: str) -> str:
    """Return the Chinese of a sentence in pinyin without its tones, which recognisers confuse most."""
    return " ".join(lazy_pinyin("".join(_CHINESE.findall(sentence))))
