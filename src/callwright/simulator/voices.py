"""Many people from one synthesiser, as they sound over a telephone: 8 kHz, 300-3400 Hz, mu-law.

The synthesiser draws a spectrum and, apart from it, the curve of the voice's pitch. Scaling that curve makes a
voice higher or lower. Playing the result slower or faster moves the formants, which makes the throat larger or
smaller, and the synthesiser speaks the faster or slower for it, so that neither changes the pace.
"""

from functools import lru_cache

import numpy as np
import soxr
from hibari import SAMPLE_RATE as MODEL_RATE
from hibari import Hibari, dsp
from numpy.typing import NDArray

from callwright.simulator.noise import Signal, background
from callwright.simulator.people import Line, Voice
from callwright.speech.port import SAMPLE_RATE, Pcm

_FULL_SCALE = 32768.0
_FRAMES_PER_S = MODEL_RATE / dsp.HOP
_TREMOR_HZ = 5.5
_SLOWEST, _FASTEST = 0.5, 2.0
_MU = 255.0


def render(text: str, voice: Voice, line: Line, seed: int = 0) -> Pcm:
    """Return ``text`` as heard at the far end: in ``voice``, over ``line``, ``int16`` at 8 kHz.

    The same arguments give the same samples. Without words there are no samples.
    """
    clean = speak(text, voice, line.level_db)
    noise = hum(line, len(clean), seed)
    return through_mu_law(_whole(clean.astype(np.float32) + noise))


def speak(text: str, voice: Voice, level_db: float) -> Pcm:
    """Return ``text`` in ``voice`` with nothing behind it, its speech at ``level_db`` (dBov), telephone band."""
    wide = _synthesise(text, voice)
    if not len(wide):
        return np.zeros(0, np.int16)
    narrow = soxr.resample(wide, MODEL_RATE * voice.formant, SAMPLE_RATE)
    return _to_level(telephone_band(narrow), level_db)


def hum(line: Line, samples: int, seed: int) -> Pcm:
    """Return the background of ``line`` at its level, ``snr_db`` under its speech."""
    noise = telephone_band(background(line.noise, samples, seed))
    level = float(np.sqrt(np.mean(noise**2))) if samples else 0.0
    if not level:
        return np.zeros(samples, np.int16)
    wanted = _FULL_SCALE * 10 ** ((line.level_db - line.snr_db) / 20)
    return _whole(noise * (wanted / level))


def through_mu_law(pcm: Pcm) -> Pcm:
    """Return ``pcm`` after being sent as 8-bit mu-law (the continuous law of ITU-T G.711, 256 levels)."""
    share = pcm.astype(np.float32) / _FULL_SCALE
    squeezed = np.sign(share) * np.log1p(_MU * np.abs(share)) / np.log1p(_MU)
    steps = np.rint(squeezed * 127.0) / 127.0
    widened = np.sign(steps) * np.expm1(np.abs(steps) * np.log1p(_MU)) / _MU
    return _whole(widened * _FULL_SCALE)


def telephone_band(signal: Signal) -> Signal:
    """Return ``signal`` without what lies outside 300-3400 Hz, with skirts of 60 and 200 Hz."""
    if not len(signal):
        return signal
    size = 1 << (len(signal) + SAMPLE_RATE // 4).bit_length()
    frequency = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    gain = np.clip((frequency - 240) / 60, 0, 1) * np.clip((3600 - frequency) / 200, 0, 1)
    return np.fft.irfft(np.fft.rfft(signal, size) * gain, size)[: len(signal)].astype(np.float32)


@lru_cache(maxsize=1)
def _model() -> Hibari:
    return Hibari(threads=1)


def _synthesise(text: str, voice: Voice) -> Signal:
    model = _model()
    rng = np.random.default_rng(1)
    sentences = [_sentence(model, phonemes, voice, rng) for phonemes in model.phonemize(text)]
    return np.concatenate(sentences) if sentences else np.zeros(0, np.float32)


def _sentence(model: Hibari, phonemes: str, voice: Voice, rng: np.random.Generator) -> Signal:
    speed = min(max(voice.speed / voice.formant, _SLOWEST), _FASTEST)
    feed = {"ids": np.asarray([model.ids(phonemes)], np.int64), "speed": np.asarray([speed], np.float32)}
    *spectrum, pitch = (part[0] for part in model.sess.run(None, feed))
    return np.asarray(dsp.synth(*spectrum, _sung(pitch, voice), rng), np.float32)


def _sung(pitch: NDArray[np.float32], voice: Voice) -> NDArray[np.float32]:
    """Return the pitch curve in Hz for ``voice``, before the formants are moved (which scales it once more)."""
    seconds = np.arange(len(pitch)) / _FRAMES_PER_S
    waver = 1 + voice.tremor * np.sin(2 * np.pi * _TREMOR_HZ * seconds)
    return np.asarray(pitch * (voice.pitch / voice.formant) * waver, np.float32)


def _to_level(signal: Signal, level_db: float) -> Pcm:
    """Scale so that the louder half of the 20 ms frames averages ``level_db``: pauses don't count as speech."""
    frames = signal[: len(signal) // 160 * 160].reshape(-1, 160)
    power = np.sort(np.mean(frames.astype(np.float64) ** 2, axis=1))[len(frames) // 2 :]
    active = float(np.sqrt(np.mean(power))) if len(power) else 0.0
    if not active:
        return np.zeros(len(signal), np.int16)
    wanted = _FULL_SCALE * 10 ** (level_db / 20)
    return _whole(signal * (wanted / active))


def _whole(signal: Signal) -> Pcm:
    return np.asarray(np.clip(np.rint(signal), -32768, 32767), np.int16)
