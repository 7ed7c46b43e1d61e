"""Spoken sentences and recordings kept in memory, shared by every call of a node."""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from callwright.dialogue.parts import Language
from callwright.dialogue.spoken.sentences import sentences
from callwright.speech.port import SAMPLE_RATE, Pcm, SpeechDeadlineError, Synthesiser

# Speech quieter than this (of 32767) at a prompt's ends is silence: the person should not wait for it.
_AUDIBLE = 150
_LEAD_SAMPLES = SAMPLE_RATE * 10 // 1000
_TAIL_SAMPLES = SAMPLE_RATE * 120 // 1000


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose voice speaks, how fast, and in which language; an empty name is the language's own voice."""

    name: str = ""
    speed: float = 1.0
    language: Language = "en"


_Key = tuple[Voice, str]
"""Whose voice, and the sentence."""

_RECORDED = Voice("", 0.0)
"""Whose recordings are: no synthesiser speaks at this speed."""


class PromptCache:
    """The most recently used sentences as PCM, up to ``max_bytes``; each is made once, however many calls ask.

    ``ahead`` is asked for what nobody waits for yet (a synthesiser of lower priority), ``live`` for the rest.
    """

    def __init__(self, live: Synthesiser, ahead: Synthesiser | None = None, *, max_bytes: int = 64 << 20) -> None:
        self._live = live
        self._ahead = ahead or live
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[_Key, Pcm] = OrderedDict()
        self._making: dict[tuple[_Key, bool], asyncio.Task[Pcm]] = {}

    def get(self, sentence: str, voice: Voice) -> Pcm | None:
        """Return the sentence if it is there."""
        key = (voice, sentence)
        pcm = self._kept.get(key)
        if pcm is not None:
            self._kept.move_to_end(key)
        return pcm

    async def fetch(self, sentence: str, voice: Voice, *, deadline_s: float) -> Pcm:
        """Return the sentence, made now where it isn't there. Raises what the synthesiser raises."""
        return await self._made(self._live, sentence, voice, deadline_s)

    async def warm(self, texts: Iterable[str], voice: Voice, *, deadline_s: float) -> None:
        """Make every sentence of ``texts`` beforehand, in order. Raises what the synthesiser raises."""
        for sentence in self.missing(texts, voice):
            await self._made(self._ahead, sentence, voice, deadline_s)

    async def warm_for(self, within_s: float, texts: Iterable[str], voice: Voice, *, deadline_s: float) -> None:
        """Make what can be made of ``texts`` in ``within_s``, in order. Raises what the synthesiser raises."""
        # A sentence under way is made to its end: it is not taken from whoever asks for it next.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self.warm(texts, voice, deadline_s=deadline_s)

    def missing(self, texts: Iterable[str], voice: Voice) -> list[str]:
        """Return the sentences of ``texts`` that are yet to be made, in order."""
        return [sentence for text in texts for sentence in sentences(text) if self.get(sentence, voice) is None]

    def get_recording(self, key: str) -> Pcm | None:
        """Return a recording if it is there."""
        return self.get(key, _RECORDED)

    def keep_recording(self, key: str, pcm: Pcm) -> Pcm:
        """Keep a recording under ``key``, and return it without the silence around it."""
        return self._keep((_RECORDED, key), _trimmed(pcm))

    async def close(self) -> None:
        """Stop making what is being made."""
        making = list(self._making.values())
        for task in making:
            task.cancel()
        await asyncio.gather(*making, return_exceptions=True)

    async def _made(self, synthesiser: Synthesiser, sentence: str, voice: Voice, deadline_s: float) -> Pcm:
        pcm = self.get(sentence, voice)
        if pcm is not None:
            return pcm
        # A person who waits must not queue behind what is made ahead, so the two are not joined.
        job = ((voice, sentence), synthesiser is self._live)
        task = self._making.get(job)
        if task is None:
            task = asyncio.create_task(self._make(synthesiser, job, deadline_s), name="prompt")
            task.add_done_callback(_seen)
            self._making[job] = task
        # Several calls may wait for the same sentence: the one that hangs up must not take it from the others.
        return await asyncio.shield(task)

    async def _make(self, synthesiser: Synthesiser, job: tuple[_Key, bool], deadline_s: float) -> Pcm:
        key, _ = job
        voice, sentence = key
        try:
            async with asyncio.timeout(deadline_s):
                pcm = await synthesiser.synthesise(
                    sentence, voice=voice.name, speed=voice.speed, language=voice.language, deadline_s=deadline_s
                )
            return self._keep(key, _trimmed(pcm))
        except TimeoutError:
            raise SpeechDeadlineError(what="synthesiser", deadline_s=deadline_s) from None
        finally:
            del self._making[job]

    def _keep(self, key: _Key, pcm: Pcm) -> Pcm:
        if key not in self._kept:
            self._bytes += pcm.nbytes
        self._kept[key] = pcm
        while self._bytes > self._max_bytes:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.nbytes
        return pcm


def _seen(task: asyncio.Task[Pcm]) -> None:
    # Every call that waited for it may have hung up: the failure is then nobody's.
    if not task.cancelled():
        task.exception()


def _trimmed(pcm: Pcm) -> Pcm:
    audible = np.flatnonzero(np.abs(pcm.astype(np.int32)) > _AUDIBLE)
    if audible.size == 0:
        return pcm[:0].copy()
    begin = max(0, int(audible[0]) - _LEAD_SAMPLES)
    end = int(audible[-1]) + 1 + _TAIL_SAMPLES
    return np.concatenate([pcm[begin:end], np.zeros(max(0, end - pcm.size), np.int16)])
