"""What holds in every call of every script, whatever its graph and whatever the person does."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.unit.dialogue.scripts_at_random import INTENTS, KNOWN, QUESTIONS, scripts

from callwright.dialogue.check import check
from callwright.dialogue.graph import Goodbye, Listening, Script
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.paths import anywhere_exits, exits
from callwright.dialogue.port import (
    Action,
    Answered,
    Entered,
    Event,
    HangUp,
    Heard,
    HungUp,
    Listen,
    NotUnderstood,
    Pressed,
    Speak,
    Spoken,
    StayedSilent,
)
from callwright.dialogue.state import Phase, State

WORDS = ["yes", "no", "well", "", "forty two", "Tuesday at two", "no, Wednesday", "I'm Bob", "five five five one"]
CHINESE = ["好的", "不用了", "嗯", "三万五", "下周三下午两点半", "不对，周四", "我姓王", "幺三八零零幺三八零零零"]
SAID = st.sampled_from([*WORDS, *CHINESE])
SCORES = st.lists(
    st.tuples(st.sampled_from([*INTENTS, *QUESTIONS, "unheard_of"]), st.floats(0, 1)), max_size=3
).map(tuple)
HEARD = st.builds(Heard, SAID | st.text(max_size=12), SCORES, st.booleans(), st.booleans())
EVENTS: st.SearchStrategy[Event] = st.one_of(
    HEARD,
    HEARD,
    st.builds(Pressed, st.sampled_from("0123456789*#A")),
    st.sampled_from([Answered(), Spoken(), StayedSilent(), HungUp()]),
)
# What a person does who stays on the line and only ever answers or keeps silent.
ANSWERS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Heard, SAID, SCORES),
    st.builds(Pressed, st.sampled_from("1#0")),
    st.just(StayedSilent()),
)
OFTEN = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


def playable(script: Script) -> GraphDialogue:
    """Return the script without nodes that nothing leads to; reject one that can't be played."""
    faults = check(script)
    assume(all(fault.rule == "unreachable" for fault in faults))
    lonely = {fault.node for fault in faults}
    kept = {name: node for name, node in script.nodes.items() if name not in lonely}
    script = script.model_copy(update={"nodes": kept})
    assume(not check(script))
    return GraphDialogue(script)


def _may_follow(script: Script, source: str, target: str) -> bool:
    node = script.nodes[source]
    ways = {way_to for _, way_to in exits(script, node)}
    if isinstance(node, Listening | Goodbye):  # to say goodbye bars nobody from asking not to be called again
        ways |= {way_to for _, way_to in anywhere_exits(script)}
    return target in ways


def _run(dialogue: GraphDialogue, events: Sequence[Event]) -> tuple[State, list[Action]]:
    state, done = dialogue.begin(KNOWN), list[Action]()
    for event in events:
        state, actions = dialogue.step(state, event)
        done.extend(actions)
    return state, done


@given(script=scripts(), events=st.lists(EVENTS, max_size=25), talk_s=st.floats(0, 600))
@OFTEN
def test_no_event_makes_a_step_raise_or_leave_the_graph(script: Script, events: list[Event], talk_s: float) -> None:
    dialogue = playable(script)
    state, actions = _run(dialogue, [Answered(), *events])
    path = [action.node for action in actions if isinstance(action, Entered)]
    assert path == [visit.node for visit in state.visits]
    assert all(_may_follow(dialogue.script, source, target) for source, target in pairwise(path))
    assert all("{" not in action.text for action in actions if isinstance(action, Speak))
    node = dialogue.script.nodes[state.node]
    assert isinstance(node, Listening | Goodbye)
    assert state.phase is Phase.ENDED or isinstance(node, Listening)
    assert len(state.turns) <= dialogue.script.limits.turns + 2  # the wish not to be called again may be one more
    assert dialogue.grade(state, talk_s=talk_s).name in dialogue.script.grades.names


@given(script=scripts(), data=st.data())
@OFTEN
def test_every_call_ends_within_its_limits(script: Script, data: st.DataObject) -> None:
    dialogue = playable(script)
    limits = dialogue.script.limits
    state, actions = dialogue.step(dialogue.begin(KNOWN), Answered())
    rounds, most = 0, (limits.turns + 2) * (limits.silences + 2)
    while state.phase is not Phase.ENDED:
        rounds += 1
        event = data.draw(ANSWERS)
        state, actions = dialogue.step(state, event)
        unheeded = isinstance(event, Pressed) and (not actions or state.keyed)
        rounds -= bool(unheeded)
        assert rounds <= most
        assert not actions or isinstance(actions[-1], Listen | HangUp)
        if unheeded:
            state, actions = dialogue.step(state, StayedSilent())
            rounds += 1
    assert isinstance(dialogue.script.nodes[state.node], Goodbye)


@given(script=scripts(), events=st.lists(EVENTS, max_size=20))
@OFTEN
def test_the_same_events_replayed_give_the_same_call(script: Script, events: list[Event]) -> None:
    dialogue, again = playable(script), GraphDialogue(playable(script).script)
    told = [Answered(), *events]
    state, actions = _run(dialogue, told)
    assert (state, actions) == _run(again, told)
    for stop in range(0, len(told), 7):  # and one that goes on from anywhere inside of it
        middle, before = _run(dialogue, told[:stop])
        for event in told[stop:]:
            middle, more = dialogue.step(middle, event)
            before.extend(more)
        assert (middle, before) == (state, actions)


@given(script=scripts(), events=st.lists(HEARD, min_size=1, max_size=12))
@OFTEN
def test_what_was_not_understood_was_said(script: Script, events: list[Event]) -> None:
    _, actions = _run(playable(script), [Answered(), *events])
    said = {event.text.strip() for event in events if isinstance(event, Heard)}
    missed = [action for action in actions if isinstance(action, NotUnderstood)]
    assert all(action.text in said and 0 <= action.score <= 1 for action in missed)
