"""The tones of a telephone network, 8 kHz ``int16``."""

import numpy as np

from callwright.speech.port import SAMPLE_RATE, Pcm

_LEVEL = 6000
_RAMP_S = 0.005

_SPECIAL_INFORMATION_HZ = (950.0, 1400.0, 1800.0)
"""ITU-T E.180 clause 5.6: three tones of 330 ms, up to 30 ms apart, before an announcement."""


def special_information() -> Pcm:
    """Return the three rising tones that tell a machine that a recorded announcement follows."""
    gap = silence(0.02)
    return np.concatenate([part for hertz in _SPECIAL_INFORMATION_HZ for part in (tone(hertz, 0.33), gap)])


def beep() -> Pcm:
    """Return the signal of a mailbox after which it records."""
    return tone(1000.0, 0.5)


def tone(hertz: float, seconds: float) -> Pcm:
    """Return a sine with soft edges."""
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    edges = np.clip(np.minimum(at, seconds - at) / _RAMP_S, 0, 1)
    return np.asarray(np.sin(2 * np.pi * hertz * at) * edges * _LEVEL, np.int16)


def silence(seconds: float) -> Pcm:
    """Return nothing, for a while."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.int16)
