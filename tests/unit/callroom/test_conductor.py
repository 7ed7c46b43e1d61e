"""What the dialogue of a call did, as the call's notes tell it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from tests.fakes.clock import ManualClock
from tests.fakes.dialogue import AnsweringDialogue
from tests.unit.dialogue.small import ANN, small_dialogue

from callwright.callroom.conductor import Conductor
from callwright.callroom.journal import Journal
from callwright.callroom.observer import Unobserved
from callwright.dialogue.messages import SendMessage
from callwright.dialogue.port import Action, Answered, Event, Expects, HangUp, Heard, Speak, StayedSilent, TimeUp
from callwright.dialogue.thought import Think, ThoughtEnded


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


SON = Heard("my son calls", ())


def _wishing(*events: Event | None) -> str:
    """Play ``events``, nothing for what is taken back; return by which words the wish is kept."""
    journal = Journal(ManualClock(datetime(2026, 3, 2, tzinfo=UTC)), Unobserved())
    conductor = Conductor(AnsweringDialogue(_stopping, []), {}, Mute(), journal)
    for event in events:
        if event is None:
            conductor.take_back()
        else:
            conductor.take(event)
    assert journal.goodbye == "do_not_call"
    return journal.goodbye_words


def _stopping(event: Event) -> Sequence[Action]:
    """Keep the wish at whatever tells that it is over, and do nothing before."""
    match event:
        case Heard(text="my son calls") | Heard(overheard=True) | Answered():
            return ()
    return (HangUp("do_not_call"),)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([SON, Heard("stop", ())], "stop"),
        ([SON, None, TimeUp()], ""),
        ([SON, Heard(" ", ())], ""),
        ([SON, StayedSilent()], ""),
        ([SON, ThoughtEnded(1, 1)], "my son calls"),
        ([SON, Heard("", (), overheard=True), ThoughtEnded(1, 1)], "my son calls"),
    ],
)
def test_a_goodbye_is_kept_with_the_words_that_led_to_it(events: Sequence[Event | None], words: str) -> None:
    assert _wishing(Answered(), *events) == words


def test_what_was_not_understood_is_noted_with_its_place_and_what_came_near() -> None:
    journal = Journal(ManualClock(datetime(2026, 3, 2, tzinfo=UTC)), Unobserved())
    conductor = Conductor(small_dialogue(), ANN, Mute(), journal)
    conductor.take(Answered())
    conductor.take(Heard("how much", (("price", 0.9),)))
    conductor.take(Heard("what street is that", (("price", 0.2), ("yes", 0.1))))
    noted = [note.data for note in journal._notes if note.kind == "not_understood"]
    assert noted == [{"text": "what street is that", "node": "hello", "nearest": "price"}]
