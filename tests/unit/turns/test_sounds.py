import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from callwright.turns.sounds import HUM_SAMPLES, SILENCE_DB, level_db, periodicity

TIME = np.arange(HUM_SAMPLES) / 8000


def hum(pitch_hz: float, amplitude: float = 3000) -> NDArray[np.int16]:
    """Return a voice's buzz: a sawtooth."""
    return np.asarray(amplitude * (2 * (pitch_hz * TIME % 1) - 1), np.int16)


def test_full_scale_is_0_dbov_and_nothing_is_silence() -> None:
    assert level_db(np.full(160, -32768, np.int16)) == pytest.approx(0)
    assert level_db(np.full(160, 328, np.int16)) == pytest.approx(-40, abs=0.01)
    assert level_db(np.zeros(160, np.int16)) == level_db(None) == SILENCE_DB


@given(st.floats(75, 380))
def test_a_voice_hums(pitch_hz: float) -> None:
    assert periodicity(hum(pitch_hz)) > 0.7


@given(st.integers(0, 2**32 - 1))
def test_noise_does_not(seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 1000, HUM_SAMPLES).astype(np.int16)
    assert periodicity(noise) < 0.5


def test_silence_does_not_either() -> None:
    assert periodicity(np.zeros(HUM_SAMPLES, np.int16)) == 0


@given(st.floats(75, 380), st.floats(0.1, 1))
def test_loudness_makes_no_difference(pitch_hz: float, share: float) -> None:
    assert periodicity(hum(pitch_hz, 9000 * share)) == pytest.approx(periodicity(hum(pitch_hz, 9000)), abs=0.02)
