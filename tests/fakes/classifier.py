"""An intent classifier that goes by the words alone, so that a test needs no model."""

from collections.abc import Mapping, Sequence

from callwright.speech.port import IntentScore


class WordClassifier:
    """Scores an intent by the words that a sentence shares with its nearest example."""

    def classify_invented(
        self, texts: Sequence[str], examples: Mapping[str, Sequence[str]]
    ) -> list[list[IntentScore]]:
        """Return every intent with its score, best first; the scores add up to 1."""
        taught = {name: [_words(one) for one in sentences] for name, sentences in examples.items()}
        return [_ranked(_words(text), taught) for text in texts]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def _ranked(words: frozenset[str], taught: Mapping[str, Sequence[frozenset[str]]]) -> list[IntentScore]:
    near = {name: max(_nearness(words, one) for one in sentences) ** 4 for name, sentences in taught.items()}
    total = sum(near.values()) or 1.0
    ranked = sorted(near.items(), key=lambda pair: -pair[1])
    return [IntentScore(name, score / total) for name, score in ranked]


def _nearness(words: frozenset[str], example: frozenset[str]) -> float:
    return len(words & example) / max(1, len(words | example))
