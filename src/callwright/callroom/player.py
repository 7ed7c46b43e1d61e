"""What we say: prompts in, frames out, and exactly how far we have come."""

import asyncio
from collections import deque
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field

import numpy as np

from callwright.callroom.prompt_cache import PromptCache, Voice
from callwright.callroom.recorded_prompts import RecordedPrompts
from callwright.dialogue.port import Speak
from callwright.dialogue.spoken.sentences import joined, sentences
from callwright.speech.port import Pcm
from callwright.telephony.port import FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE, Frame

# What speech takes for a letter, for what is not made yet.
_MS_PER_LETTER = 60
# A stop within a millisecond clicks; 5 ms do not.
_FADE_SAMPLES = SAMPLE_RATE * 5 // 1000
_FADE = np.linspace(1.0, 0.0, _FADE_SAMPLES)
# How far back a gap between words is looked for, to go on from.
_BACK_FRAMES = 400 // FRAME_MS


_Waiting = deque[tuple[str, asyncio.Future[Pcm] | Pcm]]
"""Sentences with their sound, which may still be in the making; a recording is one, however many it tells."""


@dataclass(eq=False, slots=True)
class Prompt:
    """One thing to say. ``samples`` of it have been sent, of the sentences ``begun``."""

    text: str
    interruptible: bool
    waiting: _Waiting
    begun: list[str] = field(default_factory=list)
    samples: int = 0


@dataclass(frozen=True, slots=True)
class PromptStarted:
    """The first frame of a prompt is this one."""

    prompt: Prompt


@dataclass(frozen=True, slots=True)
class PromptEnded:
    """The last frame of a prompt was the one before this; ``interrupted`` where it was stopped."""

    prompt: Prompt
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class AllSpoken:
    """Nothing is left to say."""


@dataclass(frozen=True, slots=True)
class PromptFailed:
    """A sentence could not be made; everything not yet said was dropped."""

    error: BaseException


News = PromptStarted | PromptEnded | AllSpoken | PromptFailed

_NOTHING: Sequence[News] = ()
_NO_PCM = np.zeros(0, np.int16)


