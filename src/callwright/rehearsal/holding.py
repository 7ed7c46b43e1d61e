"""Holds the calls of a crowd in sound, a few at once, each with one person on the inner line."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import structlog

from callwright.callroom.call import CallPlan, Equipment, conduct
from callwright.callroom.prompt_cache import PromptCache, Voice
from callwright.callroom.record import CallRecord
from callwright.callroom.recorder import RecordingWriter
from callwright.callroom.settings import RoomSettings
from callwright.callroom.understanding import Ears
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import Action, Event, Grade, Speak
from callwright.dialogue.state import State
from callwright.kit.errors import CallwrightError
from callwright.personas.conversation import Stage
from callwright.personas.crowd import Pair, as_meant
from callwright.personas.customers import customer_of
from callwright.personas.people import Persona
from callwright.personas.sound import CallSound
from callwright.personas.spoken_call import SpokenCall
from callwright.rehearsal.inner_line import LineConfig, dialling, extension_of, inner_line
from callwright.rehearsal.measuring import measured
from callwright.rehearsal.person import Person
from callwright.rehearsal.voice import Voices
from callwright.simulator.speech_store import SpeechStore
from callwright.speech.port import Synthesiser, VoiceActivity
from callwright.telephony.port import IncomingCall

LONGEST_S = 180.0
PATIENT = RoomSettings(warm_s=60.0, recognition_s=8.0, synthesis_s=20.0, failures_allowed=2)
"""Nobody real waits, and whatever real calls ask of the speech server comes first."""

log = structlog.get_logger(__name__)


class SpeechServer(Ears, Synthesiser, Protocol):
    """What a rehearsal needs of a speech server: one that lets real calls go first."""


@dataclass(frozen=True, slots=True)
class House:
    """What rehearsals use. ``folder`` keeps nothing beyond one; ``listeners`` opens a voice activity."""

    speech: SpeechServer
    listeners: Callable[[], VoiceActivity]
    folder: Path
    line: LineConfig = field(default_factory=LineConfig)


@dataclass(frozen=True, slots=True)
class Held:
    """One person's call: how it went, how it would have gone, and how it sounded."""

    pair: Pair
    sound: CallSound


@dataclass(frozen=True, slots=True)
class _Taught:
    """The script as who has not learned one fold of its examples plays it."""

    dialogue: GraphDialogue
    examples: Mapping[str, Sequence[str]]

    def begin(self, variables: Mapping[str, str]) -> State:
        return self.dialogue.begin(variables)

    def step(self, state: State, event: Event) -> tuple[State, Sequence[Action]]:
        return self.dialogue.step(state, event)

    def take_back(self, before: State, now: State) -> State:
        return self.dialogue.take_back(before, now)

    def grade(self, state: State, *, talk_s: float) -> Grade:
        return self.dialogue.grade(state, talk_s=talk_s)

    def prompts(self, variables: Mapping[str, str]) -> Sequence[Speak]:
        return self.dialogue.prompts(variables)


class _People:
    """Who is at the other end of the line, by the number they are called at."""

    def __init__(self) -> None:
        self.expected: dict[str, Person] = {}

    async def take(self, incoming: IncomingCall) -> None:
        """Let the person who is called be there, once."""
        person = self.expected.pop(incoming.to, None)
        if person is None:
            await incoming.call.refuse(404, "Not Found")
            return
        await person.live(incoming)


class Rehearsal:
    """An open line on which the people of one crowd can be called, several at once."""

    def __init__(self, stage: Stage, equipment: Equipment, voices: Voices, people: _People) -> None:
        self._stage = stage
        self._equipment = equipment
        self._voices = voices
        self._people = people

    async def hold(self, persona: Persona) -> Held | None:
        """Call a person and talk until it is over; nothing where it came to no conversation."""
        mind = SpokenCall(self._stage, persona)
        person = Person(mind, persona, self._voices.of(persona, self._stage.script.language))
        self._people.expected[extension_of(persona.number)] = person
        try:
            record = await conduct(self._equipment, self._plan(mind, persona))
        except CallwrightError as error:
            log.warning("a simulated person could not be called", person=persona.number, why=str(error))
            return None
        finally:
            self._people.expected.pop(extension_of(persona.number), None)
        if record.error or record.hang_up_reason == "speech_unavailable" or not mind.begun:
            log.warning("a simulated person's call failed", person=persona.number, why=record.error or "")
            return None
        return self._held(mind, persona, person, record)

    def _held(self, mind: SpokenCall, persona: Persona, person: Person, record: CallRecord) -> Held:
        pair = Pair(mind.ended(record.talk_s), as_meant(self._stage, persona))
        return Held(pair, measured(record, person.said, person.reply_ms, spaced=self._stage.bank.spaced))

    def _plan(self, mind: SpokenCall, persona: Persona) -> CallPlan[State]:
        script = self._stage.script
        return CallPlan(
            originate=dialling(persona.number, longest_s=LONGEST_S),
            dialogue=_Taught(self._stage.dialogue, self._stage.wordings.taught(mind.fold)),
            variables=customer_of(script, persona.luck("customer")),
            recording=None,
            voice=Voice(script.voice or "", script.speed, script.language),
            company=script.company,
            witness=mind.stepped,
        )


@asynccontextmanager
async def rehearsing(stage: Stage, house: House) -> AsyncIterator[Rehearsal]:
    """Open the line; everything on it is over at the end. Raises OuterLineError, EngineUnavailableError."""
    async with AsyncExitStack() as cleanup:
        folder = Path(cleanup.enter_context(TemporaryDirectory(dir=house.folder, prefix="rehearsal-")))
        store = SpeechStore(folder)
        cleanup.push_async_callback(store.close)
        writer = RecordingWriter()
        cleanup.callback(writer.close)
        prompts = PromptCache(house.speech)
        cleanup.push_async_callback(prompts.close)
        people = _People()
        engine = await cleanup.enter_async_context(inner_line(house.line, people.take))
        equipment = Equipment(engine, house.speech, prompts, writer, house.listeners, settings=PATIENT)
        yield Rehearsal(stage, equipment, Voices(store, house.speech), people)
