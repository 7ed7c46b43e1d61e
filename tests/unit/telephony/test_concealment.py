"""What is invented in place of lost frames."""

import numpy as np
from numpy.typing import NDArray

from callwright.telephony.concealment import Concealer
from callwright.telephony.port import Frame


def tone(frames: int, hertz: float = 150, level: float = 8000) -> NDArray[np.int16]:
    time = np.arange(frames * 160) / 8000
    return (level * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


def loudness(frame: Frame) -> float:
    return float(np.sqrt(np.mean(frame.astype(float) ** 2)))


def test_nothing_heard_yet_is_silence() -> None:
    assert not Concealer().missing().any()


def test_frames_that_come_pass_unchanged() -> None:
    concealer, frames = Concealer(), tone(5).reshape(-1, 160)
    assert all((concealer.received(frame) == frame).all() for frame in frames)
    assert concealer.concealed == 0


def test_a_lost_frame_goes_on_with_the_same_pitch() -> None:
    concealer, frames = Concealer(), tone(10).reshape(-1, 160)
    for frame in frames[:6]:
        concealer.received(frame)
    likeness = np.corrcoef(concealer.missing().astype(float), frames[6].astype(float))[0, 1]
    assert likeness > 0.95


def test_what_is_invented_fades_to_silence_within_three_frames() -> None:
    concealer = Concealer()
    for frame in tone(6).reshape(-1, 160):
        concealer.received(frame)
    levels = [loudness(concealer.missing()) for _ in range(5)]
    assert levels[0] > levels[1] > levels[2] > levels[3]
    assert levels[3] == levels[4] == 0
    assert concealer.concealed == 3


def test_speech_that_resumes_is_joined_without_a_jump() -> None:
    concealer, frames = Concealer(), tone(10).reshape(-1, 160)
    for frame in frames[:6]:
        concealer.received(frame)
    invented = concealer.missing()
    joined = concealer.received(frames[7])
    whole = np.concatenate([frames[5], invented, joined]).astype(int)
    usual = np.abs(np.diff(tone(10).astype(int))).max()
    assert np.abs(np.diff(whole)).max() < 3 * usual
    assert (joined[32:] == frames[7][32:]).all()


def test_noise_and_silence_are_no_trouble() -> None:
    concealer, chance = Concealer(), np.random.default_rng(1)
    for _ in range(50):
        concealer.received(chance.integers(-32768, 32768, 160).astype(np.int16))
        assert concealer.missing().shape == (160,)
        concealer.received(np.zeros(160, np.int16))
        assert concealer.missing().dtype == np.int16
