"""One call in simulated time: the test is the far end of the line and moves the clock frame by frame."""

import asyncio
import wave
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tests.fakes.dialogue import AnsweringDialogue
from tests.fakes.simulated_time import SimulatedTime, settle
from tests.fakes.speech import FakeSpeech, LevelActivity, silence
from tests.fakes.telephony import FakeCall, FakeEngine

from callwright.callroom.call import CallPlan, Equipment, conduct
from callwright.callroom.messenger import Messenger
from callwright.callroom.observer import CallObserver
from callwright.callroom.prompt_cache import PromptCache, Voice
from callwright.callroom.record import CallRecord
from callwright.callroom.recorded_prompts import Sounds
from callwright.callroom.recorder import RecordingWriter
from callwright.callroom.seat import SeatDesk
from callwright.callroom.settings import RoomSettings
from callwright.dialogue.parts import Language
from callwright.language.port import LanguageModel
from callwright.speech.port import Pcm
from callwright.telephony.port import FRAME_MS, FRAME_SAMPLES, Answered, Ended, HangupSide, Originate, PhoneState


@dataclass
class Table:
    """The parts of one call. ``said`` are the frames we sent, one for every 20 ms since the answer."""

    dialogue: AnsweringDialogue
    recording: Path
    time: SimulatedTime = field(default_factory=SimulatedTime)
    settings: RoomSettings = field(default_factory=RoomSettings)
    observer: CallObserver | None = None
    originate: Originate = field(default_factory=lambda: Originate("line", "100", "200"))
    desk: SeatDesk | None = None
    hold_s: float = 2.0
    company: str = ""
    spoken_language: Language = "en"
    sounds: Sounds | None = None
    language: LanguageModel | None = None
    messenger: Messenger | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    calls_again: bool = False
    said: list[Pcm] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.speech = FakeSpeech(self.time)
        self.prompts = PromptCache(self.speech)
        self.engine = FakeEngine()
        self.writer = RecordingWriter()
        self.conducting: asyncio.Task[CallRecord] | None = None

    @property
    def spoken_ms(self) -> int:
        """How many ms of what we sent were sound."""
        return sum(bool(frame.any()) for frame in self.said) * FRAME_MS

    def conduct(self) -> asyncio.Task[CallRecord]:
        """Begin the call."""
        equipment = Equipment(
            engine=self.engine,
            speech=self.speech,
            prompts=self.prompts,
            recordings=self.writer,
            voice_activity=LevelActivity,
            clock=self.time,
            settings=self.settings,
            language=self.language,
        )
        plan = CallPlan(
            self.originate,
            self.dialogue,
            self.variables,
            self.recording,
            desk=self.desk,
            hold_s=self.hold_s,
            company=self.company,
            voice=Voice(language=self.spoken_language),
            sounds=self.sounds,
            messenger=self.messenger,
            calls_again=self.calls_again,
        )
        self.conducting = asyncio.create_task(conduct(equipment, plan, self.observer))
        return self.conducting

    async def call(self) -> FakeCall:
        """Begin the call and return it, ringing nowhere yet."""
        self.conduct()
        call = await self.engine.placed
        await settle()
        return call

    async def answered(self) -> FakeCall:
        """Begin the call and answer it."""
        call = await self.call()
        await self.answered_now(call)
        return call

    async def answered_now(self, call: FakeCall) -> None:
        """Let the person take the call."""
        call.tell(Answered())
        await settle()

    async def hear(self, call: FakeCall, pcm: Pcm) -> None:
        """Let the person, or the network before the answer, say ``pcm``, while we say what we say."""
        for begin in range(0, len(pcm), FRAME_SAMPLES):
            frame = None
            if call.handler is not None:
                call.handler.heard(pcm[begin : begin + FRAME_SAMPLES])
                frame = call.handler.say()
            self.said.append(np.zeros(FRAME_SAMPLES, np.int16) if frame is None else frame)
            await self.time.advance(FRAME_MS)

    async def wait(self, call: FakeCall, ms: int) -> None:
        """Let the person be silent."""
        await self.hear(call, silence(ms))

    def recorded(self) -> tuple[Pcm, Pcm]:
        """Return both sides of the recording."""
        with wave.open(str(self.recording)) as recorded:
            assert (recorded.getnchannels(), recorded.getframerate(), recorded.getsampwidth()) == (2, 8000, 2)
            both = np.frombuffer(recorded.readframes(recorded.getnframes()), np.int16).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    async def hung_up(self, call: FakeCall) -> CallRecord:
        """Let the person hang up, and return the record."""
        call.tell(Ended(HangupSide.THEM, PhoneState.CONNECTED, None, ""))
        return await self.record()

    async def record(self) -> CallRecord:
        """Return the record once the call is over."""
        assert self.conducting is not None
        async with asyncio.timeout(10):
            while not self.conducting.done():
                await self.time.advance(FRAME_MS)
                await asyncio.sleep(0.001)
            return await self.conducting


@asynccontextmanager
async def table(dialogue: AnsweringDialogue, folder: Path, **parts: object) -> AsyncIterator[Table]:
    """Set the table, and clear it."""
    laid = Table(dialogue, folder / "call.wav", **parts)  # type: ignore[arg-type]
    try:
        yield laid
    finally:
        if laid.conducting is not None:
            laid.conducting.cancel()
            await asyncio.gather(laid.conducting, return_exceptions=True)
        await laid.prompts.close()
        laid.writer.close()
