"""Backgrounds of a telephone call, made from chance alone: unit level, 8 kHz, ``float32``."""

import numpy as np
from numpy.typing import NDArray

from callwright.simulator.people import NoiseKind
from callwright.speech.port import SAMPLE_RATE

Signal = NDArray[np.float32]

_TALKERS = 7
_SYLLABLES_PER_S = 4.5


def background(kind: NoiseKind, samples: int, seed: int) -> Signal:
    """Return ``samples`` of a background with a root mean square of 1 (of 0 for ``NoiseKind.NONE``)."""
    rng = np.random.default_rng(seed)
    if kind is NoiseKind.NONE or samples == 0:
        return np.zeros(samples, np.float32)
    if kind is NoiseKind.BABBLE:
        return _unit(_babble(rng, samples))
    return _unit(_coloured(rng, samples, _SLOPES[kind]))


_SLOPES = {NoiseKind.WHITE: 0.0, NoiseKind.PINK: -0.5, NoiseKind.CAR: -1.0}
"""Exponent of the amplitude over frequency: a car's cabin rumbles like brown noise."""


def _coloured(rng: np.random.Generator, samples: int, slope: float) -> Signal:
    spectrum = np.fft.rfft(rng.standard_normal(samples))
    frequency = np.fft.rfftfreq(samples, 1 / SAMPLE_RATE)
    shape = np.maximum(frequency, 60.0) ** slope
    return np.fft.irfft(spectrum * shape, samples).astype(np.float32)


def _babble(rng: np.random.Generator, samples: int) -> Signal:
    """Add up people of whom no word is understood: voiced buzzes that rise and fall at the rate of syllables."""
    voices = sum(_buzz(rng, samples) for _ in range(_TALKERS))
    spectrum = np.fft.rfft(np.asarray(voices))
    frequency = np.fft.rfftfreq(samples, 1 / SAMPLE_RATE)
    # Speech falls by about 6 dB an octave above 500 Hz (ITU-T P.50, figure 1).
    return np.fft.irfft(spectrum / np.maximum(frequency, 500.0), samples).astype(np.float32)


def _buzz(rng: np.random.Generator, samples: int) -> NDArray[np.float64]:
    points = max(2, int(samples / SAMPLE_RATE * _SYLLABLES_PER_S) + 2)
    at = np.linspace(0, points - 1, samples)
    pitch = np.interp(at, np.arange(points), rng.uniform(0.85, 1.15, points) * rng.uniform(95, 230))
    loudness = np.interp(at, np.arange(points), rng.uniform(0, 1, points) ** 2)
    sawtooth = np.cumsum(pitch) / SAMPLE_RATE % 1.0 - 0.5
    breath = rng.standard_normal(samples) * 0.1
    return np.asarray((sawtooth + breath) * loudness)


def _unit(signal: Signal) -> Signal:
    level = float(np.sqrt(np.mean(signal.astype(np.float64) ** 2)))
    return (signal / level).astype(np.float32) if level else signal
