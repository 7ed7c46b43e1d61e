"""The stereo recording of a call, written as it goes without ever holding up a frame."""

import os
import struct
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import structlog

from callwright.telephony.port import FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE, Frame

_CHANNELS = 2
_SAMPLE_BYTES = 2
_FRAME_BYTES = FRAME_SAMPLES * _CHANNELS * _SAMPLE_BYTES
_HEADER_BYTES = 44
_FRAMES_PER_BLOCK = 50
_SILENCE = np.zeros(FRAME_SAMPLES, np.int16)
# A disk that takes longer than this (blocks of one second) loses sound rather than memory or time.
_BLOCKS_WAITING = 20

log = structlog.get_logger(__name__)


class RecordingWriter:
    """The one thread that writes the recordings of every call of a node."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="recordings")

    def write(self, path: Path, block: bytes, offset: int) -> Future[None]:
        """Write ``block`` at ``offset`` of the sound, and a header that counts it; makes a new file."""
        return self._thread.submit(_write, path, block, offset)

    def close(self) -> None:
        """Wait for what is being written."""
        self._thread.shutdown()


class Recorder:
    """The recording of one call: 8 kHz, 16 bit, left the customer, right us, from the answer on.

    The file is a valid WAV after every second's block, so that a process that dies leaves what was said until then.
    ``lost`` is told from when to when, in ms, sound is missing because the disk was too slow.
    """

    def __init__(self, writer: RecordingWriter, path: Path, lost: Callable[[int, int], None]) -> None:
        self._writer = writer
        self._path = path
        self._lost = lost
        self._block = np.zeros((_FRAMES_PER_BLOCK * FRAME_SAMPLES, _CHANNELS), "<i2")
        self._frames = 0
        self._written = 0
        self._waiting: list[Future[None]] = []

    def add(self, customer: Frame | None, ours: Frame | None) -> None:
        """Take the next 20 ms of both sides; ``None`` is silence."""
        begin = self._frames * FRAME_SAMPLES
        part = self._block[begin : begin + FRAME_SAMPLES]
        part[:, 0] = _SILENCE if customer is None else customer
        part[:, 1] = _SILENCE if ours is None else ours
        self._frames += 1
        if self._frames == _FRAMES_PER_BLOCK:
            self._flush()

    def finish(self) -> Future[None]:
        """Hand the rest to the writer; the future is done once all of it is in the file, or carries its error."""
        self._flush()
        return self._waiting[-1]

    def _flush(self) -> None:
        block = self._block[: self._frames * FRAME_SAMPLES].tobytes()
        self._frames = 0
        offset, self._written = self._written, self._written + len(block)
        self._waiting = [write for write in self._waiting if not write.done()]
        if len(self._waiting) >= _BLOCKS_WAITING:
            # The hole left in the file reads as silence, and what follows stays in time.
            self._lost(_ms(offset), _ms(self._written))
            log.warning("recording block lost: the disk is too slow", recording=self._path.name)
            return
        self._waiting.append(self._writer.write(self._path, block, offset))


def _ms(size: int) -> int:
    return size * FRAME_MS // _FRAME_BYTES


def _write(path: Path, block: bytes, offset: int) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o640)
    try:
        os.pwrite(file, block, _HEADER_BYTES + offset)
        os.pwrite(file, _header(offset + len(block)), 0)
    finally:
        os.close(file)


def _header(size: int) -> bytes:
    # RIFF WAVE, PCM format 1 (Multimedia Programming Interface and Data Specifications 1.0, August 1991).
    rate = SAMPLE_RATE * _CHANNELS * _SAMPLE_BYTES
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, _CHANNELS, SAMPLE_RATE, rate, _CHANNELS * _SAMPLE_BYTES, 16)
    return struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE") + form + struct.pack("<4sI", b"data", size)
