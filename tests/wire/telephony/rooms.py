"""Rooms for tests: what stands at our end of a call, and what it heard."""

import asyncio

import numpy as np
from tests.waiting import PATIENCE_S

from callwright.telephony.port import CallEvent, Ended, Frame, PhoneCall


def _is_loud(frame: Frame) -> bool:
    return bool(np.abs(frame.astype(int)).max() > 500)


class ToneRoom:
    """Says a tone and keeps what it hears."""

    def __init__(self, hertz: float = 440.0) -> None:
        self._hertz = hertz
        self._said = 0
        self._wanted = 0
        self._enough = asyncio.Event()
        self.loud_frames = 0
        self.heard_frames: list[Frame] = []

    def heard(self, frame: Frame) -> None:
        """Keep it."""
        self.heard_frames.append(frame)
        self.loud_frames += _is_loud(frame)
        if self.loud_frames >= self._wanted:
            self._enough.set()

    def say(self) -> Frame:
        """Return the tone's next 20 ms."""
        at = (self._said * 160 + np.arange(160)) / 8000
        self._said += 1
        return (8000 * np.sin(2 * np.pi * self._hertz * at)).astype(np.int16)

    @property
    def pitch(self) -> float:
        """The strongest frequency heard, in hertz."""
        loud = [frame for frame in self.heard_frames if _is_loud(frame)]
        sound = np.concatenate(loud).astype(float)
        spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
        return float(np.argmax(spectrum) * 8000 / len(sound))

    async def hears(self, frames: int) -> None:
        """Wait until so many frames were not silent."""
        self._wanted = frames
        self._enough.clear()
        async with asyncio.timeout(PATIENCE_S):
            await self._enough.wait()


class Story:
    """A call's events as they come, to wait for and look back on."""

    def __init__(self, call: PhoneCall) -> None:
        self._call = call
        self.events: list[CallEvent] = []
        self._news = asyncio.Condition()
        self._task = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        async for event in self._call.events():
            async with self._news:
                self.events.append(event)
                self._news.notify_all()

    async def until(self, kind: type[CallEvent], count: int = 1) -> None:
        """Wait until so many events of a kind came."""
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: sum(isinstance(e, kind) for e in self.events) >= count)

    async def ended(self) -> Ended:
        """Wait for the end and return it."""
        async with asyncio.timeout(PATIENCE_S):
            await self._task
        last = self.events[-1]
        assert isinstance(last, Ended)
        assert sum(isinstance(event, Ended) for event in self.events) == 1
        return last

    def kinds(self) -> list[str]:
        """The events' names in order."""
        return [type(event).__name__ for event in self.events]
