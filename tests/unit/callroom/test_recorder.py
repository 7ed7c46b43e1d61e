import wave
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.fakes.dialogue import AnsweringDialogue
from tests.unit.callroom.table import table

from callwright.callroom.recorder import Recorder, RecordingWriter


def frame(level: int) -> NDArray[np.int16]:
    return np.full(160, level, np.int16)


def read(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path)) as recorded:
        return np.frombuffer(recorded.readframes(recorded.getnframes()), np.int16).reshape(-1, 2)


class StuckWriter(RecordingWriter):
    """A disk that takes what it is given and, until told, does nothing about it."""

    def __init__(self) -> None:
        super().__init__()
        self.stuck: Future[None] | None = Future()

    def write(self, path: Path, block: bytes, offset: int) -> Future[None]:
        """Write, or never."""
        return self.stuck or super().write(path, block, offset)


def nothing_lost(from_ms: int, to_ms: int) -> None:
    raise AssertionError((from_ms, to_ms))


def test_both_sides_are_in_step_and_complete(tmp_path: Path) -> None:
    writer = RecordingWriter()
    recorder = Recorder(writer, tmp_path / "call.wav", nothing_lost)
    for number in range(1, 124):
        recorder.add(frame(number), None if number % 2 else frame(-number))
    recorder.finish().result()
    writer.close()
    both = read(tmp_path / "call.wav")
    assert both.shape == (123 * 160, 2)
    assert both[::160, 0].tolist() == list(range(1, 124))
    assert both[::160, 1].tolist() == [0 if number % 2 else -number for number in range(1, 124)]


def test_the_file_is_a_wave_after_every_second(tmp_path: Path) -> None:
    writer = RecordingWriter()
    recorder = Recorder(writer, tmp_path / "call.wav", nothing_lost)
    for number in range(130):
        recorder.add(frame(number), None)
    # What a killed process leaves: everything written, nothing finished.
    writer.close()
    assert read(tmp_path / "call.wav").shape == (100 * 160, 2)


def test_an_empty_recording_is_a_wave(tmp_path: Path) -> None:
    writer = RecordingWriter()
    Recorder(writer, tmp_path / "call.wav", nothing_lost).finish().result()
    writer.close()
    assert read(tmp_path / "call.wav").shape == (0, 2)


def test_a_disk_too_slow_loses_sound_but_neither_time_nor_memory(tmp_path: Path) -> None:
    writer = StuckWriter()
    lost: list[tuple[int, int]] = []
    recorder = Recorder(writer, tmp_path / "call.wav", lambda begin, end: lost.append((begin, end)))
    for _ in range(30 * 50):
        recorder.add(frame(7), None)
    assert lost == [(1000 * second, 1000 * second + 1000) for second in range(20, 30)]
    assert writer.stuck is not None
    writer.stuck.set_result(None)
    writer.stuck = None
    for _ in range(50):
        recorder.add(frame(9), None)
    recorder.finish().result()
    writer.close()
    both = read(tmp_path / "call.wav")
    assert both.shape == (31 * 50 * 160, 2)
    assert both[-160:, 0].tolist() == [9] * 160


def test_a_disk_that_refuses_says_so_at_the_end(tmp_path: Path) -> None:
    writer = RecordingWriter()
    recorder = Recorder(writer, tmp_path / "nowhere" / "call.wav", nothing_lost)
    recorder.add(frame(1), None)
    with pytest.raises(FileNotFoundError):
        recorder.finish().result()
    writer.close()


async def test_sound_that_a_disk_lost_stands_among_the_call_s_events(tmp_path: Path) -> None:
    async with table(AnsweringDialogue(lambda event: ()), tmp_path) as here:
        here.writer.close()
        here.writer = writer = StuckWriter()
        call = await here.answered()
        await here.wait(call, 21_500)
        assert writer.stuck is not None
        writer.stuck.set_result(None)
        writer.stuck = None
        record = await here.hung_up(call)
    lost = [event.data for event in record.events if event.kind == "recording_lost"]
    assert lost == [{"from_ms": 20_000, "to_ms": 21_000}]
