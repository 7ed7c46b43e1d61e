"""Whatever the model and the person do, in whatever order: no error, nobody left waiting, nothing unguarded."""

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.dialogue.model.shop import BOB, shop, shop_dialogue

from callwright.dialogue.model.briefing import instructions
from callwright.dialogue.model.guard import Guard, spoken_texts
from callwright.dialogue.port import (
    Answered,
    Event,
    HangUp,
    Heard,
    HungUp,
    Listen,
    Pressed,
    Speak,
    StayedSilent,
    TimeUp,
)
from callwright.dialogue.state import Phase
from callwright.dialogue.thought import (
    Paid,
    SentenceThought,
    Think,
    ThoughtDropped,
    ThoughtEnded,
    ThoughtFailed,
    ToolAsked,
    ToolCall,
)
from callwright.dialogue.variables import render

DIALOGUE = shop_dialogue()
SCRIPT = shop()
GUARD = Guard(SCRIPT, instructions(SCRIPT))
OWN = {render(text, {"company": "Velo", "caller": "Ann", **BOB}) for text in spoken_texts(SCRIPT)}

SERIALS = st.integers(0, 6)
ANYTHING = st.text(st.characters(exclude_categories=[]))  # surrogates and other scripts' digits, too
WORDS = st.one_of(
    st.sampled_from(["Sure.", "It is 20 dollars.", "I've booked it.", "A service costs 40 dollars.", "４２元"]),
    ANYTHING,
)
ARGUMENTS = [
    '{"name": "day", "value": "Tuesday"}',
    '{"name": "day", "value": "４２"}',
    '{"name": "day", "value": "\\ud800"}',
    '{"reason": "finished"}',
    '{"topic": "duration"}',
    "[]",
]
CALLS = st.builds(
    ToolCall,
    st.just("c"),
    st.sampled_from(["collect", "grade", "look_up", "hang_up", "pay"]),
    st.one_of(st.text(max_size=40), st.sampled_from(ARGUMENTS)),
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.just(Answered()),
    st.builds(
        Heard,
        st.one_of(st.sampled_from(["", "yes", "Tuesday", "never call me again", "４２ ٤٢"]), ANYTHING),
        st.sampled_from([(), (("stop", 0.9),), (("duration", 0.5),)]),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(Pressed, st.sampled_from("19#")),
    st.just(StayedSilent()),
    st.builds(SentenceThought, SERIALS, WORDS),
    st.builds(ToolAsked, SERIALS, CALLS),
    st.builds(ThoughtEnded, SERIALS, st.integers(0, 10_000)),
    st.builds(ThoughtFailed, SERIALS, st.sampled_from(["slow", "gone"])),
    st.builds(ThoughtDropped, st.integers(0, 10_000)),
    st.just(TimeUp()),
    st.just(HungUp()),
)


@given(st.lists(EVENTS, max_size=40))
def test_nothing_breaks_and_nothing_unguarded_is_said(events: list[Event]) -> None:
    state = DIALOGUE.begin(BOB)
    for event in (Answered(), *events):
        ended_before = state.talk.phase is Phase.ENDED
        state, actions = DIALOGUE.step(state, event)
        for action in actions:
            if isinstance(action, Speak):
                assert action.text in OWN or GUARD.breach(action.text, state.talk) is None
        hung_up = any(isinstance(action, HangUp) for action in actions)
        assert not hung_up or state.talk.phase is Phase.ENDED
        if actions and not ended_before and not hung_up:
            # Somebody is always waited for: the model, or the person.
            assert state.thinking or any(isinstance(action, Listen) for action in actions)
    assert DIALOGUE.grade(state, talk_s=10).name in SCRIPT.grades.names


@given(st.lists(EVENTS, max_size=25))
def test_the_same_events_give_the_same_call(events: list[Event]) -> None:
    one = two = DIALOGUE.begin(BOB)
    for event in (Answered(), *events):
        one, did = DIALOGUE.step(one, event)
        two, did_too = DIALOGUE.step(two, event)
        assert (one, did) == (two, did_too)


@given(st.lists(EVENTS, max_size=40), st.lists(st.integers(0, 39), max_size=5))
def test_who_has_cost_all_that_a_call_may_is_asked_no_more_whatever_is_taken_back(
    events: list[Event], taken_back: list[int]
) -> None:
    before = state = DIALOGUE.begin(BOB)
    spent, serials = 0, set[int]()
    for number, event in enumerate((Answered(), *events)):
        spent += event.tokens if isinstance(event, Paid) else 0
        before = state if isinstance(event, Heard) else before
        had_spent = spent
        state, actions = DIALOGUE.step(state, event)
        for asked in (action for action in actions if isinstance(action, Think)):
            assert had_spent < SCRIPT.limits.tokens
            assert asked.serial not in serials, "an answer to one asking is never taken for that to another"
            serials.add(asked.serial)
        if number in taken_back:
            state = DIALOGUE.take_back(before, state)
        assert state.tokens == spent
