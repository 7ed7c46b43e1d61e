"""What may be set about how a call is held."""

from dataclasses import dataclass, field

from callwright.turns.barge_in import BargeIn
from callwright.turns.endpointing import Endpointing
from callwright.turns.foreground import Foreground
from callwright.turns.interjections import Interjections
from callwright.turns.patience import Patience
from callwright.turns.surroundings import Acoustics


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """How a room hears, waits and gives up. Times end in their unit.

    ``pre_roll_ms`` of sound before a turn's first speech are recognised with it. Sound shorter than
    ``noise_ms`` in which no word was found is nothing. Who speaks before ``second_thought_ms`` of our reply
    were heard goes on with what they said before. ``silence_s`` holds until a
    dialogue's first Listen says otherwise. ``warm_s`` bounds what is made before dialling; ``recognition_s`` and
    ``synthesis_s`` bound what is made while the person waits; after more than ``failures_allowed`` failures in a
    row the call ends, with ``apology`` if that could be made in time. ``originate_s`` bounds the placing of a call,
    ``ring_grace_s`` is what the engine may take beyond its ring timeout, ``hang_up_s`` bounds the network's answer
    to our goodbye, ``disk_s`` the last of the recording. ``hold_message`` is for whoever answers while no AI seat
    is free, ``lost_message`` for whom none became free; ``lost_caller`` is its ``{caller}`` where that is known.
    """

    acoustics: Acoustics = field(default_factory=Acoustics)
    foreground: Foreground = field(default_factory=Foreground)
    endpointing: Endpointing = field(default_factory=Endpointing)
    patience: Patience = field(default_factory=Patience)
    barge_in: BargeIn = field(default_factory=BargeIn)
    interjections: Interjections = field(default_factory=Interjections)
    pre_roll_ms: int = 300
    noise_ms: int = 300
    second_thought_ms: int = 600
    silence_s: float = 10.0
    warm_s: float = 20.0
    recognition_s: float = 3.0
    synthesis_s: float = 5.0
    failures_allowed: int = 1
    apology: str = "I am sorry, we have a technical problem. We will call you again. Goodbye."
    hold_message: str = "One moment, please. We will be right with you."
    lost_message: str = "Sorry, all our lines are busy. {caller} We may call you again later. Goodbye."
    lost_caller: str = "This was {company}, number {number}."
    originate_s: float = 10.0
    ring_grace_s: float = 5.0
    hang_up_s: float = 3.0
    disk_s: float = 10.0
