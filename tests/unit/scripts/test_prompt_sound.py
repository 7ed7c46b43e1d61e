"""Recordings as they are uploaded: whatever the studio or the browser made, one sound for calls comes of it."""

import io

import numpy as np
import pytest
import soundfile
from tests.factories.sounds import SPOKEN_HZ, tone

from callwright.kit.errors import InvalidInputError
from callwright.scripts.sound import RATE, prompt_of


def samples(wav: bytes) -> np.ndarray:
    """Return what a call would play."""
    read, rate = soundfile.read(io.BytesIO(wav), dtype="int16")
    assert rate == RATE
    assert read.ndim == 1
    return np.asarray(read)


@pytest.mark.parametrize(
    "made",
    [
        {"rate": 8_000},
        {"rate": 44_100, "channels": 2, "subtype": "PCM_24"},
        {"rate": 48_000, "subtype": "FLOAT", "level": 0.01},
        {"rate": 22_050, "subtype": "PCM_U8"},
        {"rate": 8_000, "subtype": "ULAW"},
        {"rate": 96_000, "kind": "WAVEX", "subtype": "PCM_32"},
        {"rate": 48_000, "kind": "FLAC", "subtype": "PCM_16"},
        {"rate": 48_000, "kind": "OGG", "subtype": "VORBIS"},
        {"rate": 44_100, "kind": "MP3", "subtype": None},
    ],
    ids=lambda made: "-".join(map(str, made.values())),
)
def test_every_usual_file_becomes_the_same_prompt(made: dict[str, object]) -> None:
    prompt = prompt_of(tone(**made))  # type: ignore[arg-type]
    heard = samples(prompt.wav)
    assert len(heard) / RATE == pytest.approx(1.0, abs=0.06)
    assert prompt.seconds == pytest.approx(len(heard) / RATE, abs=0.001)
    spectrum = np.abs(np.fft.rfft(heard[: RATE // 2].astype(float)))
    assert np.argmax(spectrum) * 2 == pytest.approx(SPOKEN_HZ, abs=4)
    loudness = 20 * np.log10(np.sqrt(np.mean((heard / 32768) ** 2)))
    assert loudness == pytest.approx(-24.5, abs=1)


def test_pauses_do_not_make_a_voice_louder_and_nothing_is_clipped() -> None:
    at = np.arange(RATE) / RATE
    spoken = 0.1 * np.sin(2 * np.pi * SPOKEN_HZ * at)
    written = io.BytesIO()
    soundfile.write(written, np.concatenate([spoken, np.zeros(3 * RATE)]), RATE, format="WAV")
    heard = samples(prompt_of(written.getvalue()).wav)
    assert np.sqrt(np.mean((heard[:RATE] / 32768) ** 2)) == pytest.approx(10 ** (-24.5 / 20), rel=0.05)
    written = io.BytesIO()
    spoken[100] = 1.0  # a knock on the microphone
    soundfile.write(written, 0.05 * spoken, RATE, format="WAV", subtype="FLOAT")
    assert np.abs(samples(prompt_of(written.getvalue()).wav)).max() <= 0.91 * 32768


def test_the_same_sound_has_the_same_name() -> None:
    assert prompt_of(tone()).sha256 == prompt_of(tone()).sha256 != prompt_of(tone(seconds=1.1)).sha256


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "recording-unreadable", "Send WAV, FLAC, OGG or MP3"),
        (b"RIFF\x10\x00\x00\x00WAVEjunk", "recording-unreadable", "can't be read"),
        (tone()[:40], "recording-unreadable", "can't be read"),
        (tone(kind="AIFF"), "recording-unreadable", "it is a AIFF file"),
        (tone(rate=4_000), "recording-unreadable", "4000 samples a second"),
        (tone(channels=9), "recording-unreadable", "9 channels"),
        (tone(seconds=0.1), "recording-length", "too short"),
        (tone(seconds=121, rate=8_000), "recording-length", "too long: it may last 0.2 to 120 seconds"),
        (tone(level=0.0), "recording-silent", "Nothing can be heard"),
    ],
)
def test_what_is_no_prompt_is_told(content: bytes, code: str, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words) as raised:
        prompt_of(content)
    assert raised.value.code == code