class Player:
    """A queue of prompts, made sentence by sentence ahead of their time, taken 20 ms at a time."""

    def __init__(
        self, prompts: PromptCache, voice: Voice, recorded: RecordedPrompts, *, synthesis_s: float
    ) -> None:
        self._prompts = prompts
        self._voice = voice
        self._recorded = recorded
        self._synthesis_s = synthesis_s
        self._queue: deque[Prompt] = deque()
        self._pcm = _NO_PCM
        self._lately: deque[Frame] = deque(maxlen=_BACK_FRAMES)
        self._paused = False
        self._tail: Frame | None = None
        self._pending_news: list[News] = []
        self._tasks: set[asyncio.Task[Pcm]] = set()

    @property
    def busy(self) -> bool:
        """Whether anything is still to be said."""
        return bool(self._queue) or self._tail is not None

    @property
    def interruptible(self) -> bool:
        """Whether what is being said now may be stopped."""
        return bool(self._queue) and self._queue[0].interruptible

    @property
    def left_ms(self) -> int:
        """How long everything still to be said takes; what is not made yet is guessed by its letters."""
        waiting = (part for prompt in self._queue for part in prompt.waiting)
        return self._pcm.size * 1000 // SAMPLE_RATE + sum(_length_ms(*part) for part in waiting)

    def add(self, said: Speak) -> None:
        """Say this after everything added before; what isn't in the cache is made from now on."""
        self._queue.append(Prompt(said.text, said.interruptible, self._made(said)))

    def foresee(self, said: Speak) -> None:
        """Have this made, as it will probably be said."""
        self._made(said)

    def frame(self) -> tuple[Frame | None, Sequence[News]]:
        """Return the next 20 ms (``None`` for silence) and what there is to tell of it."""
        if self._tail is not None:
            tail, self._tail = self._tail, None
            return tail, self._told()
        if self._paused or not self._queue:
            return None, self._told()
        try:
            return self._next(), self._told()
        except Exception as error:
            self._drop()
            self._pending_news.append(PromptFailed(error))
            return None, self._told()

    def pause(self) -> None:
        """Fall silent with the next frame, which fades within 5 ms, ready to go on."""
        fading = self._pcm[:_FADE_SAMPLES]
        if not self._paused and fading.size:
            self._tail = np.zeros(FRAME_SAMPLES, np.int16)
            self._tail[: fading.size] = (fading * _FADE[: fading.size]).astype(np.int16)
        self._paused = True

    def resume(self, *, after_words: bool = False) -> None:
        """Go on where we paused, as gently; ``after_words``, which took longer, from the gap before our word."""
        if not self._paused:
            return
        self._paused = False
        if after_words:
            self._pcm = np.concatenate([*self._since_gap(), self._pcm])
        rising = self._pcm[:_FADE_SAMPLES]
        risen = (rising * _FADE[::-1][: rising.size]).astype(np.int16)
        self._pcm = np.concatenate([risen, self._pcm[_FADE_SAMPLES:]])

    def shorten(self) -> None:
        """Say no sentence that isn't begun."""
        if not self._queue or not self._queue[0].begun:
            self._queue.clear()
            return
        prompt = self._queue[0]
        if prompt.waiting:
            prompt.waiting.clear()
            prompt.text = joined(prompt.begun)
        self._queue = deque([prompt])

    def stop(self) -> None:
        """Fall silent as in a pause, and forget everything not yet said."""
        self.pause()
        self._drop()

    async def close(self) -> None:
        """Stop waiting for sentences."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _made(self, said: Speak) -> _Waiting:
        if said.recording and self._recorded.is_readable(said.recording):
            kept = self._recorded.get(said.recording)
            return deque([(said.text, self._begin(self._played(said)) if kept is None else kept)])
        made: _Waiting = deque()
        for sentence in sentences(said.text):
            kept = self._prompts.get(sentence, self._voice)
            made.append((sentence, self._begin(self._spoken(sentence)) if kept is None else kept))
        return made

    async def _played(self, said: Speak) -> Pcm:
        recorded = await self._recorded.load(said.recording)
        if recorded is not None:
            return recorded
        return np.concatenate([_NO_PCM, *[await self._spoken(sentence) for sentence in sentences(said.text)]])

    async def _spoken(self, sentence: str) -> Pcm:
        return await self._prompts.fetch(sentence, self._voice, deadline_s=self._synthesis_s)

    def _begin(self, making: Coroutine[None, None, Pcm]) -> asyncio.Task[Pcm]:
        task = asyncio.create_task(making, name="sentence")
        self._tasks.add(task)
        task.add_done_callback(self._asked)
        return task

    def _asked(self, task: asyncio.Task[Pcm]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()

    def _next(self) -> Frame | None:
        prompt = self._queue[0]
        while self._pcm.size < FRAME_SAMPLES and self._append_sentence(prompt):
            pass
        if self._pcm.size == 0 and prompt.waiting:
            return None
        if prompt.samples == 0 and self._pcm.size:
            self._pending_news.append(PromptStarted(prompt))
        frame, self._pcm = self._pcm[:FRAME_SAMPLES], self._pcm[FRAME_SAMPLES:]
        prompt.samples += frame.size
        self._lately.append(frame)
        if self._pcm.size == 0 and not prompt.waiting:
            self._finish(prompt)
        if frame.size < FRAME_SAMPLES:
            frame = np.concatenate([frame, np.zeros(FRAME_SAMPLES - frame.size, np.int16)])
        return frame

    def _append_sentence(self, prompt: Prompt) -> bool:
        if not prompt.waiting:
            return False
        sentence, made = prompt.waiting[0]
        if isinstance(made, asyncio.Future):
            if not made.done():
                return False
            made = made.result()
        prompt.waiting.popleft()
        prompt.begun.append(sentence)
        self._pcm = np.concatenate([self._pcm, made])
        return True

    def _since_gap(self) -> list[Frame]:
        """Return the frames sent of late from the quietest of them on, and forget them."""
        sent = list(self._lately)
        self._lately.clear()
        loudness = [float(np.abs(frame, dtype=np.float32).sum()) for frame in sent]
        quietest = max((at for at, loud in enumerate(loudness) if loud == min(loudness)), default=0)
        return sent[quietest:]

    def _finish(self, prompt: Prompt) -> None:
        self._queue.popleft()
        self._lately.clear()
        self._pending_news.append(PromptEnded(prompt))
        if not self._queue:
            self._pending_news.append(AllSpoken())

    def _drop(self) -> None:
        if self._queue and self._queue[0].samples:
            self._pending_news.append(PromptEnded(self._queue[0], interrupted=True))
        self._queue.clear()
        self._paused = False
        self._pcm = _NO_PCM
        self._lately.clear()

    def _told(self) -> Sequence[News]:
        if not self._pending_news:
            return _NOTHING
        news, self._pending_news = tuple(self._pending_news), []
        return news


def _length_ms(sentence: str, made: "asyncio.Future[Pcm] | Pcm") -> int:
    if isinstance(made, asyncio.Future):
        return len(sentence) * _MS_PER_LETTER
    return made.size * 1000 // SAMPLE_RATE
