"""Calls as conversations that can be played again."""

from callwright.calls.conversations import conversation_of, events_of, sentences_of
from callwright.calls.schemas import NumberedEvent, NumberedTurn
from callwright.dialogue.port import Heard, HungUp, Pressed, StayedSilent


def turn(number: int, who: str, from_ms: int, to_ms: int, text: str, *, interrupted: bool = False) -> NumberedTurn:
    return NumberedTurn(number, who, from_ms, to_ms, text, None, None, interrupted)


def test_what_the_person_did_is_played_in_its_order() -> None:
    turns = [
        turn(1, "ai", 100, 5_000, "Hello."),
        turn(2, "customer", 1_000, 1_500, "hello?"),
        turn(3, "ai", 6_000, 7_000, "Would you", interrupted=True),
        turn(4, "customer", 6_900, 8_000, "yes"),
        turn(5, "customer", 20_000, 21_000, "Tuesday"),
    ]
    events = [
        NumberedEvent(1, -500, "ringing", {}),
        NumberedEvent(2, 12_000, "stayed_silent", {}),
        NumberedEvent(3, 15_000, "dtmf", {"digit": "1", "duration_ms": 80}),
        NumberedEvent(4, 15_100, "intent", {"intent": "yes"}),
    ]
    kept = conversation_of(turns, events, they_hung_up=True)
    assert sentences_of(kept) == {"hello?", "yes", "Tuesday"}
    meanings = {"hello?": (("yes", 0.3),), "yes": (("yes", 0.9),), "Tuesday": ()}
    assert events_of(kept, meanings) == [
        Heard("hello?", (("yes", 0.3),), overheard=True),
        Heard("yes", (("yes", 0.9),), interrupting=True),
        StayedSilent(),
        Pressed("1"),
        Heard("Tuesday", ()),
        HungUp(),
    ]
    assert conversation_of(turns[:1], [], they_hung_up=False) == []
