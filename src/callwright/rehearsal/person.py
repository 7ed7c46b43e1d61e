"""A person of a crowd on the telephone: hears us speak and fall silent, takes the floor, says what they mean.

They hear nothing but sound. What they mean follows from what the script did, as in writing; when they speak follows
from their ears, now and then into our words.
"""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from callwright.personas.people import Persona
from callwright.personas.spoken_call import Leave, Press, Say, SpokenCall
from callwright.rehearsal.voice import Sounding
from callwright.simulator.hearing import FRAME_S, Ear, Started, Stopped
from callwright.simulator.mouth import Mouth
from callwright.telephony.port import FRAME_MS, Ended, Frame, IncomingCall

_REACTS_S = (0.0, 0.7)
"""Beyond the silence by which one hears that the other has finished."""
_INTERRUPTS_S = (0.9, 2.2)
_NOTICED_FRAMES = 3
"""The ear tells that we speak so many frames after our first sound."""


@dataclass(slots=True)
class SaidAloud:
    """Something that the person said, in ms since they picked up.

    ``interrupting``: into a prompt of ours, to stop it; ``listening``: only to show that they follow.
    """

    from_ms: int
    to_ms: int
    text: str
    interrupting: bool = False
    listening: bool = False


class _Due(StrEnum):
    FLOOR = "floor"
    INTERRUPT = "interrupt"
    LISTEN = "listen"


class Person:
    """The audio handler of one call at the person's end; :meth:`live` is their whole call."""

    def __init__(self, mind: SpokenCall, persona: Persona, sounding: Sounding) -> None:
        self._mind = mind
        self._sounding = sounding
        self._dice: Random = persona.luck("speaks")
        self._mouth = Mouth(sounding.background)
        self._ear = Ear()
        self._frames = 0
        self._saying: SaidAloud | None = None
        self._working = False
        self._due: tuple[_Due, int] | None = None
        self._told: asyncio.Queue[_Due | None] = asyncio.Queue()
        self._finished_at: int | None = None
        self.said: list[SaidAloud] = []
        self.reply_ms: list[int] = []

    async def live(self, incoming: IncomingCall) -> None:
        """Pick up and talk until the call is over."""
        following = asyncio.create_task(self._follow(incoming), name="rehearsal-person")
        try:
            await incoming.call.ring()
            await incoming.call.answer()
            incoming.call.attach(self)
            while (due := await self._told.get()) is not None:
                await self._do(due, incoming)
        finally:
            await incoming.call.hang_up()
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)

    def heard(self, frame: Frame) -> None:
        """Take 20 ms of ours."""
        self._frames += 1
        noticed = self._ear.heard(frame)
        if isinstance(noticed, Started):
            self._they_began()
        elif isinstance(noticed, Stopped):
            self._they_finished()
        if self._due is not None and self._frames >= self._due[1]:
            (due, _), self._due = self._due, None
            self._working = True
            self._told.put_nowait(due)

    def say(self) -> Frame:
        """Give the next 20 ms of the person and what is around them."""
        if self._saying is not None and not self._mouth.speaks:
            self._saying.to_ms = self._frames * FRAME_MS
            if not self._saying.listening:
                self._finished_at = self._frames
            self._saying = None
        return self._mouth.frame()

    def _they_began(self) -> None:
        if self._finished_at is not None and self._saying is None:
            self.reply_ms.append((self._frames - _NOTICED_FRAMES - self._finished_at) * FRAME_MS)
            self._finished_at = None
        self._due = None
        if self._saying is not None or self._working:
            return
        if self._mind.interrupts():
            self._plan(_Due.INTERRUPT, *_INTERRUPTS_S)
        else:
            self._plan(_Due.LISTEN, *_INTERRUPTS_S)

    def _they_finished(self) -> None:
        if self._saying is None and not self._working:
            self._plan(_Due.FLOOR, *_REACTS_S)

    def _plan(self, due: _Due, least_s: float, most_s: float) -> None:
        self._due = due, self._frames + round(self._dice.uniform(least_s, most_s) / FRAME_S)

    async def _do(self, due: _Due, incoming: IncomingCall) -> None:
        try:
            if due is _Due.LISTEN:
                await self._listen()
            elif due is _Due.FLOOR or self._ear.hears_speech:
                await self._take_floor(incoming, interrupting=due is _Due.INTERRUPT)
        finally:
            self._working = False

    async def _listen(self) -> None:
        sound = self._mind.listens()
        if sound and self._ear.hears_speech:
            await self._speak(SaidAloud(0, 0, sound, listening=True))

    async def _take_floor(self, incoming: IncomingCall, *, interrupting: bool) -> None:
        doing = self._mind.act(interrupting=interrupting)
        if isinstance(doing, Leave):
            await incoming.call.hang_up()
        elif isinstance(doing, Press):
            await incoming.call.send_dtmf(doing.key)
        elif isinstance(doing, Say):
            await self._speak(SaidAloud(0, 0, doing.text, interrupting=interrupting))

    async def _speak(self, words: SaidAloud) -> None:
        speech = await self._sounding.speak(words.text)
        words.from_ms = words.to_ms = self._frames * FRAME_MS
        self._finished_at = None
        self._saying = words
        self.said.append(words)
        self._mouth.say(speech)

    async def _follow(self, incoming: IncomingCall) -> None:
        try:
            async for event in incoming.call.events():
                if isinstance(event, Ended):
                    return
        finally:
            self._told.put_nowait(None)
