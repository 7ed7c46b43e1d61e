"""Voices: which there are, and how they sound."""

from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query, Response
from pydantic import TypeAdapter

from callwright.callroom.prompt_cache import Voice
from callwright.dialogue.parts import Language
from callwright.dialogue.spoken.sentences import sentences
from callwright.scripts.sound import wav_of
from callwright.speech.errors import LanguageNotSpokenError, UnknownVoiceError
from callwright.speech.port import SPOKEN_AHEAD
from callwright.speech.port import Voice as KnownVoice
from callwright.web.access import Asking, ScriptReader
from callwright.web.schemas.voices import Spoken, VoiceOut

router = APIRouter(prefix="/voices", tags=["scripts"])
SPEAK_S = 20.0
SLOW_SPEAK_S = 60.0
"""The first sentence of a slow voice has it loaded."""
OWN = "en"
LANGUAGES: TypeAdapter[Language] = TypeAdapter(Language)
WAV = "audio/wav"
SPEECH: dict[int | str, dict[str, Any]] = {
    200: {"content": {WAV: {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get("")
async def list_voices(
    asking: ScriptReader, language: Annotated[Literal["en", "zh"] | None, Query(description="Of this one.")] = None
) -> list[VoiceOut]:
    """Voices of this installation's synthesiser, a language's own first."""
    return [
        VoiceOut.model_validate(voice)
        for voice in await asking.parts.speech.voices()
        if language in (None, voice.language)
    ]


@router.post("/speak", response_class=Response, responses=SPEECH)
async def speak(body: Spoken, asking: ScriptReader) -> Response:
    """Hear a text as a call says it: WAV, 8 kHz, one channel."""
    known = await _voice(asking, body)
    voice = Voice(known.name, body.speed, LANGUAGES.validate_python(known.language))
    limit_s = SLOW_SPEAK_S if voice.language in SPOKEN_AHEAD else SPEAK_S
    spoken = [await asking.parts.prompts.fetch(one, voice, deadline_s=limit_s) for one in sentences(body.text)]
    return Response(wav_of(np.concatenate(spoken)), media_type=WAV)


async def _voice(asking: Asking, body: Spoken) -> KnownVoice:
    """Return the voice asked for, or the language's own. Raises LanguageNotSpokenError, UnknownVoiceError."""
    every = await asking.parts.speech.voices()
    language = body.language or (None if body.voice else OWN)
    speaking = [voice for voice in every if language in (None, voice.language)]
    if not speaking:
        languages = ", ".join(sorted({voice.language for voice in every}))
        raise LanguageNotSpokenError(provider="synthesiser", language=language, known=languages)
    for voice in speaking:
        if body.voice in (None, "", voice.name):
            return voice
    known = ", ".join(voice.name for voice in speaking)
    raise UnknownVoiceError(provider="synthesiser", voice=body.voice, known=known)
