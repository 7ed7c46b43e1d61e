"""A dialogue that waits until a code is keyed in."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.unit.dialogue.model.shop import BOB, shop_dialogue
from tests.unit.dialogue.small import ANN, small_script

from callwright.dialogue.confirming import CODE_MISSING, CodeFirst, CodeWords, Confirming
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import Action, Answered, Event, HangUp, Heard, Pressed, Speak, StayedSilent
from callwright.dialogue.state import DO_NOT_CALL, State

PLAYED = GraphDialogue(small_script())
WORDS = CodeWords(ask="The digits, please.", wrong="Not those.", sorry="Sorry. Goodbye.")
DIALOGUE = CodeFirst(PLAYED, "4711", WORDS)
BRIEF = CodeFirst(
    shop_dialogue(
        anywhere={"stop": DO_NOT_CALL, "no": "not_interested", "what": "finished"},
        intents__no=["no thanks", "not for me"],
        intents__what=["what is this", "who do you want"],
    ),
    "4711",
    WORDS,
)
"""Its ways out of the call other than the wish not to be called again have words of their own, too."""


def play(*events: Event) -> tuple[Confirming[State], list[Action]]:
    """Return where a call gets in which this happens after the answer, and all that was done."""
    return played(DIALOGUE, ANN, events)


def played(
    dialogue: CodeFirst[Any], variables: Mapping[str, str], events: Sequence[Event]
) -> tuple[Confirming[Any], list[Action]]:
    state, actions = dialogue.step(dialogue.begin(variables), Answered())
    done: list[Action] = [*actions]
    for event in events:
        state, actions = dialogue.step(state, event)
        done += actions
    return state, done


def said(actions: Sequence[Action]) -> list[str]:
    return [action.text for action in actions if isinstance(action, Speak)]


def keys(digits: str) -> list[Event]:
    return [Pressed(digit) for digit in digits]


def test_the_dialogue_begins_once_the_code_was_keyed_in() -> None:
    state, done = play(*keys("4711"), Heard("yes", (("yes", 0.9),)))
    assert said(done) == ["The digits, please.", "Hello Bob, this is Acme. Ready?", "Which size?"]
    assert state.confirmed
    assert DIALOGUE.grade(state, talk_s=9.0) == PLAYED.grade(state.played, talk_s=9.0)


def test_a_slip_is_asked_about_once_and_a_star_takes_it_back() -> None:
    assert said(play(*keys("12*4711"))[1]) == ["The digits, please.", "Hello Bob, this is Acme. Ready?"]
    state, done = play(*keys("1234"), *keys("4711"))
    assert (state.confirmed, said(done)[:2]) == (True, ["The digits, please.", "Not those."])


@pytest.mark.parametrize(
    ("events", "last"),
    [
        ([*keys("1234"), *keys("0000")], "Not those."),
        ([StayedSilent(), StayedSilent()], "The digits, please."),
        ([Heard("hello?", ()), Heard("who is it", ()), Heard("what", ())], "The digits, please."),
    ],
)
def test_whoever_has_no_code_is_left_in_peace(events: list[Event], last: str) -> None:
    state, done = play(*events)
    assert not state.confirmed
    assert said(done)[-2:] == [last, "Sorry. Goodbye."]
    assert done[-1] == HangUp(CODE_MISSING)
    assert DIALOGUE.step(state, Pressed("4")) == (state, ()), "too late"


@pytest.mark.parametrize("overheard", [False, True])
@pytest.mark.parametrize(
    ("dialogue", "variables", "goodbye"),
    [(DIALOGUE, ANN, "Sorry. We won't call again."), (BRIEF, BOB, "Sorry, we won't call again.")],
)
def test_the_wish_not_to_be_called_again_needs_no_code(
    dialogue: CodeFirst[Any], variables: Mapping[str, str], goodbye: str, overheard: bool
) -> None:
    wish = Heard("stop calling", (("stop", 0.9),), overheard=overheard)
    _, done = played(dialogue, variables, [wish])
    assert (said(done)[-1], done[-1]) == (goodbye, HangUp(DO_NOT_CALL))
    _, done = played(dialogue, variables, [StayedSilent(), StayedSilent(), wish])
    assert done[-1] == HangUp(DO_NOT_CALL), "also into our goodbye"


_EVENTS = st.one_of(
    st.sampled_from("0123456789*#").map(Pressed),
    st.just(StayedSilent()),
    st.sampled_from(["yes", "no", "what", "other", ""]).map(lambda intent: Heard(intent, ((intent, 0.9),))),
)


@pytest.mark.parametrize(("dialogue", "variables"), [(DIALOGUE, ANN), (BRIEF, BOB)])
@given(events=st.lists(_EVENTS, max_size=30))
def test_nobody_hears_the_script_without_the_code(
    dialogue: CodeFirst[Any], variables: Mapping[str, str], events: list[Event]
) -> None:
    assume("4711" not in _digits(events))
    state, done = played(dialogue, variables, events)
    assert not state.confirmed
    assert {*said(done)} <= {WORDS.ask, WORDS.wrong, WORDS.sorry}
    assert len(said(done)) <= 3


def _digits(events: list[Event]) -> str:
    return "".join(event.digit for event in events if isinstance(event, Pressed))
