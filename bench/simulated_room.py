"""Calls in simulated time: the product's room, voice detector, recogniser and intents, on sound made beforehand.

Nothing waits for a clock, so that what else the machine does changes no figure. Recognition and intent together
take ``RECOGNITION_MS`` of the call's time, about what they take by themselves (``bench.recognition``).
"""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tests.fakes.simulated_time import SimulatedTime, settle
from tests.fakes.telephony import FakeEngine

from callwright.callroom.journal import Journal
from callwright.callroom.observer import Unobserved
from callwright.callroom.plan import CallPlan, Equipment
from callwright.callroom.prompt_cache import PromptCache, Voice
from callwright.callroom.record import Turn
from callwright.callroom.recorded_prompts import RecordedPrompts
from callwright.callroom.recorder import RecordingWriter
from callwright.callroom.room import Room
from callwright.callroom.settings import RoomSettings
from callwright.dialogue import port
from callwright.speech import providers
from callwright.speech.port import IntentScore, Pcm, Recognition
from callwright.speech.providers import Choice
from callwright.telephony.port import FRAME_MS, FRAME_SAMPLES, Originate

RECOGNITION_MS = 120


class Engines:
    """The models, loaded once; what they made of a sound or a sentence is kept."""

    def __init__(self) -> None:
        self.recogniser = providers.recogniser(Choice("whisper"))
        self.intents = providers.intents(Choice("e5_tfidf"))
        self.synthesiser = providers.synthesiser(Choice("hibari"))
        self.activity = providers.voice_activity(Choice("silero"))
        self.heard: dict[bytes, Recognition] = {}
        self.meant: dict[str, list[IntentScore]] = {}


class TimedSpeech:
    """The engines, which take simulated time."""

    def __init__(self, engines: Engines, time: SimulatedTime) -> None:
        self._engines = engines
        self._time = time

    async def recognise(self, pcm: Pcm, *, language: str = "en", deadline_s: float = 5.0) -> Recognition:
        """Return the words of ``pcm``."""
        heard = self._engines.heard
        key = pcm.tobytes()
        if key not in heard:
            heard[key] = self._engines.recogniser.recognise(pcm, language)
        await self._time.sleep(RECOGNITION_MS)
        return heard[key]

    async def classify(
        self, text: str, examples: Mapping[str, Sequence[str]], *, deadline_s: float = 5.0
    ) -> list[IntentScore]:
        """Return the intents of ``text``."""
        meant = self._engines.meant
        if text not in meant:
            meant[text] = self._engines.intents.classify(text, examples)
        return meant[text]

    async def synthesise(
        self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
    ) -> Pcm:
        """Return ``text`` spoken, at once."""
        return self._engines.synthesiser.synthesise(text, voice, speed)


@dataclass(frozen=True, slots=True)
class Asking:
    """Implements ``dialogue.port.Dialogue``: says one thing, expects something, and thanks for every answer."""

    text: str
    expects: port.Expects
    examples: Mapping[str, Sequence[str]]

    def begin(self, variables: Mapping[str, str]) -> int:
        """Return that nothing was answered."""
        return 0

    def step(self, state: int, event: port.Event) -> tuple[int, Sequence[port.Action]]:
        """Ask, and thank."""
        if isinstance(event, port.Answered):
            return state, (port.Speak(self.text), port.Listen(20.0, self.expects))
        if isinstance(event, port.Heard) and not event.overheard:
            return state + 1, (port.Speak("Thank you very much for telling me."), port.Listen(20.0, self.expects))
        return state, ()

    def take_back(self, before: int, now: int) -> int:
        """Return that it was not answered."""
        return before

    def grade(self, state: int, *, talk_s: float) -> port.Grade:
        """Return the number of answers."""
        return port.Grade(str(state), ())

    def prompts(self, variables: Mapping[str, str]) -> Sequence[port.Speak]:
        """Return nothing."""
        return ()


@dataclass(slots=True)
class Held:
    """What came of a call: for every frame whether we made a sound, the transcript, and what stopped us."""

    sounding: list[bool] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    barge_in_ms: list[int] = field(default_factory=list)


async def hold(engines: Engines, dialogue: Asking, heard: Pcm, settings: RoomSettings) -> Held:
    """Let ``heard`` be what the person sends from the answer on, and return what came of it."""
    time, held = SimulatedTime(), Held()
    speech = TimedSpeech(engines, time)
    prompts, writer = PromptCache(speech), RecordingWriter()
    await prompts.warm([dialogue.text, "Thank you very much for telling me."], Voice(), deadline_s=60)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        equipment = Equipment(
            FakeEngine(), speech, prompts, writer, engines.activity.stream, clock=time, settings=settings
        )
        plan = CallPlan(Originate("line", "100", "200"), dialogue, {}, Path(folder) / "call.wav")
        journal = Journal(time, Unobserved())
        recorded = RecordedPrompts(prompts, None, journal, limit_s=settings.disk_s)
        room = Room(equipment, plan, recorded, journal, asyncio.get_running_loop().create_future())
        journal.answer()
        room.answered()
        await settle()
        for begin in range(0, len(heard) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
            room.heard(heard[begin : begin + FRAME_SAMPLES])
            frame = room.say()
            held.sounding.append(frame is not None and bool(np.abs(frame).max() > 60))
            await time.advance(FRAME_MS)
        await room.hung_up()
        await room.close()
        await prompts.close()
        writer.close()
    held.turns, held.barge_in_ms = journal.turns, journal.barge_in_ms
    if journal.error is not None:
        raise RuntimeError(journal.error)
    return held
