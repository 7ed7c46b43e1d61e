"""What a frame sounds like, in numbers: how loud, and how much like a voice's hum."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

SILENCE_DB = -100.0
HUM_SAMPLES = 320

_FULL_POWER = 32768.0**2
_SHORTEST, _LONGEST = 20, 130
_FFT = 512
# What is left of the window at each lag.
_OVERLAPPING = np.arange(HUM_SAMPLES, HUM_SAMPLES - _LONGEST, -1)


def level_db(frame: NDArray[np.int16] | None) -> float:
    """Return the level of ``frame`` in dBov (full scale is 0; ITU-T G.100.1), of nothing ``SILENCE_DB``."""
    power = 0.0 if frame is None else _power(frame.astype(np.float32))
    return max(SILENCE_DB, 10 * float(np.log10(power / _FULL_POWER))) if power > 0 else SILENCE_DB


def periodicity(last: NDArray[np.int16]) -> float:
    """Return how periodic the ``HUM_SAMPLES`` (40 ms at 8 kHz) are: 0 for none, 1 for a tone, never below 0.

    The highest normalised autocorrelation at the periods of voices, 62 to 400 Hz.
    """
    spectrum = np.fft.rfft(last.astype(np.float32), _FFT)
    at_lag = np.fft.irfft(spectrum.real**2 + spectrum.imag**2)[:_LONGEST] / _OVERLAPPING
    if at_lag[0] < 1:
        return 0.0
    return max(0.0, float(at_lag[_SHORTEST:].max() / at_lag[0]))


def _power(samples: NDArray[Any]) -> float:
    return float(samples @ samples) / samples.size
