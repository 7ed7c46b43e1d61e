"""What is said over a prompt that may not be stopped."""

import pytest
from tests.unit.dialogue.plays import MARIA, demo_script

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import Answered, HangUp, Heard, IntentMet

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
