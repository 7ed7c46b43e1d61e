"""What a set of examples teaches, without a model of language."""

import numpy as np
import pytest

from callwright.speech.providers import intent_regression
from callwright.speech.providers.intent_regression import IntentRegression, Vectors

YES, NO = ["yes", "yes please", "sure"], ["no", "no thanks", "never"]


def beside(axis: int, count: int = 1) -> Vectors:
    """Return ``count`` unit vectors about one axis of eight."""
    vectors = np.random.default_rng(axis).normal(0, 0.1, (count, 8)).astype(np.float32)
    vectors[:, axis] += 1
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def taught() -> IntentRegression:
    labels = ["yes"] * 3 + ["no"] * 3 + ["price"]
    vectors = np.concatenate([beside(0, 3), beside(1, 3), beside(2)])
    return IntentRegression(labels, [*YES, *NO, "how much"], vectors)


@pytest.mark.parametrize(("axis", "intent"), [(0, "yes"), (1, "no"), (2, "price")])
def test_what_means_the_same_is_the_same_in_words_never_met(axis: int, intent: str) -> None:
    regression = taught()
    scores = regression.scores("quite something else", beside(axis)[0])
    assert regression.intents[int(scores.argmax())] == intent
    assert scores.sum() == pytest.approx(1)
    assert (scores >= 0).all()


def test_words_decide_where_the_meaning_is_open() -> None:
    regression = taught()
    between = (beside(0)[0] + beside(1)[0]) / np.float32(np.sqrt(2))
    sure = dict(zip(regression.intents, regression.scores("sure", between), strict=True))
    never = dict(zip(regression.intents, regression.scores("never", between), strict=True))
    assert sure["yes"] > never["yes"]
    assert never["no"] > sure["no"]


def test_an_intent_with_many_examples_is_not_met_more_often_for_that() -> None:
    labels = ["yes"] * 60 + ["no"]
    regression = IntentRegression(labels, ["yes"] * 60 + ["no"], np.concatenate([beside(0, 60), beside(1)]))
    assert regression.intents[int(regression.scores("no", beside(1)[0]).argmax())] == "no"


def test_many_intents_are_told_apart_in_few_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intent_regression, "_WIDE_AT_MOST", 0)
    monkeypatch.setattr(intent_regression, "_DIRECTIONS", 50)
    intents = [f"q{n}" for n in range(300)]
    drawn = np.random.default_rng(1).normal(0, 1, (300, 64)).astype(np.float32)
    meanings: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    regression = IntentRegression(
        intents * 2,
        [f"{way} thing {n}" for way in ("tell me of", "what is") for n in range(300)],
        np.concatenate([meanings, meanings]),
    )
    scores = regression.scores_of([f"and what of thing {n}" for n in range(0, 300, 10)], meanings[::10])
    assert [regression.intents[place] for place in scores.argmax(axis=1)] == intents[::10]
    assert regression.numbers == 300 * 50


def test_chinese_is_compared_by_its_characters() -> None:
    vectors = np.concatenate([beside(0), beside(0)])
    regression = IntentRegression(["yes", "no"], ["\u6211\u613f\u610f", "\u4e0d\u8981"], vectors)
    scores = regression.scores("\u613f\u610f\u7684", beside(0)[0])
    assert regression.intents[int(scores.argmax())] == "yes"
