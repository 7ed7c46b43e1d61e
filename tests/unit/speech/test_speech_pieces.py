import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from callwright.speech.port import SAMPLE_RATE
from callwright.speech.providers.intent_regression import plain
from callwright.speech.providers.whisper import pieces


@settings(deadline=None)
@given(st.integers(0, 90 * SAMPLE_RATE))
def test_pieces_hold_everything_and_fit_a_window(samples: int) -> None:
    pcm = (np.arange(samples) % 251).astype(np.int16)
    cut = pieces(pcm)
    assert np.array_equal(np.concatenate(cut), pcm)
    assert all(len(piece) <= 22 * SAMPLE_RATE for piece in cut)


def test_long_speech_is_cut_in_its_pause() -> None:
    rng = np.random.default_rng(1)
    pcm = rng.integers(-3000, 3000, 30 * SAMPLE_RATE).astype(np.int16)
    pcm[18 * SAMPLE_RATE : 19 * SAMPLE_RATE] = 0
    first, second = pieces(pcm)
    assert 18 * SAMPLE_RATE <= len(first) <= 19 * SAMPLE_RATE
    assert len(first) + len(second) == len(pcm)


def test_sentences_are_compared_without_case_and_punctuation() -> None:
    assert plain("  No, I\u2019m NOT -- interested!") == "no i'm not interested"
    assert plain("\u6211\u4e0d\u611f\u5174\u8da3\u3002") == "\u6211\u4e0d\u611f\u5174\u8da3"
