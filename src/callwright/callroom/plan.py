"""What a call needs: the equipment it shares with others, and its own plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from callwright.callroom.conductor import Witness
from callwright.callroom.lessons import Lessons
from callwright.callroom.messenger import Messenger
from callwright.callroom.prompt_cache import PromptCache, Voice
from callwright.callroom.recorded_prompts import Sounds
from callwright.callroom.recorder import RecordingWriter
from callwright.callroom.seat import SeatDesk
from callwright.callroom.settings import RoomSettings
from callwright.callroom.understanding import Ears
from callwright.dialogue.parts import Language
from callwright.dialogue.port import Dialogue
from callwright.kit.clock import Clock, SystemClock
from callwright.language.port import LanguageModel
from callwright.speech.port import VoiceActivity
from callwright.telephony.port import Originate, PhoneEngine

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Equipment:
    """What every call of a node shares. ``voice_activity`` opens one listener for each call.

    Scripts of engine 2.0 can be played only with a ``language`` model.
    """

    engine: PhoneEngine
    speech: Ears
    prompts: PromptCache
    recordings: RecordingWriter
    voice_activity: Callable[[], VoiceActivity]
    clock: Clock = field(default_factory=SystemClock)
    settings: RoomSettings = field(default_factory=RoomSettings)
    lessons: Lessons = field(default_factory=Lessons)
    language: LanguageModel | None = None


@dataclass(frozen=True, slots=True)
class CallPlan(Generic[State]):
    """One call to make: whom to dial, what to talk about, where its recording, if any, goes (a folder that exists).

    Whoever answers is held for at most ``hold_s`` seconds until ``desk`` has a seat for them; without a desk there
    always is one. ``company`` is who calls, in the words of a message to whom it had none. ``sounds`` reads the
    recordings that the dialogue names; without it they are spoken by the voice. ``witness`` is told of every step
    that the dialogue takes. ``messenger`` sends the messages that it wants sent; without it none is.
    ``calls_again``: whoever is told of a technical fault of ours is called again.
    """

    originate: Originate
    dialogue: Dialogue[State]
    variables: Mapping[str, str]
    recording: Path | None
    voice: Voice = field(default_factory=Voice)
    desk: SeatDesk | None = None
    hold_s: float = 0.0
    company: str = ""
    sounds: Sounds | None = None
    witness: Witness[State] | None = None
    messenger: Messenger | None = None
    calls_again: bool = False

    @property
    def language(self) -> Language:
        """The language of both sides: the person is heard in the one in which we speak."""
        return self.voice.language
