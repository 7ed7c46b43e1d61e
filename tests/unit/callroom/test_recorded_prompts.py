"""Recorded prompts in a call, out of a real store of blobs."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.fakes.dialogue import AnsweringDialogue
from tests.fakes.speech import word
from tests.unit.callroom.table import table

from callwright.blobs.disk import DiskBlobs
from callwright.callroom.record import CallRecord, Speaker
from callwright.callroom.recorded_prompts import KeptSounds
from callwright.dialogue import port as d
from callwright.kit.ids import new_id
from callwright.scripts.recordings import recording_key
from callwright.scripts.sound import wav_of
from callwright.speech.port import Pcm

COMPANY = new_id()
TEXT = "Good morning. This is Anna."
LEVEL = 1234
SECOND = 8000


def recording(seconds: float = 1.0) -> bytes:
    """Return a recording whose every sample is the same, with silence around it."""
    quiet = np.zeros(SECOND, np.int16)
    return wav_of(np.concatenate([quiet, np.full(round(seconds * SECOND), LEVEL, np.int16), quiet]))


def dialogue_with(sha256: str) -> AnsweringDialogue:
    def answers(event: d.Event) -> Sequence[d.Action]:
        match event:
            case d.Answered():
                return [d.Speak(TEXT, recording=sha256), d.Listen(1.0)]
            case d.Heard() | d.StayedSilent():
                return [d.Speak("Goodbye."), d.HangUp("finished")]
        return []

    return AnsweringDialogue(answers, [d.Speak(TEXT, recording=sha256), "Goodbye."])


async def keep(folder: Path, content: bytes) -> tuple[str, DiskBlobs]:
    blobs = DiskBlobs(folder / "blobs")
    sha256 = hashlib.sha256(content).hexdigest()
    await blobs.put(recording_key(COMPANY, sha256), content)
    return sha256, blobs


def unreadable(record: CallRecord) -> list[object]:
    return [event.data["error"] for event in record.events if event.kind == "recording_unreadable"]


def recorded_samples(said: list[Pcm]) -> int:
    return int((np.concatenate(said) == LEVEL).sum())


async def test_a_recording_is_heard_in_place_of_the_voice(tmp_path: Path) -> None:
    sha256, blobs = await keep(tmp_path, recording())
    async with table(dialogue_with(sha256), tmp_path, sounds=KeptSounds(blobs, COMPANY)) as laid:
        call = await laid.answered()
        await laid.wait(call, 6000)
        record = await laid.record()
    assert recorded_samples(laid.said) == SECOND
    assert not any(sentence in TEXT for sentence in laid.speech.synthesised)
    assert record.turns[0].text == TEXT
    # The silence around the recording keeps nobody waiting.
    assert record.turns[0].from_ms <= 40
    assert unreadable(record) == []


async def test_who_speaks_into_a_recording_stops_it(tmp_path: Path) -> None:
    sha256, blobs = await keep(tmp_path, recording(seconds=3.0))
    async with table(dialogue_with(sha256), tmp_path, sounds=KeptSounds(blobs, COMPANY)) as laid:
        call = await laid.answered()
        await laid.wait(call, 1000)
        await laid.hear(call, word("stop", 1000))
        await laid.wait(call, 4000)
        record = await laid.record()
    ours = [turn for turn in record.turns if turn.who is Speaker.AI]
    assert ours[0].interrupted
    assert 0.9 * SECOND < recorded_samples(laid.said) < 2 * SECOND
    assert ours[-1].text == "Goodbye."


@pytest.mark.parametrize(
    ("content", "owner", "error"),
    [
        (b"RIFF, but no more", COMPANY, "SoundUnreadableError"),
        (recording()[:20], COMPANY, "SoundUnreadableError"),
        (recording(), new_id(), "BlobNotFoundError"),
    ],
)
async def test_what_cannot_be_read_is_spoken_by_the_voice_and_noted_once(
    tmp_path: Path, content: bytes, owner: object, error: str
) -> None:
    sha256, blobs = await keep(tmp_path, content)
    async with table(dialogue_with(sha256), tmp_path, sounds=KeptSounds(blobs, owner)) as laid:  # type: ignore[arg-type]
        call = await laid.answered()
        await laid.wait(call, 6000)
        record = await laid.record()
    assert "Good morning. This is Anna." in " ".join(laid.speech.synthesised)
    assert record.turns[0].text == TEXT
    assert unreadable(record) == [error]
    assert record.error is None
