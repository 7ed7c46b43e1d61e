"""The words and the intent of one turn, asked early and never used late."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from callwright.speech.port import IntentClassifier, Pcm, Recogniser, SpeechDeadlineError


class Ears(Recogniser, IntentClassifier, Protocol):
    """What understanding needs of a speech server."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a turn was: its words, and (intent, score) best first; none for noise.

    ``part`` are the words of the sound itself, ``text`` those of the whole turn that it goes on with.
    """

    text: str
    part: str
    confidence: float
    intents: tuple[tuple[str, float], ...]


class Understanding:
    """Understands the turns of one call, at most one at a time; those begun meanwhile wait."""

    def __init__(self, ears: Ears, examples: Mapping[str, Sequence[str]], *, language: str, limit_s: float) -> None:
        self._ears = ears
        self._examples = examples
        self._language = language
        self._limit_s = limit_s
        self._one = asyncio.Lock()
        self._tasks: set[asyncio.Task[Understood]] = set()

    def begin(self, pcm: Pcm, *, after: str = "") -> asyncio.Task[Understood]:
        """Begin to understand ``pcm``, said ``after`` something; cancelling the task withdraws it.

        Raises what the speech server raises.
        """
        task = asyncio.create_task(self._understand(pcm, after), name="understanding")
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def close(self) -> None:
        """Withdraw everything, and wait until nothing is left of it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _done(self, task: asyncio.Task[Understood]) -> None:
        self._tasks.discard(task)
        # A withdrawn turn's failure is nobody's.
        if not task.cancelled():
            task.exception()

    async def _understand(self, pcm: Pcm, after: str) -> Understood:
        try:
            async with asyncio.timeout(self._limit_s), self._one:
                return await self._ask(pcm, after)
        except TimeoutError:
            raise SpeechDeadlineError(what="recogniser", deadline_s=self._limit_s) from None

    async def _ask(self, pcm: Pcm, after: str) -> Understood:
        heard = await self._ears.recognise(pcm, language=self._language, deadline_s=self._limit_s)
        text = f"{after} {heard.text}".strip()
        if not text or not self._examples:
            return Understood(text, heard.text, heard.confidence, ())
        scores = await self._ears.classify(text, self._examples, deadline_s=self._limit_s)
        return Understood(text, heard.text, heard.confidence, tuple((one.intent, one.score) for one in scores))
