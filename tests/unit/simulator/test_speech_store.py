"""Speech is rendered once, and found again after a restart."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from callwright.simulator.people import Voice
from callwright.simulator.speech_store import Haste, SpeechStore, Utterance
from callwright.simulator.voices import speak

YES = Utterance("Yes.", Voice(), -24)


def kept_in(folder: Path) -> list[Path]:
    return list(folder.glob("*.npy"))


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[SpeechStore]:
    store = SpeechStore(folder)
    try:
        yield store
    finally:
        await store.close()


async def test_speech_is_what_the_voice_says(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert np.array_equal(await store.get(YES), speak(YES.text, YES.voice, YES.level_db))


async def test_a_second_start_reads_what_the_first_rendered(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.get(YES)
    (kept,) = kept_in(tmp_path)
    np.save(kept, np.arange(3, dtype=np.int16))
    async with opened(tmp_path) as store:
        assert list(await store.get(YES)) == [0, 1, 2]


async def test_a_broken_file_is_rendered_anew(tmp_path: Path) -> None:
    (tmp_path / f"{YES.key}.npy").write_bytes(b"half")
    async with opened(tmp_path) as store:
        assert len(await store.get(YES)) > 1000
    assert len(np.load(tmp_path / f"{YES.key}.npy")) > 1000


async def test_a_lost_folder_only_costs_time(tmp_path: Path) -> None:
    folder = tmp_path / "voices"
    async with opened(folder) as store:
        shutil.rmtree(folder)
        assert len(await store.get(YES)) > 1000


async def test_what_is_needed_now_goes_first(tmp_path: Path) -> None:
    later = [Utterance(f"Number {number}.", Voice(), -24) for number in range(30)]
    async with opened(tmp_path) as store:
        store.prepare(later, Haste.SOME_TIME)
        await store.get(YES)
        assert len(kept_in(tmp_path)) < len(later)


async def test_closing_gives_up_what_nobody_waits_for(tmp_path: Path) -> None:
    store = SpeechStore(tmp_path)
    waiting = asyncio.ensure_future(store.get(Utterance("Last of all.", Voice(), -24), Haste.SOME_TIME))
    store.prepare([Utterance(f"Number {number}.", Voice(), -24) for number in range(30)], Haste.SOON)
    await asyncio.sleep(0)
    await store.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


@pytest.mark.parametrize(
    "other",
    [Utterance("Yes!", Voice(), -24), Utterance("Yes.", Voice(pitch=0.9), -24), Utterance("Yes.", Voice(), -25)],
)
def test_whatever_sounds_different_has_another_key(other: Utterance) -> None:
    assert other.key != YES.key
