"""A person on a live call: sound in, the person's mind, sound out."""

import asyncio
from collections.abc import Coroutine

import numpy as np
import structlog

from callwright.kit.errors import CallwrightError
from callwright.simulator import person as mind
from callwright.simulator.hearing import Ear, Started, Stopped
from callwright.simulator.live_call import LiveCall
from callwright.simulator.mouth import Mouth
from callwright.simulator.scenario import Answers
from callwright.simulator.speech_store import SpeechStore, Utterance
from callwright.simulator.truth import Heard, Pressed, Said
from callwright.speech.port import SAMPLE_RATE, Pcm, Recogniser
from callwright.telephony.port import Frame

log = structlog.get_logger(__name__)

_DEADLINE_S = 2.0
"""Nobody thinks longer about what they were asked; callers take longer silence for absence."""


class Conversation:
    """The audio handler of an answered call; begins with :meth:`begin` and is over with :meth:`end`."""

    def __init__(
        self, live: LiveCall, handset: Answers, mouth: Mouth, store: SpeechStore, recogniser: Recogniser | None
    ) -> None:
        self._live = live
        self._handset = handset
        self._mouth = mouth
        self._ear = Ear()
        self._store = store
        self._recogniser = recogniser
        self._state = mind.begin(handset.person)
        self._saying: Said | None = None
        self._unrecognised: list[Pcm] = []
        self._recognition: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self) -> None:
        """The person has picked up."""
        self._feel(mind.Answered(self._live.since_answer()))

    async def end(self) -> None:
        """The call is over: note what was cut short, and stop whatever was under way."""
        now = self._live.since_answer()
        self._feel(mind.HungUp(now))
        self._noted_until(now, cut_short=True)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def heard(self, frame: Frame) -> None:
        """Take 20 ms of the caller."""
        noticed = self._ear.heard(frame)
        if isinstance(noticed, Started):
            if self._recognition is not None:
                self._recognition.cancel()
            self._feel(mind.CallerStarted(self._live.since_answer()))
        elif isinstance(noticed, Stopped):
            self._unrecognised.append(noticed.speech)
            self._recognition = self._spawn(self._understand(noticed.ago))

    def say(self) -> Frame:
        """Give the next 20 ms of the person and what is around them."""
        now = self._live.since_answer()
        if self._saying is not None and not self._mouth.speaks:
            self._noted_until(now, cut_short=False)
            self._feel(mind.Finished(now))
        self._feel(mind.Tick(now))
        return self._mouth.frame()

    def _feel(self, event: mind.Event) -> None:
        self._state, actions = mind.step(self._state, event)
        for action in actions:
            match action:
                case mind.Say():
                    self._spawn(self._speak(action))
                case mind.Press(digits):
                    self._spawn(self._press(digits))
                case mind.HangUp(why):
                    self._spawn(self._live.hang_up(why))

    async def _speak(self, words: mind.Say) -> None:
        voice, level = self._handset.person.voice, self._handset.line.level_db
        speech = await self._store.get(Utterance(words.text, voice, level))
        now = self._live.since_answer()
        self._mouth.say(speech)
        self._saying = Said(at_s=round(now, 3), until_s=now, text=words.text, intent=words.intent)

    async def _press(self, digits: str) -> None:
        self._live.truth.pressed.append(Pressed(at_s=round(self._live.since_answer(), 3), digits=digits))
        await self._live.phone.send_dtmf(digits)

    def _noted_until(self, now: float, *, cut_short: bool) -> None:
        if self._saying is not None:
            self._saying.until_s, self._saying.cut_short = round(now, 3), cut_short
            self._live.truth.said.append(self._saying)
            self._saying = None

    async def _understand(self, ago: float) -> None:
        stopped = self._live.since_answer() - ago
        speech = np.concatenate(self._unrecognised)
        words = await self._words(speech)
        self._unrecognised.clear()
        started = stopped - len(speech) / SAMPLE_RATE + ago
        self._live.truth.heard.append(Heard(at_s=round(started, 3), until_s=round(stopped, 3), words=words))
        self._feel(mind.CallerStopped(self._live.since_answer(), stopped, words))

    async def _words(self, speech: Pcm) -> str | None:
        if self._recogniser is None:
            return None
        try:
            return (await self._recogniser.recognise(speech, deadline_s=_DEADLINE_S)).text
        except CallwrightError as problem:
            log.warning("caller not recognised, going by the order of turns", problem=str(problem))
            return None

    def _spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
