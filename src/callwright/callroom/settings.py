"""What may be set about how a call is held."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from callwright.callroom.own_words import OWN_WORDS, OwnWords
from callwright.dialogue.parts import Language
from callwright.speech.port import SPOKEN_AHEAD
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
    ``synthesis_s`` bound what is made while the person waits (``slow_warm_s`` and ``slow_synthesis_s`` where the
    voice is slow, which also gets ``ahead_s`` before dialling to say what else the call may need); after more than
    ``failures_allowed`` failures in a row the call ends, with an apology of ``words`` if that could be made in
    time. ``asks_early`` lets a language model be asked before it is sure that the person has finished.
    ``originate_s`` bounds the placing of a call, ``ring_grace_s`` is what the engine may take beyond its ring
    timeout, ``hang_up_s`` bounds the network's answer to our goodbye, ``disk_s`` the last of the recording,
    ``message_write_s`` the writing down of a text message, ``message_wait_s`` until the network has taken it.
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
    slow_warm_s: float = 90.0
    slow_synthesis_s: float = 10.0
    ahead_s: float = 10.0
    failures_allowed: int = 1
    asks_early: bool = True
    words: Mapping[Language, OwnWords] = field(default_factory=lambda: OWN_WORDS)
    originate_s: float = 10.0
    ring_grace_s: float = 5.0
    hang_up_s: float = 3.0
    disk_s: float = 10.0
    message_write_s: float = 2.0
    message_wait_s: float = 3.0

    def warming_s(self, language: str) -> float:
        """Return what bounds the making of a prompt before dialling."""
        return self.slow_warm_s if language in SPOKEN_AHEAD else self.warm_s

    def speaking_s(self, language: str) -> float:
        """Return what bounds the making of a prompt while the person waits."""
        return self.slow_synthesis_s if language in SPOKEN_AHEAD else self.synthesis_s
