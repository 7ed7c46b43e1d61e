"""What is said over a prompt that may not be stopped, or into our goodbye."""

from dataclasses import replace

import pytest
from tests.unit.dialogue.plays import MARIA, demo_script

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import Answered, Event, HangUp, Heard, HungUp, IntentMet, Pressed, StayedSilent
from callwright.dialogue.state import State, Turn

DEMO = GraphDialogue(demo_script())


def test_never_call_again_is_heeded_even_over_the_greeting() -> None:
    state, _ = DEMO.step(DEMO.begin(MARIA), Answered())
    state, actions = DEMO.step(state, Heard("don't call me again", (("do_not_call", 0.7),), overheard=True))
    assert actions[0] == IntentMet("do_not_call", 0.7, "don't call me again")
    assert actions[-1] == HangUp("do_not_call")
    assert state.ended == "do_not_call"
    assert DEMO.grade(state, talk_s=5).name == "F"


@pytest.mark.parametrize(
    "heard",
    [
        Heard("yes", (("yes", 0.9),), overheard=True),
        Heard("don't what", (("do_not_call", 0.3),), overheard=True),
        Heard("how much is it", (("ask_price", 0.9),), overheard=True),
        Heard("", (), overheard=True),
    ],
)
def test_all_else_answers_no_question_yet(heard: Heard) -> None:
    state, _ = DEMO.step(DEMO.begin(MARIA), Answered())
    assert DEMO.step(state, heard) == (state, ())


WISH = Heard("don't call me again", (("do_not_call", 0.7),), overheard=True)


def test_the_wish_counts_before_we_have_said_anything() -> None:
    state, actions = DEMO.step(DEMO.begin(MARIA), WISH)
    assert actions[-1] == HangUp("do_not_call")
    assert state.ended == "do_not_call"


def test_nothing_else_is_heeded_before_we_have_said_anything() -> None:
    ringing = DEMO.begin(MARIA)
    for event in (Heard("yes", (("yes", 0.9),), overheard=True), Pressed("1")):
        assert DEMO.step(ringing, event) == (ringing, ())


def _parting() -> State:
    state, _ = DEMO.step(DEMO.begin(MARIA), Answered())
    state, actions = DEMO.step(state, Heard("goodbye", (("goodbye", 0.9),)))
    assert actions[-1] == HangUp("goodbye")
    return state


@pytest.mark.parametrize("wish", [WISH, Pressed("9")])
def test_never_call_again_is_heeded_even_in_our_goodbye(wish: Event) -> None:
    state, actions = DEMO.step(_parting(), wish)
    assert actions[-1] == HangUp("do_not_call")
    assert state.ended == "do_not_call"
    assert DEMO.grade(state, talk_s=5).name == "F"
    assert DEMO.step(state, wish) == (state, ()), "once is enough"
    state, _ = DEMO.step(state, HungUp())
    assert state.ended == "do_not_call"


@pytest.mark.parametrize(
    "event",
    [
        Heard("goodbye", (("goodbye", 0.9),), overheard=True),
        Heard("call me later", (("call_later", 0.9),), overheard=True),
        Heard("don't what", (("do_not_call", 0.3),), overheard=True),
        Heard("", (), overheard=True),
        Pressed("1"),
        StayedSilent(),
    ],
)
def test_nothing_else_is_heeded_in_our_goodbye(event: Event) -> None:
    state = _parting()
    assert DEMO.step(state, event) == (state, ())


@pytest.mark.parametrize("wish", [WISH, replace(WISH, overheard=False), Pressed("9")])
def test_to_ask_not_to_be_called_nobody_has_had_too_many_turns(wish: Event) -> None:
    state, _ = DEMO.step(DEMO.begin(MARIA), Answered())
    state = replace(state, turns=(Turn(state.node, "well"),) * DEMO.script.limits.turns)
    state, actions = DEMO.step(state, wish)
    assert actions[-1] == HangUp("do_not_call")
    assert state.ended == "do_not_call"
