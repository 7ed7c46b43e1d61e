"""What is said over a prompt that may not be stopped, or into our goodbye."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.dialogue.plays import MARIA, chinese_script, demo_script
from tests.unit.dialogue.small import ANN, small_script

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import Answered, Event, HangUp, Heard, HungUp, IntentMet, Pressed, StayedSilent
from callwright.dialogue.state import State, Turn

DEMO, CHINESE = GraphDialogue(demo_script()), GraphDialogue(chinese_script())


def test_never_call_again_is_heeded_even_over_the_greeting() -> None:
    state, _ = DEMO.step(DEMO.begin(MARIA), Answered())
    state, actions = DEMO.step(state, Heard("don't call me again", (("do_not_call", 0.7),), overheard=True))
    assert actions[0] == IntentMet("do_not_call", 0.7, "don't call me again")
    assert actions[-1] == HangUp("do_not_call")
    assert state.ended == "do_not_call"
    assert DEMO.grade(state, talk_s=5).name == "F"


@pytest.mark.parametrize(
    ("intent", "farewell"),
    [
        ("leave", {"nodes__farewell": {"kind": "hang_up", "text": "Bye."}}),
        ("leave", {"nodes__farewell": {"kind": "say", "text": "Thanks.", "next": "bye"}}),
        ("goodbye", {"nodes__farewell": {"kind": "hang_up", "text": "Bye.", "reason": "so_long"}}),
    ],
)
def test_a_mere_goodbye_is_one_however_the_script_parts(intent: str, farewell: dict[str, Any]) -> None:
    words = {f"intents__{intent}": ["bye then"], f"anywhere__branches__{intent}": "farewell"}
    dialogue = GraphDialogue(small_script(**words, **farewell))
    state, _ = dialogue.step(dialogue.begin(ANN), Answered())
    assert dialogue.step(state, Heard("Thank you.", ((intent, 0.99),), overheard=True)) == (state, ())
    state, _ = dialogue.step(state, Heard("bye", ((intent, 0.99),)))
    assert state.ended


@pytest.mark.parametrize(
    "heard",
    [
        Heard("yes", (("yes", 0.9),), overheard=True),
        Heard("don't what", (("do_not_call", 0.3),), overheard=True),
        Heard("how much is it", (("ask_price", 0.9),), overheard=True),
        Heard("Thank you.", (("goodbye", 0.99),), overheard=True),
        Heard("bye bye", (("goodbye", 0.99),), overheard=True),
        Heard("", (), overheard=True),
    ],
)
def test_all_else_answers_no_question_yet(heard: Heard) -> None:
    state, _ = DEMO.step(DEMO.begin(MARIA), Answered())
    assert DEMO.step(state, heard) == (state, ())


@pytest.mark.parametrize(
    ("said", "intent"), [("wrong number", "wrong_number"), ("I'm driving, call later", "call_later")]
)
def test_what_ends_the_call_for_good_cause_is_heeded_over_the_greeting(said: str, intent: str) -> None:
    state, _ = DEMO.step(DEMO.begin(MARIA), Answered())
    _, actions = DEMO.step(state, Heard(said, ((intent, 0.9),), overheard=True))
    assert actions[0] == IntentMet(intent, 0.9, said)


@given(
    dialogue=st.sampled_from([DEMO, CHINESE]),
    text=st.sampled_from(["don't call me again", "Thank you.", "bye", "别再打了", "谢谢", "x"]),
    score=st.floats(0, 1),
    others=st.lists(st.tuples(st.sampled_from(["goodbye", "yes", "call_later"]), st.floats(0, 1)), max_size=3),
    turns=st.integers(0, 40),
    answered=st.booleans(),
)
def test_a_sure_wish_not_to_be_called_is_always_heeded(
    dialogue: GraphDialogue, text: str, score: float, others: list[tuple[str, float]], turns: int, answered: bool
) -> None:
    state = dialogue.begin(MARIA)
    if answered:
        state, _ = dialogue.step(state, Answered())
    state = replace(state, turns=(Turn(state.node, "well"),) * turns)
    sure = dialogue.script.limits.sure
    score = sure + score * (1 - sure)
    less = tuple((name, min(other, score)) for name, other in others)
    heard = Heard(text, (("do_not_call", score), *less), overheard=True)
    state, actions = dialogue.step(state, heard)
    assert state.ended == "do_not_call"
    assert actions[-1] == HangUp("do_not_call")


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
