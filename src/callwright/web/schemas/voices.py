"""Voices, and what they say."""

from typing import Literal

from pydantic import Field

from callwright.web.schemas.base import Line, Request, Response


class VoiceOut(Response):
    """A voice that scripts may speak with."""

    name: str = Field(examples=["heart"], description="What a script's `voice` names.")
    language: str = Field(examples=["en"])
    label: str = Field(examples=["Heart (American woman)"])


class Spoken(Request):
    """What is to be heard, and how. Without a voice it is the language's own, without a language the voice's."""

    text: Line = Field(min_length=1, max_length=600)
    language: Literal["en", "zh"] | None = Field(None, description="Else the voice's, or `en` without one.")
    voice: Line | None = Field(None, max_length=120)
    speed: float = Field(1.0, ge=0.7, le=1.4)


class RecordingOut(Response):
    """A recording as it is kept: what a script's `recordings` name."""

    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    seconds: float
