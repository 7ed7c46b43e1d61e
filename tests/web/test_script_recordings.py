"""Recorded and synthesised speech for scripts: kept once, heard in place, forgotten once nobody names it."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import soundfile
from fastapi import FastAPI
from sqlalchemy import update

from callwright.blobs.disk import DiskBlobs
from callwright.db.session import Database
from callwright.db.tables.scripts import PromptRecordingRow
from callwright.scripts.forgetting import forget_recordings
from callwright.speech.port import Voice
from callwright.web.app import WebParts
from tests.factories.sounds import tone
from tests.fakes.try_speech import FakeTrySpeech
from tests.web.blobs import breaking, files_in
from tests.web.conftest import A_RECORDING, START, Town
from tests.web.test_scripts import detail, made, saved


async def uploaded(owner: httpx.AsyncClient, script_id: str, content: bytes) -> httpx.Response:
    """Upload a recording for a script."""
    files = {"file": ("hello.wav", content, "audio/wav")}
    return await owner.post(f"/api/v1/scripts/{script_id}/recordings", files=files)


async def grow_older(database: Database, days: int) -> None:
    """Let what the test uploaded have been uploaded earlier; the town's own recording is another test's, too."""
    row = PromptRecordingRow
    async with database.system() as session:
        older = update(row).values(used_at=row.used_at - timedelta(days=days))
        await session.execute(older.where(row.sha256 != A_RECORDING))


async def named(
    owner: httpx.AsyncClient, script: dict[str, Any], recording: dict[str, Any] | None
) -> dict[str, Any]:
    """Let the script's draft name a recording, or none."""
    content = script["content"]
    content["recordings"] = {"hello": {**recording, "label": "Hello"}} if recording else {}
    content["nodes"]["offer"]["audio"] = "hello" if recording else None
    return await saved(owner, script)


async def test_a_recording_is_heard_as_calls_play_it(owner: httpx.AsyncClient, town: Town) -> None:
    script = str(town.ours.ids["script_id"])
    response = await uploaded(owner, script, tone(seconds=2, rate=44_100, channels=2))
    assert (response.status_code, response.json()["seconds"]) == (201, 2.0), response.text
    path = f"/api/v1/scripts/{script}/recordings/{response.json()['sha256']}"
    played = await owner.get(path)
    sound = soundfile.info(io.BytesIO(played.content))
    assert (sound.samplerate, sound.channels, sound.frames) == (8000, 1, 16_000)
    part = await owner.get(path, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"RIFF")
    again = await uploaded(owner, script, tone(seconds=2, rate=44_100, channels=2))
    assert again.json() == response.json()


async def test_what_is_no_recording_is_refused(owner: httpx.AsyncClient, town: Town) -> None:
    script = str(town.ours.ids["script_id"])
    for content, code in ((b"not a sound", "recording-unreadable"), (tone(level=0), "recording-silent")):
        response = await uploaded(owner, script, content)
        assert (response.status_code, response.json()["code"]) == (422, code)
    unknown = await owner.get(f"/api/v1/scripts/{script}/recordings/{'0' * 64}")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not-found")


async def test_a_script_names_only_recordings_that_are_here(owner: httpx.AsyncClient) -> None:
    script = await named(owner, await made(owner), {"sha256": "0" * 64, "seconds": 1})
    assert [(one["rule"], one["field"]) for one in script["faults"]] == [("missing-recording", "recordings.hello")]
    checked = await owner.post("/api/v1/scripts/check", json={"content": script["content"]})
    assert [one["rule"] for one in checked.json()["faults"]] == ["missing-recording"]
    refused = await owner.post(f"/api/v1/scripts/{script['id']}/publish")
    assert (refused.status_code, refused.json()["code"]) == (422, "script-invalid")
    script = await named(owner, script, {"sha256": A_RECORDING, "seconds": 1})
    assert script["faults"] == []
    assert (await owner.post(f"/api/v1/scripts/{script['id']}/publish")).status_code == 200


