"""Text messages that a language model sends: only what was told of one may be said of it."""

import json
from collections.abc import Sequence

import pytest
from tests.unit.dialogue.model.shop import BOB, shop

from callwright.dialogue.messages import MessageTold, Outcome, SendMessage
from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.model.state import ModelState
from callwright.dialogue.model.texting import done_by, promised_by
from callwright.dialogue.port import Action, Answered, Event, Heard, HeldBack, Listen, Speak, ToolUsed
from callwright.dialogue.thought import SentenceThought, Think, ThoughtEnded, ToolAsked, ToolCall

MESSAGES = {"messages": {"directions": {"label": "the way to the shop", "template": "Directions"}}}
PLEASE = Heard("yes please send it", ())


def _begun(dialogue: ModelDialogue) -> ModelState:
    state, _ = dialogue.step(dialogue.begin(BOB), Answered())
    return state


def _asks(dialogue: ModelDialogue, state: ModelState, *events: Event) -> tuple[ModelState, Sequence[Action]]:
    actions: Sequence[Action] = ()
    for event in events:
        state, actions = dialogue.step(state, event)
    return state, actions


def _tool(state: ModelState, name: str = "directions", call: str = "c1") -> tuple[Event, Event]:
    asked = ToolAsked(state.serial, ToolCall(call, "send_sms", json.dumps({"message": name})))
    return asked, ThoughtEnded(state.serial, 10)


def _sending(**changes: object) -> tuple[ModelDialogue, ModelState, Sequence[Action]]:
    dialogue = ModelDialogue(shop(**(MESSAGES | changes)), sends=True)
    state, _ = dialogue.step(_begun(dialogue), PLEASE)
    state, actions = _asks(dialogue, state, *_tool(state))
    return dialogue, state, actions


def _says(dialogue: ModelDialogue, state: ModelState, sentence: str) -> bool:
    _, actions = dialogue.step(state, SentenceThought(state.serial, sentence))
    assert any(isinstance(action, Speak | HeldBack) for action in actions)
    return not any(isinstance(action, HeldBack) for action in actions)


def test_the_tool_is_there_with_the_scripts_messages_alone() -> None:
    for changes, offered in ((MESSAGES, True), ({}, False)):
        dialogue = ModelDialogue(shop(**changes))
        _, actions = dialogue.step(_begun(dialogue), PLEASE)
        (asked,) = [action for action in actions if isinstance(action, Think)]
        assert ("send_sms" in {tool.name for tool in asked.tools}) is offered


def test_the_model_waits_for_what_became_of_it_and_is_told() -> None:
    dialogue, state, actions = _sending()
    (wanted,) = actions
    assert isinstance(wanted, SendMessage)
    assert (wanted.key, wanted.template) == ("directions", "Directions")
    assert not state.thinking
    state, actions = dialogue.step(state, MessageTold("directions", "sent"))
    used, asked = actions
    assert isinstance(used, ToolUsed)
    assert not used.refused
    assert isinstance(asked, Think)
    assert asked.messages[-1].answers == "c1"
    assert "taken" in asked.messages[-1].text


@pytest.mark.parametrize(
    ("outcome", "sentence", "said"),
    [
        ("sent", "I have sent you a text message with the way to the shop.", True),
        ("held", "I have sent you a text message with the way to the shop.", False),
        ("failed", "I have sent you a text message with the way to the shop.", False),
        ("held", "We will text you the way to the shop.", True),
        ("failed", "We will text you the way to the shop.", False),
        ("sent", "I have sent the refund.", False),
        ("sent", "I have sent you an email.", False),
        ("sent", "I have sent you a text message and booked a day.", False),
    ],
)
def test_it_may_say_what_was_told_and_no_more(outcome: Outcome, sentence: str, said: bool) -> None:
    dialogue, state, _ = _sending()
    state, _ = dialogue.step(state, MessageTold("directions", outcome))
    assert _says(dialogue, state, sentence) is said


@pytest.mark.parametrize(
    "sentence",
    [
        "I have texted our manager.",
        "I sent a message to my colleague.",
        "I have sent a text message to Maria.",
        "Our technician was sent a text message.",
        "I have texted everyone.",
        "I have sent him a message.",
        "我已经给您的经理发了短信。",
        "短信已经发给同事了。",
    ],
)
def test_a_message_to_the_customer_is_none_to_anybody_else(sentence: str) -> None:
    assert done_by([MessageTold("directions", "sent")], sentence) == ()
    assert promised_by([MessageTold("directions", "held")], sentence) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "I have sent you a text message with the way to the shop.",
        "I have texted you the way to our office's back door.",
        "The text message was sent to the number you gave us.",
        "I've sent it to your phone.",
        "You were sent a text message.",
        "The message was sent a minute ago.",
        "短信已经发给您了。",
        "我已经给您发了短信。",
        "短信已发送到您的手机。",
        "信息已经发到给您的号码。",
    ],
)
def test_of_the_customers_own_message_it_may_speak_in_many_words(sentence: str) -> None:
    assert done_by([MessageTold("directions", "sent")], sentence)


def test_a_message_asked_for_again_is_not_sent_again() -> None:
    dialogue, state, _ = _sending()
    state, _ = dialogue.step(state, MessageTold("directions", "sent"))
    _, actions = _asks(dialogue, state, *_tool(state, call="c2"))
    assert not any(isinstance(action, SendMessage) for action in actions)


def test_who_speaks_meanwhile_is_heard_and_every_tool_call_has_its_answer() -> None:
    dialogue, state, _ = _sending()
    state, actions = dialogue.step(state, Heard("and when are you open", ()))
    (asked,) = [action for action in actions if isinstance(action, Think)]
    called = [call.id for message in asked.messages for call in message.calls]
    assert called == [message.answers for message in asked.messages if message.role == "tool"]
    state, actions = dialogue.step(state, MessageTold("directions", "sent"))
    assert actions == ()
    assert _says(dialogue, state, "I have sent you a text message with the way to the shop.")


def test_who_only_tries_a_brief_supposes_that_it_is_sent() -> None:
    dialogue = ModelDialogue(shop(**MESSAGES))
    state, _ = dialogue.step(_begun(dialogue), PLEASE)
    state, actions = _asks(dialogue, state, *_tool(state))
    assert [type(action) for action in actions] == [SendMessage, ToolUsed, Think]
    assert not any(isinstance(action, Listen) for action in actions)
