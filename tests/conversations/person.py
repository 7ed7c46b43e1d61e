"""A scripted person at the far end of a call: real SIP and RTP, speech that was synthesised before."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import numpy as np

from callwright.speech.port import Pcm, Synthesiser
from callwright.telephony.port import FRAME_MS, FRAME_SAMPLES, CallEvent, Ended, Frame, IncomingCall
from tests.waiting import PATIENCE_S

# Loudness (root mean square of a 16-bit frame) from which a frame is somebody speaking.
_LOUD = 120.0
_ENOUGH_QUIET = 600 // FRAME_MS


@dataclass
class Person:
    """Hears, speaks and notes both frame by frame, so that times are counted rather than taken from a clock."""

    incoming: IncomingCall
    heard_loud: list[bool] = field(default_factory=list)
    said_loud: list[bool] = field(default_factory=list)
    sound: list[Frame] = field(default_factory=list)
    _queue: deque[Frame] = field(default_factory=deque)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    ended: Ended | None = None

    def heard(self, frame: Frame) -> None:
        """Note whether they speak."""
        self.heard_loud.append(bool(_loudness(frame) > _LOUD))
        self.sound.append(frame)
        self._changed.set()

    def say(self) -> Frame | None:
        """Speak what is queued."""
        frame = self._queue.popleft() if self._queue else None
        self.said_loud.append(frame is not None and bool(_loudness(frame) > _LOUD))
        return frame

    async def follow(self) -> None:
        """Follow the call to its end."""
        async for event in self.incoming.call.events():
            self._note(event)

    def speak(self, pcm: Pcm) -> None:
        """Begin to say ``pcm`` now."""
        for begin in range(0, len(pcm), FRAME_SAMPLES):
            frame = np.zeros(FRAME_SAMPLES, np.int16)
            part = pcm[begin : begin + FRAME_SAMPLES]
            frame[: len(part)] = part
            self._queue.append(frame)

    async def hear_them_begin(self) -> None:
        """Wait until they have begun to speak after this moment."""
        begin = len(self.heard_loud)
        await self._until(lambda: sum(self.heard_loud[begin:]) >= 5)

    async def hear_them_out(self) -> None:
        """Wait until they have spoken, after this moment, and fallen silent."""
        await self.hear_them_begin()
        await self._until(lambda: not any(self.heard_loud[-_ENOUGH_QUIET:]))

    async def hear_them_for(self, ms: int) -> None:
        """Wait until they have spoken for ``ms`` since the answer."""
        await self._until(lambda: sum(self.heard_loud) * FRAME_MS >= ms)

    async def see_the_end(self) -> None:
        """Wait until the call is over."""
        await self._until(lambda: self.ended is not None)

    def _note(self, event: CallEvent) -> None:
        if isinstance(event, Ended):
            self.ended = event
        self._changed.set()

    async def _until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not reached():
                self._changed.clear()
                await self._changed.wait()


Behaviour = Callable[[Person], Awaitable[None]]


async def take_call(incoming: IncomingCall, behave: Behaviour) -> Person:
    """Ring, answer and do as ``behave`` says until the call is over."""
    person = Person(incoming)
    following = asyncio.create_task(person.follow())
    incoming.call.attach(person)
    await incoming.call.ring()
    await incoming.call.answer()
    try:
        await behave(person)
        await person.see_the_end()
    finally:
        await incoming.call.hang_up()
        await following
    return person


async def spoken(synthesiser: Synthesiser, text: str, *, voice: str = "", language: str = "en") -> Pcm:
    """Return ``text`` in a voice of moderate level, without silence around it."""
    pcm = await synthesiser.synthesise(text, voice=voice, language=language, deadline_s=60)
    audible = np.flatnonzero(np.abs(pcm.astype(np.int32)) > 300)
    return pcm[audible[0] : audible[-1] + 1]


def _loudness(frame: Frame) -> float:
    return float(np.sqrt(np.mean(frame.astype(np.float32) ** 2)))
