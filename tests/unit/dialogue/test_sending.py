"""Messages sent while somebody is talked with: asked for once, waited for, and taken as told."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.dialogue.small import ANN, small_script

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.messages import MessageTold, Outcome, SendMessage
from callwright.dialogue.port import Action, Answered, Event, HangUp, Heard, Listen, Pressed, Speak
from callwright.dialogue.state import DO_NOT_CALL, Phase, State

SENDING: dict[str, Any] = {
    "nodes__hello__branches__yes": "write",
    "nodes__write": {"kind": "send_sms", "template": "Directions", "next": "sent", "failed": "not_sent"},
    "nodes__sent": {"kind": "ask", "text": "It is sent. Anything else?", "branches": {"yes": "write", "no": "bye"}},
    "nodes__not_sent": {
        "kind": "ask",
        "text": "I cannot write to you. Another way?",
        "branches": {"no": "bye"},
        "otherwise": "bye",
    },
    "nodes__size": None,
    "nodes__thanks": None,
    "grades__rules": [],
}
YES, NO, STOP = (Heard(word, ((word, 0.9),)) for word in ("yes", "no", "stop"))


def _dialogue(*, sends: bool = True, **changes: Any) -> GraphDialogue:
    return GraphDialogue(small_script(**(SENDING | changes)), sends=sends)


def _play(dialogue: GraphDialogue, *events: Event) -> tuple[State, list[Sequence[Action]]]:
    state, steps = dialogue.begin(ANN), []
    for event in (Answered(), *events):
        state, actions = dialogue.step(state, event)
        steps.append(actions)
    return state, steps


def _said(actions: Sequence[Action]) -> str:
    return " ".join(action.text for action in actions if isinstance(action, Speak))


def test_a_message_is_asked_for_and_nothing_is_said_before_it_is_known_what_became_of_it() -> None:
    state, steps = _play(_dialogue(), YES)
    (wanted,) = [action for action in steps[-1] if isinstance(action, SendMessage)]
    assert (wanted.key, wanted.template, dict(wanted.values)["customer_name"]) == ("write", "Directions", "Bob")
    assert (state.phase, _said(steps[-1])) == (Phase.SENDING, "")
    assert not any(isinstance(action, Listen) for action in steps[-1])


@pytest.mark.parametrize(
    ("outcome", "held", "says"),
    [
        ("sent", None, "It is sent. Anything else?"),
        ("held", None, "It is sent. Anything else?"),
        ("held", "not_sent", "I cannot write to you. Another way?"),
        ("failed", None, "I cannot write to you. Another way?"),
    ],
)
def test_the_way_on_is_the_outcomes(outcome: Outcome, held: str | None, says: str) -> None:
    dialogue = _dialogue(nodes__write=SENDING["nodes__write"] | ({"held": held} if held else {}))
    _, steps = _play(dialogue, YES, MessageTold("write", outcome))
    assert _said(steps[-1]) == says


def test_a_node_met_again_sends_nothing_more() -> None:
    _, steps = _play(_dialogue(), YES, MessageTold("write", "sent"), YES)
    assert not any(isinstance(action, SendMessage) for action in steps[-1])
    assert _said(steps[-1]) == "It is sent. Anything else?"


def test_meanwhile_only_the_wish_not_to_be_called_again_is_heeded() -> None:
    dialogue = _dialogue()
    state, steps = _play(dialogue, YES, NO, Pressed("1"))
    assert (state.phase, *steps[-2:]) == (Phase.SENDING, (), ())
    state, actions = dialogue.step(state, STOP)
    assert HangUp(DO_NOT_CALL) in actions
    after, actions = dialogue.step(state, MessageTold("write", "sent"))
    assert (after.phase, after.ended, actions) == (Phase.ENDED, DO_NOT_CALL, ())


def test_what_was_sent_is_not_taken_back_with_the_words_that_asked_for_it() -> None:
    dialogue = _dialogue()
    before, _ = _play(dialogue)
    now, _ = dialogue.step(before, YES)
    now, _ = dialogue.step(now, MessageTold("write", "sent"))
    _, actions = dialogue.step(dialogue.take_back(before, now), YES)
    assert not any(isinstance(action, SendMessage) for action in actions)
    waiting, _ = dialogue.step(before, YES)
    assert dialogue.take_back(waiting, now).phase is Phase.LISTENING


def test_who_only_tries_a_script_supposes_that_it_is_sent() -> None:
    state, steps = _play(_dialogue(sends=False), YES)
    assert [action.key for action in steps[-1] if isinstance(action, SendMessage)] == ["write"]
    assert (state.phase, _said(steps[-1])) == (Phase.LISTENING, "It is sent. Anything else?")


@given(
    events=st.lists(
        st.sampled_from(
            [YES, NO, STOP, Pressed("9"), *(MessageTold("write", o) for o in ("sent", "held", "failed"))]
        ),
        max_size=12,
    )
)
def test_no_order_of_events_sends_twice_or_claims_without_being_told(events: list[Event]) -> None:
    _, steps = _play(_dialogue(), *events)
    asked = [action for step in steps for action in step if isinstance(action, SendMessage)]
    assert len(asked) <= 1
    told = False
    for event, actions in zip(events, steps[1:], strict=True):
        told = told or (isinstance(event, MessageTold) and event.outcome != "failed")
        assert told or "It is sent" not in _said(actions)
