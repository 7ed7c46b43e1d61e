"""Recorded prompts of a call: read before they are due, and spoken by the voice where they can't be."""

import asyncio
import io
import wave
from typing import Protocol
from uuid import UUID

import numpy as np

from callwright.blobs.port import Blobs
from callwright.callroom.journal import Journal
from callwright.callroom.prompt_cache import PromptCache
from callwright.kit.errors import UnavailableError
from callwright.scripts.recordings import recording_key
from callwright.speech.port import SAMPLE_RATE, Pcm


class SoundUnreadableError(UnavailableError):
    """The recording is not as it was kept: {why}. Upload it again."""

    code = "sound-unreadable"


class Sounds(Protocol):
    """The recordings of one company."""

    def key(self, sha256: str) -> str:
        """Return what tells this recording from every other company's."""
        ...

    async def read(self, sha256: str) -> Pcm:
        """Return a recording, 8 kHz. Raises what a store of blobs raises, and SoundUnreadableError."""
        ...


class KeptSounds:
    """The recordings of one company in a store of blobs."""

    def __init__(self, blobs: Blobs, tenant_id: UUID) -> None:
        self._blobs = blobs
        self._tenant_id = tenant_id

    def key(self, sha256: str) -> str:
        """Return where it is kept."""
        return str(recording_key(self._tenant_id, sha256))

    async def read(self, sha256: str) -> Pcm:
        """Return a recording, 8 kHz. Raises BlobNotFoundError, SoundUnreadableError, OSError."""
        chunks = self._blobs.read(recording_key(self._tenant_id, sha256))
        return _pcm_of(b"".join([chunk async for chunk in chunks]))


class RecordedPrompts:
    """The recordings that one call may play. What can't be read is noted, once, in its journal."""

    def __init__(self, prompts: PromptCache, sounds: Sounds | None, journal: Journal, *, limit_s: float) -> None:
        self._prompts = prompts
        self._sounds = sounds
        self._journal = journal
        self._limit_s = limit_s
        self._unreadable: set[str] = set()

    def is_readable(self, sha256: str) -> bool:
        """Whether nothing is known to be wrong with it."""
        return self._sounds is not None and sha256 not in self._unreadable

    def get(self, sha256: str) -> Pcm | None:
        """Return a recording if it was loaded."""
        return None if self._sounds is None else self._prompts.get_recording(self._sounds.key(sha256))

    async def load(self, sha256: str) -> Pcm | None:
        """Return a recording, read now where it isn't there; ``None`` where it can't be."""
        if self._sounds is None or not self.is_readable(sha256):
            return None
        kept = self.get(sha256)
        if kept is not None:
            return kept
        try:
            async with asyncio.timeout(self._limit_s):
                return self._prompts.keep_recording(self._sounds.key(sha256), await self._sounds.read(sha256))
        except Exception as error:
            self._unreadable.add(sha256)
            self._journal.event(
                "recording_unreadable", sha256=sha256, error=type(error).__name__, message=str(error)
            )
            return None


def _pcm_of(content: bytes) -> Pcm:
    try:
        with wave.open(io.BytesIO(content)) as file:
            shape = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            if shape != (1, 2, SAMPLE_RATE):
                raise SoundUnreadableError(why="it is not 8 kHz, one channel, 16 bits")
            return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16)
    except (wave.Error, EOFError) as error:
        raise SoundUnreadableError(why=str(error) or "it is cut short") from None
