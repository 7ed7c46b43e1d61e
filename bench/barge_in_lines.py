"""What is heard in ``bench.barge_in``: people who interrupt our prompt, and sounds that are no speech."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from callwright.simulator import noise, population, voices
from callwright.simulator.people import NoiseKind
from callwright.speech import providers
from callwright.speech.port import SAMPLE_RATE, Pcm
from callwright.speech.providers import Choice
from callwright.telephony.port import FRAME_SAMPLES

Signal = NDArray[np.float64]

FULL_SCALE = 32768.0
ECHO_DB = -30
TOO_LATE_MS = 1000
NOISES = [kind for kind in NoiseKind if kind is not NoiseKind.NONE]

SENTENCES: Mapping[str, Sequence[str]] = {
    "plosive": ("Pardon me?", "Tell me the price first.", "Going out just now.", "Can this wait?", "Do you mind?",
                "Please just listen to me.", "Please send me a letter.", "Tuesday is bad.", "Don't bother."),
    "nasal": ("Not today, thanks.", "Nobody here needs that.", "My dentist is elsewhere.", "Mornings are better.",
              "Mm, I would rather not.", "Nine is too early."),
    "hum": ("Hmm, what was that?", "Hmm, maybe later.", "Hmm, I have to ask my husband."),
    "fricative": ("Sounds good to me.", "So who are you?", "Thursday would be fine.", "For what exactly?",
                  "Shall we say Friday?", "Five is all right.", "Say that again."),
    "aspirate": ("Hang on, please.", "Hi, this is his wife.", "Who gave you my number?", "Have you got Saturday?",
                 "Hello, can I say something?"),
    "vowel": ("Excuse me for a second.", "Are you real?", "Is it expensive?", "Afternoons are better.",
              "Oh, I see.", "Uh, hold the line.", "Anytime next week.", "I already said no."),
    "glide": ("Wrong number.", "Why are you calling?", "Yes, that is right.", "You have the wrong person.",
              "Leave me alone.", "Really, I can't now.", "Well, it depends."),
}  # fmt: skip
PROMPTS = (
    "Hello, this is Emma, the automatic assistant of Hill Road Dental. It is time for your yearly examination.",
    "We have a place on Wednesday at nine or on Friday at half past two. Which of them would you like?",
    "The examination takes about twenty minutes, and your insurance pays for all of it.",
    "I did not quite catch that. Would you say it again, please?",
)


@dataclass(frozen=True, slots=True)
class Line:
    """What is heard and what we say meanwhile, frame by frame; ``onset`` is the sample where a person begins."""

    kind: str
    heard: Pcm
    ours: Pcm
    onset: int = 0


# Sounds -------------------------------------------------------------------------------------------------------


def onset_of(speech: Pcm, active_db: float) -> int:
    """Return the first sample of the first 15 ms that lie within 30 dB of the active level throughout."""
    blocks = speech[: len(speech) // 40 * 40].astype(np.float64).reshape(-1, 40)
    loud = np.mean(blocks**2, axis=1) >= (FULL_SCALE * 10 ** ((active_db - 30) / 20)) ** 2
    return int(np.flatnonzero(loud[:-2] & loud[1:-1] & loud[2:])[0]) * 40


def background(kind: NoiseKind, db: float, samples: int, seed: int) -> Signal:
    """Return a background at ``db`` (dBov)."""
    band = voices.telephone_band(noise.background(kind, samples, seed)).astype(np.float64)
    return np.asarray(band * (FULL_SCALE * 10 ** (db / 20) / np.sqrt(np.mean(band**2))))


def over_the_line(signal: Signal) -> Pcm:
    """Return ``signal`` as 16-bit samples after mu-law."""
    return voices.through_mu_law(np.clip(np.rint(signal), -32768, 32767).astype(np.int16))


def echo_of(ours: Pcm, delay_ms: float) -> Signal:
    """Return ``ours`` as a hybrid sends it back: later, 30 dB lower, coloured."""
    late = np.concatenate([np.zeros(int(delay_ms * 8)), ours])[: len(ours)]
    coloured = np.convolve(late, [0.9, 0.35, -0.2, 0.1])[: len(ours)]
    return np.asarray(coloured * 10 ** (ECHO_DB / 20))


def shaped(rng: np.random.Generator, seconds: float, low_hz: float, high_hz: float) -> Signal:
    """Return noise between two frequencies, peak 1."""
    spectrum = np.fft.rfft(rng.standard_normal(max(16, int(seconds * SAMPLE_RATE))))
    frequency = np.fft.rfftfreq(2 * len(spectrum) - 2, 1 / SAMPLE_RATE)
    spectrum *= np.clip((frequency - low_hz + 100) / 100, 0, 1) * np.clip((high_hz - frequency + 200) / 200, 0, 1)
    signal = np.fft.irfft(spectrum)
    return np.asarray(signal / np.abs(signal).max())


def fading(signal: Signal, tau_s: float, attack_s: float = 0.003) -> Signal:
    """Let ``signal`` rise within ``attack_s`` and die away with ``tau_s``."""
    t = np.arange(len(signal)) / SAMPLE_RATE
    return np.asarray(signal * np.minimum(t / attack_s, 1) * np.exp(-np.maximum(t - attack_s, 0) / tau_s))


def cough(rng: np.random.Generator) -> Signal:
    """Return a burst, the breath after it, and in one of three a voiced end."""
    burst = fading(shaped(rng, 0.06, 400, 3000), 0.03)
    breath = fading(shaped(rng, rng.uniform(0.08, 0.2), 600, 2800), 0.06) * rng.uniform(0.2, 0.6)
    if rng.random() > 1 / 3:
        return np.concatenate([burst, breath])
    phase = np.cumsum(np.full(int(rng.uniform(0.05, 0.12) * SAMPLE_RATE), rng.uniform(110, 220))) / SAMPLE_RATE % 1
    buzz = np.convolve(phase - 0.5, np.hanning(9) / 4, "same") * np.hanning(len(phase))
    return np.concatenate([burst, breath, buzz * 0.8])


def breath(rng: np.random.Generator) -> Signal:
    """Return air on the microphone: slow to come, low."""
    return fading(shaped(rng, rng.uniform(0.3, 0.8), 250, 1200), 0.25, attack_s=0.15)


def rustle(rng: np.random.Generator) -> Signal:
    """Return a handset that is moved: scratches one after the other."""
    parts = [fading(shaped(rng, rng.uniform(0.01, 0.08), 500, 3400), 0.02) for _ in range(rng.integers(2, 8))]
    return np.concatenate([part * rng.uniform(0.2, 1) for part in parts])


def click(rng: np.random.Generator) -> Signal:
    """Return a few milliseconds of noise."""
    return fading(shaped(rng, rng.uniform(0.002, 0.012), 300, 3400), 0.002, attack_s=0.0005)


def slam(rng: np.random.Generator) -> Signal:
    """Return a door."""
    return fading(shaped(rng, rng.uniform(0.1, 0.25), 280, 700), rng.uniform(0.02, 0.06))


def ringing(rng: np.random.Generator) -> Signal:
    """Return another telephone's melody: notes with harmonics, all periodic as a voice is."""
    notes = []
    for _ in range(rng.integers(1, 5)):
        t = np.arange(int(rng.uniform(0.08, 0.3) * SAMPLE_RATE)) / SAMPLE_RATE
        pitch = 2 * np.pi * rng.uniform(350, 1200) * t
        notes.append(fading((np.sin(pitch) + 0.4 * np.sin(2 * pitch) + 0.2 * np.sin(3 * pitch)) / 1.6, 0.3))
    return np.concatenate(notes)


