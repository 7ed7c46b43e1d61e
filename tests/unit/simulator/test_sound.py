"""What the world sounds like: voices, backgrounds, tones, and hearing them."""

import numpy as np
import pytest

from callwright.simulator import tones
from callwright.simulator.hearing import Ear, Started, Stopped
from callwright.simulator.mouth import Mouth
from callwright.simulator.noise import background
from callwright.simulator.people import Line, NoiseKind, Voice
from callwright.simulator.voices import hum, render, speak, through_mu_law
from callwright.speech.port import Pcm

TEXT = "Thursday morning would be best for me."
MAN = Voice(pitch=0.6, formant=0.87)


def level_db(pcm: Pcm) -> float:
    return float(20 * np.log10(np.sqrt(np.mean((pcm / 32768) ** 2))))


def pitch_hz(pcm: Pcm) -> float:
    """Return the median height of the voice, by autocorrelation of 40 ms pieces."""
    found = []
    for start in range(0, len(pcm) - 640, 320):
        piece = pcm[start : start + 640].astype(np.float64)
        if np.sqrt(np.mean(piece**2)) > 1000:
            correlation = np.correlate(piece, piece, "full")[640:]
            found.append(8000 / (np.argmax(correlation[20:120]) + 21))
    return float(np.median(found))


def test_the_same_is_rendered_the_same() -> None:
    line = Line(noise=NoiseKind.BABBLE, snr_db=20)
    assert np.array_equal(render(TEXT, MAN, line, 5), render(TEXT, MAN, line, 5))
    assert not np.array_equal(render(TEXT, MAN, line, 5), render(TEXT, MAN, line, 6))


def test_a_man_is_lower_than_a_woman_and_takes_as_long() -> None:
    woman, man = speak(TEXT, Voice(), -24), speak(TEXT, MAN, -24)
    assert pitch_hz(man) < 0.75 * pitch_hz(woman)
    assert len(man) == pytest.approx(len(woman), rel=0.1)


def test_speech_has_its_level_and_its_band() -> None:
    speech = speak(TEXT, Voice(), -24)
    spectrum = np.abs(np.fft.rfft(speech)) ** 2
    frequency = np.fft.rfftfreq(len(speech), 1 / 8000)
    assert -30 < level_db(speech) < -24
    assert spectrum[(frequency < 200) | (frequency > 3650)].sum() < 1e-3 * spectrum.sum()


def test_no_words_no_samples() -> None:
    assert len(render("", Voice(), Line())) == 0


@pytest.mark.parametrize("kind", [kind for kind in NoiseKind if kind is not NoiseKind.NONE])
def test_backgrounds_lie_under_the_speech(kind: NoiseKind) -> None:
    assert level_db(hum(Line(noise=kind, snr_db=15, level_db=-20), 16000, 1)) == pytest.approx(-35, abs=0.5)
    assert float(np.mean(background(kind, 16000, 1) ** 2)) == pytest.approx(1, abs=0.01)


def test_mu_law_leaves_little_noise() -> None:
    sine = tones.tone(440, 0.5)
    difference = (through_mu_law(sine).astype(int) - sine).astype(np.int16)
    assert level_db(sine) - level_db(difference) > 35


def test_the_ear_hears_start_and_stop() -> None:
    ear = Ear(pause_s=0.5)
    sound = np.concatenate([tones.silence(0.4), tones.tone(300, 1.0), tones.silence(1.0)])
    noticed = [ear.heard(frame) for frame in sound.reshape(-1, 160)]
    started = next(at for at, what in enumerate(noticed) if isinstance(what, Started))
    stopped = next(at for at, what in enumerate(noticed) if isinstance(what, Stopped))
    assert 20 <= started <= 24
    assert 94 <= stopped <= 97
    heard = noticed[stopped]
    assert isinstance(heard, Stopped)
    assert heard.ago == pytest.approx(0.5)
    assert len(heard.speech) / 8000 == pytest.approx(1.7, abs=0.1)


def test_the_ear_does_not_mind_a_line_that_hums() -> None:
    ear = Ear()
    noise = hum(Line(noise=NoiseKind.WHITE, snr_db=26, level_db=-24), 16000, 1)
    assert [ear.heard(frame) for frame in noise.reshape(-1, 160)] == [None] * 100


def test_the_mouth_speaks_over_its_background() -> None:
    mouth = Mouth(np.full(320, 100, np.int16))
    mouth.say(np.full(200, 32700, np.int16))
    first, second, third = mouth.frame(), mouth.frame(), mouth.frame()
    assert set(first) == {32767}
    assert list(second[:41]) == [32767] * 40 + [100]
    assert set(third) == {100}
    assert not mouth.speaks


def test_special_information_tones_rise() -> None:
    sound = tones.special_information()
    loudest = [np.argmax(np.abs(np.fft.rfft(part[:2640], 8000))) for part in np.split(sound, 3)]
    assert loudest == pytest.approx([950, 1400, 1800], abs=5)
