"""Recorded speech for scripts."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from callwright.scripts import recordings
from callwright.scripts import service as scripts
from callwright.scripts.sound import prompt_of
from callwright.web.access import ScriptChanger, ScriptReader
from callwright.web.schemas.voices import RecordingOut
from callwright.web.sending import AUDIO, send_sound
from callwright.web.uploads import file_form, take_upload

router = APIRouter(prefix="/scripts/{script_id}/recordings", tags=["scripts"])
SOUND_FORM: dict[str, Any] = file_form("A WAV, FLAC, OGG or MP3 file of 0.2 to 120 seconds, of at most 20 MB.")


@router.post("", status_code=201, openapi_extra=SOUND_FORM)
async def add_script_recording(script_id: UUID, asking: ScriptChanger, request: Request) -> RecordingOut:
    """Keep recorded speech as calls play it: 8 kHz, one channel, as loud as the voices.

    It is kept for a week, and then for as long as any version of a script names it.
    """
    async with asking.transaction() as session:
        await scripts.get_script(session, script_id)
    upload = await take_upload(request)
    prompt = await asyncio.to_thread(prompt_of, upload.content)
    tenant_id, blobs = asking.who.tenant_id, asking.parts.blobs
    async with asking.transaction() as session:
        key = await recordings.enter(
            session, tenant_id, prompt, file_name=upload.file_name, by=asking.who.user_id, now=asking.now
        )
    await blobs.put(key, prompt.wav)
    return RecordingOut(sha256=prompt.sha256, seconds=prompt.seconds)


@router.get("/{sha256}", response_class=Response, responses=AUDIO)
async def get_script_recording(script_id: UUID, sha256: str, asking: ScriptReader, request: Request) -> Response:
    """A recording as calls play it: WAV. Ranges of bytes may be asked for."""
    async with asking.transaction() as session:
        await scripts.get_script(session, script_id)
        key = await recordings.find(session, asking.who.tenant_id, sha256)
    return await send_sound(asking.parts.blobs, key, request)