BURSTS: Mapping[str, Callable[[np.random.Generator], Signal]] = {
    "cough": cough, "breath": breath, "rustle": rustle, "click": click, "slam": slam,
    "ringing": ringing,
}  # fmt: skip


# Lines --------------------------------------------------------------------------------------------------------


class Prompts:
    """Our side: the prompts one after the other, from anywhere among them."""

    def __init__(self) -> None:
        voice = providers.synthesiser(Choice("hibari"))
        pause = np.zeros(SAMPLE_RATE * 3 // 10, np.int16)
        self._pcm = np.concatenate([part for text in PROMPTS for part in (voice.synthesise(text, "", 1.0), pause)])

    def from_anywhere(self, samples: int, rng: random.Random) -> Pcm:
        return np.resize(np.roll(self._pcm, -rng.randrange(len(self._pcm))), samples)


def interruptions(prompts: Prompts, seed: int, people: int) -> Iterator[Line]:
    """Let ``people`` say each sentence, each over a line of their own."""
    for kind, texts in SENTENCES.items():
        for number, text in enumerate(text for text in texts for _ in range(people)):
            yield _interruption(prompts, kind, text, random.Random(f"{seed}/{kind}/{number}"))


def _interruption(prompts: Prompts, kind: str, text: str, rng: random.Random) -> Line:
    level = rng.uniform(-28, -14)
    noise_db = rng.uniform(-60, min(-30, level - 10))
    speech = voices.speak(text, population.voice(rng, woman=rng.random() < 0.5), level)
    lead = int(rng.uniform(1, 3) * SAMPLE_RATE)
    samples = (lead + len(speech) + TOO_LATE_MS * 8) // FRAME_SAMPLES * FRAME_SAMPLES
    ours = prompts.from_anywhere(samples, rng)
    signal = background(rng.choice(NOISES), noise_db, samples, rng.randrange(1 << 30))
    signal[lead : lead + len(speech)] += speech
    if rng.random() < 0.25:
        signal += echo_of(ours, rng.uniform(20, 250))
    return Line(kind, over_the_line(signal), ours, lead + onset_of(speech, level))


def disturbances(prompts: Prompts, seed: int, seconds: int) -> Iterator[Line]:
    """Return every kind of sound that is no speech, ``seconds`` of each at each of three backgrounds."""
    samples = seconds * SAMPLE_RATE
    for db in (-65, -50, -40, -30):
        rng = random.Random(f"{seed}/{db}")
        ours = prompts.from_anywhere(samples, rng)
        for kind in NOISES:
            steady = background(kind, db, samples, rng.randrange(1 << 30))
            yield Line("background", over_the_line(steady), ours)
            swell = 10 ** (7.5 / 20 * np.sin(np.arange(samples) / SAMPLE_RATE * 2 * np.pi / rng.uniform(1.5, 6)))
            yield Line("swelling background", over_the_line(steady * swell), ours)
        for name, make in BURSTS.items():
            signal = background(rng.choice(NOISES), db, samples, rng.randrange(1 << 30))
            yield Line(name, over_the_line(signal + bursts(make, samples, rng)), ours)
        signal = background(NoiseKind.PINK, db, samples, rng.randrange(1 << 30))
        yield Line("echo", over_the_line(signal + echo_of(ours, rng.uniform(20, 250))), ours)


def bursts(make: Callable[[np.random.Generator], Signal], samples: int, rng: random.Random) -> Signal:
    """Return bursts of -26 to -8 dBov peak, one to three together, with 1 to 4 s between."""
    signal = np.zeros(samples)
    at = SAMPLE_RATE
    while at < samples - SAMPLE_RATE:
        for _ in range(rng.choice((1, 1, 2, 3))):
            sound = voices.telephone_band(make(np.random.default_rng(rng.randrange(1 << 30))).astype(np.float32))
            sound = sound[: max(0, samples - at)] * FULL_SCALE * 10 ** (rng.uniform(-26, -8) / 20)
            signal[at : at + len(sound)] += sound
            at += len(sound) + int(rng.uniform(0.1, 0.3) * SAMPLE_RATE)
        at += int(rng.uniform(1, 4) * SAMPLE_RATE)
    return signal
