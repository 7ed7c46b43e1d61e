"""A recorded prompt as calls play it: 8 kHz, one channel, 16 bits, as loud as the synthesiser speaks. Pure."""

import hashlib
import io
import wave
from dataclasses import dataclass

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from callwright.kit.errors import InvalidInputError

RATE = 8000
SHORTEST_S, LONGEST_S = 0.2, 120.0
FORMATS = ("WAV", "WAVEX", "FLAC", "OGG", "MP3")
SLOWEST_RATE, FASTEST_RATE = 6000, 192_000
MOST_CHANNELS = 8

_BLOCK_FRAMES = 1 << 16
_FRAME = RATE // 50
_FLOOR_DB = -50.0
"""Frames quieter than this, of full scale, are pauses: they say nothing about how loud a voice is."""
_LOUDNESS_DB = -24.5
"""RMS of what is spoken, of full scale: what the packaged synthesiser has."""
_PEAK = 0.9
_MOST_GAIN_DB = 30.0

Samples = NDArray[np.float32]


class RecordingUnreadableError(InvalidInputError):
    """The recording can't be read: {why}. Send WAV, FLAC, OGG or MP3."""

    code = "recording-unreadable"


class RecordingLengthError(InvalidInputError):
    """The recording is {what}: it may last {shortest} to {longest} seconds. Cut it, or record it anew."""

    code = "recording-length"


class RecordingSilentError(InvalidInputError):
    """Nothing can be heard in the recording. Check the microphone, and record it anew."""

    code = "recording-silent"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A recording ready to be played: ``wav`` and the hash by which scripts name it."""

    wav: bytes
    sha256: str
    seconds: float


def prompt_of(content: bytes) -> Prompt:
    """Return an uploaded file as a prompt. Raises RecordingUnreadableError, -LengthError, -SilentError."""
    narrow = _read(content)
    seconds = len(narrow) / RATE
    if seconds < SHORTEST_S:
        raise _length("too short")
    levelled = _levelled(narrow)
    pcm = np.clip(np.rint(levelled * 32767), -32768, 32767).astype(np.int16)
    wav = wav_of(pcm)
    return Prompt(wav, hashlib.sha256(wav).hexdigest(), round(seconds, 3))


def wav_of(pcm: NDArray[np.int16]) -> bytes:
    """Return samples at 8 kHz as a WAV file."""
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm.astype("<i2", copy=False).tobytes())
    return written.getvalue()


def _read(content: bytes) -> Samples:
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            _check(file)
            return _narrowed(file)
    except (soundfile.LibsndfileError, TypeError) as error:
        why = str(getattr(error, "error_string", "") or "it is no sound file").rstrip(". ")
        raise RecordingUnreadableError(why=why[0].lower() + why[1:]) from None


def _check(file: soundfile.SoundFile) -> None:
    if file.format not in FORMATS:
        raise RecordingUnreadableError(why=f"it is a {file.format} file")
    if not SLOWEST_RATE <= file.samplerate <= FASTEST_RATE:
        raise RecordingUnreadableError(why=f"it has {file.samplerate} samples a second")
    if file.channels > MOST_CHANNELS:
        raise RecordingUnreadableError(why=f"it has {file.channels} channels")


def _narrowed(file: soundfile.SoundFile) -> Samples:
    """Return the channels' mean at 8 kHz, read block by block: a header's word for the length is not taken."""
    stream = soxr.ResampleStream(file.samplerate, RATE, 1, dtype="float32")
    left = int(LONGEST_S * file.samplerate)
    made: list[Samples] = []
    while len(block := file.read(_BLOCK_FRAMES, dtype="float32", always_2d=True)):
        left -= len(block)
        if left < 0:
            raise _length("too long")
        made.append(stream.resample_chunk(np.nan_to_num(block.mean(axis=1), nan=0.0, posinf=1.0, neginf=-1.0)))
    made.append(stream.resample_chunk(np.zeros(0, np.float32), last=True))
    narrow: Samples = np.concatenate(made)
    return narrow


def _levelled(samples: Samples) -> Samples:
    centred = samples - samples.mean()
    whole = centred[: len(centred) // _FRAME * _FRAME].reshape(-1, _FRAME)
    loudness = np.sqrt((whole.astype(np.float64) ** 2).mean(axis=1))
    spoken = loudness[loudness > 10 ** (_FLOOR_DB / 20)]
    if not spoken.size:
        raise RecordingSilentError
    gain = 10 ** (_LOUDNESS_DB / 20) / float(np.sqrt((spoken**2).mean()))
    gain = min(gain, 10 ** (_MOST_GAIN_DB / 20), _PEAK / float(np.abs(centred).max()))
    levelled: Samples = (centred * gain).astype(np.float32)
    return levelled


def _length(what: str) -> RecordingLengthError:
    return RecordingLengthError(what=what, shortest=SHORTEST_S, longest=round(LONGEST_S))
