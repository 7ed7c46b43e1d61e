"""Both ends of a test call: Callwright's room on one engine, a scripted person on the other."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from callwright.callroom.call import CallPlan, Equipment, conduct
from callwright.callroom.prompt_cache import PromptCache, Voice
from callwright.callroom.record import CallRecord
from callwright.callroom.recorder import RecordingWriter
from callwright.callroom.seat import SeatDesk
from callwright.callroom.settings import RoomSettings
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import load_script
from callwright.speech.client import SpeechClient
from callwright.speech.providers import Choice, voice_activity
from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import IncomingCall, Originate, Trunk
from tests.conversations.person import Behaviour, Person, take_call

SURVEY_SOURCE = (Path(__file__).parent / "survey.yaml").read_text(encoding="utf-8")
SURVEY, CHINESE_SURVEY = (
    GraphDialogue(load_script((Path(__file__).parent / name).read_text(encoding="utf-8")))
    for name in ("survey.yaml", "survey-zh.yaml")
)
NO_VARIABLES: Mapping[str, str] = MappingProxyType({})


@dataclass
class Stage:
    """Ready for calls; ``speech`` may also be used to give the person a voice."""

    equipment: Equipment
    speech: SpeechClient
    persons: EmbeddedEngine
    recordings: Path
    expected: dict[str, tuple[Behaviour, asyncio.Future[Person]]] = field(default_factory=dict)

    async def take(self, incoming: IncomingCall) -> None:
        """Be whom they called."""
        behave, taken = self.expected.pop(incoming.to)
        try:
            taken.set_result(await take_call(incoming, behave))
        except Exception as error:
            taken.set_exception(error)

    async def call(
        self,
        behave: Behaviour,
        *,
        to: str = "100",
        settings: RoomSettings | None = None,
        max_duration_s: float = 60.0,
        desk: SeatDesk | None = None,
        dialogue: GraphDialogue = SURVEY,
        variables: Mapping[str, str] = NO_VARIABLES,
    ) -> tuple[CallRecord, Person]:
        """Ring a person who behaves so, and return both sides' notes once the call is over."""
        taken: asyncio.Future[Person] = asyncio.get_running_loop().create_future()
        self.expected[to] = (behave, taken)
        plan = CallPlan(
            originate=Originate("world", to, "4001", ring_timeout_s=5.0, max_duration_s=max_duration_s),
            dialogue=dialogue,
            variables=variables,
            voice=Voice(language=dialogue.script.language),
            recording=self.recordings / f"{to}.wav",
            desk=desk,
            hold_s=1.5,
            company=dialogue.script.company,
        )
        equipment = self.equipment if settings is None else replace(self.equipment, settings=settings)
        record = await conduct(equipment, plan)
        return record, await taken


@asynccontextmanager
async def stage(socket: Path, recordings: Path, first_port: int) -> AsyncIterator[Stage]:
    """Set both engines up on loopback, with RTP ports from ``first_port`` on."""
    speech = await SpeechClient.connect(socket, wait_s=60)
    ours = engine(first_port)
    persons = engine(first_port + 200)
    await ours.start()
    await persons.start()
    host, port = persons.address
    await ours.set_trunk(Trunk("world", host, port))
    prompts, writer = PromptCache(speech), RecordingWriter()
    equipment = Equipment(
        engine=ours,
        speech=speech,
        prompts=prompts,
        recordings=writer,
        voice_activity=voice_activity(Choice("silero")).stream,
    )
    ready = Stage(equipment, speech, persons, recordings)
    persons.on_incoming(ready.take)
    try:
        yield ready
    finally:
        await ours.stop()
        await persons.stop()
        await prompts.close()
        writer.close()
        await speech.close()


def engine(first_port: int) -> EmbeddedEngine:
    """Return an engine on loopback, with RTP ports from ``first_port`` on."""
    return EmbeddedEngine(EmbeddedConfig(host="127.0.0.1", sip_port=0, rtp_ports=(first_port, first_port + 199)))
