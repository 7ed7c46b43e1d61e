"""What holds in every call, whatever the person does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.dialogue.plays import MARIA, demo_script
from tests.unit.dialogue.small import ANN, small_dialogue

from callwright.dialogue.graph import Collect, Goodbye
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import (
    Action,
    Answered,
    Event,
    HangUp,
    Heard,
    HungUp,
    Listen,
    Pressed,
    Speak,
    Spoken,
    StayedSilent,
)
from callwright.dialogue.state import DO_NOT_CALL, State
from callwright.dialogue.variables import slots

DEMO = GraphDialogue(demo_script())
SMALL = small_dialogue(
    nodes__size__read_back="Size {size}, right?",
    nodes__size__what="text",
    nodes__hello__branches__no="name",
    nodes__name={"kind": "collect", "text": "Your name?", "variable": "who", "what": "name", "next": "hello"},
)
PLAYED = [(DEMO, MARIA), (SMALL, ANN)]

WORDS = ["yes", "no", "Tuesday at two", "tomorrow", "{oops}", "forty two", "I'm Bob", "not Monday", "well", "", " "]
SCORES = st.lists(
    st.tuples(
        st.sampled_from([*DEMO.examples, *SMALL.examples, "unheard_of"]), st.floats(min_value=0, max_value=1)
    ),
    max_size=4,
).map(tuple)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Heard, st.sampled_from(WORDS) | st.text(max_size=30), SCORES, st.booleans()),
    st.builds(Pressed, st.sampled_from("0123456789*#A")),
    st.sampled_from([Answered(), Spoken(), StayedSilent()]),
)
CALLS = st.lists(EVENTS | st.just(HungUp()), max_size=40)


def run(dialogue: GraphDialogue, state: State, events: list[Event]) -> tuple[State, list[Action]]:
    done: list[Action] = []
    for event in events:
        state, actions = dialogue.step(state, event)
        done.extend(actions)
    return state, done


@pytest.mark.parametrize(("dialogue", "variables"), PLAYED)
@given(events=CALLS, talk_s=st.floats(min_value=0, max_value=3600))
@settings(max_examples=250, deadline=None)
def test_every_call_is_played_and_graded(
    dialogue: GraphDialogue, variables: dict[str, str], events: list[Event], talk_s: float
) -> None:
    state, actions = run(dialogue, dialogue.begin(variables), [Answered(), *events])
    prompts = {said.text for said in dialogue.prompts(variables)}
    for action in actions:
        if isinstance(action, Speak):
            assert "{" not in action.text
            assert action.text in prompts or _says_a_value(dialogue, action.text)
    goodbyes = [action.reason for action in actions if isinstance(action, HangUp)]
    assert len(goodbyes) <= 1 or (len(goodbyes) == 2 and goodbyes[1] == DO_NOT_CALL != goodbyes[0])
    grade = dialogue.grade(state, talk_s=talk_s)
    assert grade.name in dialogue.script.grades.names
    assert grade.reasons
    assert all(reason.rule for reason in grade.reasons)


def _says_a_value(dialogue: GraphDialogue, text: str) -> bool:
    collected = {node.variable for node in dialogue.script.nodes.values() if isinstance(node, Collect)}
    live = [
        written
        for node in dialogue.script.nodes.values()
        for written in (getattr(node, "read_back", None), getattr(node, "text", None))
        if written and collected.intersection(slots(written))
    ]
    return any(text.startswith(written.partition("{")[0]) for written in live)


@pytest.mark.parametrize(("dialogue", "variables"), PLAYED)
@given(events=CALLS)
@settings(max_examples=150, deadline=None)
def test_a_step_depends_on_nothing_but_state_and_event(
    dialogue: GraphDialogue, variables: dict[str, str], events: list[Event]
) -> None:
    state = dialogue.begin(variables)
    for event in [Answered(), *events]:
        before = repr(state)
        first, second = dialogue.step(state, event), dialogue.step(state, event)
        assert first == second
        assert repr(state) == before
        state = first[0]


@pytest.mark.parametrize(("dialogue", "variables"), PLAYED)
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_every_call_ends_within_its_limits(
    dialogue: GraphDialogue, variables: dict[str, str], data: st.DataObject
) -> None:
    limits = dialogue.script.limits
    answers: st.SearchStrategy[Event] = st.builds(Heard, st.sampled_from(WORDS), SCORES) | st.just(StayedSilent())
    state, actions = dialogue.step(dialogue.begin(variables), Answered())
    rounds = 0
    while not isinstance(actions[-1], HangUp):
        assert isinstance(actions[-1], Listen)
        rounds += 1
        assert rounds <= (limits.turns + 1) * (limits.silences + 1)
        state, actions = dialogue.step(state, data.draw(answers))
    assert isinstance(dialogue.script.nodes[state.node], Goodbye)