async def test_recordings_that_no_version_names_are_forgotten_after_a_while(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    script = await made(owner)
    used = (await uploaded(owner, script["id"], tone(seconds=1.5))).json()
    unused = (await uploaded(owner, script["id"], tone(seconds=1.7))).json()
    script = await named(owner, script, used)
    await grow_older(database, 6)
    assert await forget_recordings(database, DiskBlobs(town.blobs), START) == 0

    async def there() -> list[int]:
        paths = [f"/api/v1/scripts/{script['id']}/recordings/{one['sha256']}" for one in (used, unused)]
        return [(await owner.get(path)).status_code for path in paths]

    assert await there() == [200, 200]
    await grow_older(database, 2)
    # A published version names it still, though the draft doesn't any more.
    assert (await owner.post(f"/api/v1/scripts/{script['id']}/publish")).status_code == 200
    await named(owner, await detail(owner, script["id"]), None)
    assert await forget_recordings(database, DiskBlobs(town.blobs), START) == 1
    assert await there() == [200, 404]
    await grow_older(database, 1)
    assert await forget_recordings(database, DiskBlobs(town.blobs), START) == 0, "it was found to be used"


async def test_a_recording_that_comes_to_nothing_leaves_no_sound(
    owner: httpx.AsyncClient, app: FastAPI, town: Town, database: Database, tmp_path: Path
) -> None:
    blobs = breaking(app, tmp_path / "blobs")
    assert (await uploaded(owner, str(town.ours.ids["script_id"]), tone(seconds=1.5))).status_code == 500
    await grow_older(database, 8)
    assert await forget_recordings(database, blobs, START) == 1
    assert files_in(tmp_path / "blobs") == []


@pytest.fixture
def speech(app: FastAPI) -> FakeTrySpeech:
    """The speech server that the application asks."""
    parts: WebParts = app.state.parts
    assert isinstance(parts.speech, FakeTrySpeech)
    return parts.speech


async def test_a_text_is_heard_sentence_by_sentence_and_made_once(
    owner: httpx.AsyncClient, speech: FakeTrySpeech
) -> None:
    body = {"text": "Hello there, Maria. How are you today?", "voice": "anna", "speed": 1.1}
    for _ in range(2):
        response = await owner.post("/api/v1/voices/speak", json=body)
        assert response.headers["content-type"] == "audio/wav"
    assert soundfile.info(io.BytesIO(response.content)).samplerate == 8000
    assert speech.asked == [("Hello there, Maria.", "anna", 1.1), ("How are you today?", "anna", 1.1)]
    assert [one["name"] for one in (await owner.get("/api/v1/voices?language=en")).json()] == ["heart", "anna"]
    assert (await owner.get("/api/v1/voices?language=zh")).json() == []
    await owner.post("/api/v1/voices/speak", json={"text": "Its own voice."})
    assert speech.asked[-1] == ("Its own voice.", "heart", 1.0)


async def test_a_voice_is_heard_in_its_own_language(
    owner: httpx.AsyncClient, speech: FakeTrySpeech, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def voices() -> list[Voice]:
        return [Voice("heart", "en", "Heart"), Voice("xiaoxiao", "zh", "晓晓")]

    monkeypatch.setattr(speech, "voices", voices)
    heard = await owner.post("/api/v1/voices/speak", json={"text": "您好", "voice": "xiaoxiao"})
    assert heard.status_code == 200
    assert speech.asked == [("您好", "xiaoxiao", 1.0)]
    body = {"text": "Hello", "voice": "xiaoxiao", "language": "en"}
    assert (await owner.post("/api/v1/voices/speak", json=body)).json()["code"] == "speech-voice"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": ""}, "invalid"),
        ({"text": "x" * 601}, "invalid"),
        ({"text": "Hello", "speed": 9}, "invalid"),
        ({"text": "Hello", "voice": "nobody"}, "speech-voice"),
        ({"text": "Hello", "language": "zh"}, "speech-language"),
    ],
)
async def test_what_can_not_be_said_is_told(owner: httpx.AsyncClient, body: dict[str, Any], code: str) -> None:
    response = await owner.post("/api/v1/voices/speak", json=body)
    assert (response.status_code, response.json()["code"]) == (422, code)


async def test_without_a_speech_server_that_is_said(owner: httpx.AsyncClient, speech: FakeTrySpeech) -> None:
    speech.away = True
    for response in (
        await owner.get("/api/v1/voices"),
        await owner.post("/api/v1/voices/speak", json={"text": "Hello"}),
    ):
        assert (response.status_code, response.json()["code"]) == (503, "speech-unavailable")
        assert "callwright speech" in response.json()["detail"]
