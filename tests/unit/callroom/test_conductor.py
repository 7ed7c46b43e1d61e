"""What the dialogue of a call did, as the call's notes tell it."""

from datetime import UTC, datetime

from tests.fakes.clock import ManualClock
from tests.unit.dialogue.small import ANN, small_dialogue

from callwright.callroom.conductor import Conductor
from callwright.callroom.journal import Journal
from callwright.callroom.observer import Unobserved
from callwright.dialogue.messages import SendMessage
from callwright.dialogue.port import Answered, Expects, Heard, Speak
from callwright.dialogue.thought import Think


class Mute:
    """Has nothing done."""

    def speak(self, said: Speak) -> None:
        """Say nothing."""

    def hush(self) -> None:
        """Stop nothing."""

    def wait(self, silence_s: float, expects: Expects) -> None:
        """Wait for nothing."""

    def think(self, asked: Think) -> None:
        """Ask nothing."""

    def stop_thinking(self) -> None:
        """Stop nothing."""

    def watch(self, seconds: float) -> None:
        """Watch nothing."""

    def send(self, wanted: SendMessage) -> None:
        """Send nothing."""

    def end(self, reason: str) -> None:
        """End nothing."""


def test_what_was_not_understood_is_noted_with_its_place_and_what_came_near() -> None:
    journal = Journal(ManualClock(datetime(2026, 3, 2, tzinfo=UTC)), Unobserved())
    conductor = Conductor(small_dialogue(), ANN, Mute(), journal)
    conductor.take(Answered())
    conductor.take(Heard("how much", (("price", 0.9),)))
    conductor.take(Heard("what street is that", (("price", 0.2), ("yes", 0.1))))
    noted = [note.data for note in journal._notes if note.kind == "not_understood"]
    assert noted == [{"text": "what street is that", "node": "hello", "nearest": "price"}]
