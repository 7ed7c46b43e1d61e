"""Calls played by a language model, in what it writes and what comes of it."""

from collections.abc import Sequence

import pytest
from tests.unit.dialogue.model.shop import BOB, shop, shop_dialogue

from callwright.dialogue.faults import ScriptInvalidError
from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.model.state import EVERYDAY, ModelState
from callwright.dialogue.port import (
    Action,
    Answered,
    Collected,
    Event,
    HangUp,
    Heard,
    HungUp,
    IntentMet,
    Listen,
    NotUnderstood,
    Pressed,
    Speak,
    StayedSilent,
    TimeUp,
    Watch,
)
from callwright.dialogue.thought import (
    SentenceThought,
    StopThinking,
    Think,
    ThoughtEnded,
    ThoughtFailed,
    ToolAsked,
    ToolCall,
)


class Play:
    """One call."""

    def __init__(self, **changes: object) -> None:
        self.dialogue: ModelDialogue = shop_dialogue(**changes)
        self.state: ModelState = self.dialogue.begin(BOB)
        self.actions: Sequence[Action] = ()
        self.take(Answered())

    def take(self, *events: Event) -> "Play":
        for event in events:
            self.state, self.actions = self.dialogue.step(self.state, event)
        return self

    def hear(self, text: str, intent: str = "", score: float = 0.9) -> "Play":
        return self.take(Heard(text, ((intent, score),) if intent else ()))

    def write(self, *sentences: str, end: bool = True) -> "Play":
        serial = self.state.serial
        self.take(*(SentenceThought(serial, sentence) for sentence in sentences))
        return self.take(ThoughtEnded(serial, 100)) if end else self

    def use(self, name: str, arguments: str, *, end: bool = True) -> "Play":
        serial = self.state.serial
        self.take(ToolAsked(serial, ToolCall("c1", name, arguments)))
        return self.take(ThoughtEnded(serial, 100)) if end else self

    def fail(self) -> "Play":
        return self.take(ThoughtFailed(self.state.serial, "slow"))

    @property
    def said(self) -> list[str]:
        return [action.text for action in self.actions if isinstance(action, Speak)]

    @property
    def ended(self) -> str:
        return next((action.reason for action in self.actions if isinstance(action, HangUp)), "")

    @property
    def asked(self) -> Think:
        return next(action for action in self.actions if isinstance(action, Think))


def test_the_script_speaks_first_and_the_model_is_briefed() -> None:
    play = Play()
    assert play.actions[0] == Watch(240)
    assert play.said == ["Hello Bob, this is Ann, the AI assistant of Velo. It is recorded. May I?"]
    asked = play.hear("what do you want").asked
    assert [message.role for message in asked.messages] == ["system", "assistant", "user"]
    assert "A service costs forty dollars." in asked.messages[0].text
    assert "Bob" in asked.messages[0].text
    assert {tool.name for tool in asked.tools} == {"hang_up", "grade", "collect", "look_up"}


def test_what_it_writes_is_said_sentence_by_sentence_and_then_we_listen() -> None:
    play = Play().hear("how much is it")
    assert play.write("A service costs 40 dollars.", end=False).said == ["A service costs 40 dollars."]
    assert play.write().actions == (Listen(5.0),)
    asked = play.hear("good").asked
    assert [message.text for message in asked.messages[-2:]] == ["A service costs 40 dollars.", "good"]


def test_what_may_not_be_said_is_replaced_and_the_rest_dropped() -> None:
    play = Play().hear("how much is it").write("It is 20 dollars.", end=False)
    assert play.said == ["I'd rather not say anything I can't confirm."]
    assert isinstance(play.actions[0], StopThinking)
    assert play.write("And free of charge.", end=False).actions == ()
    assert "not said (figure)" in play.hear("oh").asked.messages[-2].text


def test_a_value_is_kept_only_in_the_customers_own_words() -> None:
    play = Play().hear("let me think")
    refused = play.use("collect", '{"name": "day", "value": "Tuesday"}').asked.messages[-1]
    assert refused.role == "tool"
    assert refused.text.startswith("refused: the customer has not said")
    play.write("Which day?").hear("Tuesday then")
    play.use("collect", '{"name": "day", "value": "Tuesday"}')
    assert any(isinstance(action, Collected) for action in play.actions)
    assert play.write("I've booked Tuesday for you.", end=False).said == ["I've booked Tuesday for you."]
    assert play.dialogue.grade(play.state, talk_s=30).name == "A"


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("collect", "{not json", "no JSON object"),
        ("collect", "[]", "no JSON object"),
        ("collect", "[" * 100_000, "no JSON object"),
        ("collect", '{"name": "card", "value": "x"}', "name must be one of day"),
        ("collect", '{"name": "day"}', "value is missing"),
        ("collect", '{"name": "day", "value": 5}', "value is missing"),
        ("collect", '{"name": "day", "value": "banana"}', "holds no date"),
        ("pay", '{"amount": "100"}', "there is no tool 'pay'"),
        ("grade", '{"grade": "Z", "because": "x"}', "grade must be one of A, B, C"),
        ("hang_up", '{"reason": "trouble"}', "reason must be one of"),
    ],
)
def test_tools_are_refused_with_the_reason(name: str, arguments: str, words: str) -> None:
    play = Play().hear("Monday").use(name, arguments)
    assert words in play.asked.messages[-1].text


def test_it_hangs_up_with_the_scripts_goodbye_and_grades() -> None:
    play = Play().hear("no thanks")
    play.take(ToolAsked(play.state.serial, ToolCall("c1", "grade", '{"grade": "B", "because": "perhaps later"}')))
    play.use("hang_up", '{"reason": "not_interested"}')
    assert (play.said, play.ended) == (["No problem, goodbye."], "not_interested")
    grade = play.dialogue.grade(play.state, talk_s=30)
    assert (grade.name, grade.reasons[0].rule, grade.reasons[0].quote) == ("B", "perhaps later", "no thanks")


def test_an_ending_is_shown_by_the_last_words_only_where_they_led_to_it() -> None:
    rule = {"grade": "B", "because": "So it ended", "when": {"ended": ["not_interested", "trouble"]}}

    def quote(play: Play) -> str:
        return play.dialogue.grade(play.state, talk_s=30).reasons[-1].quote

    def heard() -> Play:
        return Play(grades__rules=[rule]).hear("no thanks")

    assert quote(heard().use("hang_up", '{"reason": "not_interested"}')) == "no thanks"
    silent = heard().take(StayedSilent()).use("hang_up", '{"reason": "not_interested"}')
    assert (silent.ended, quote(silent)) == ("not_interested", "")
    assert quote(heard().fail().fail()) == ""


def test_the_wish_not_to_be_called_never_depends_on_the_model() -> None:
    play = Play().hear("how much").hear("never call me again", "stop")
    assert play.ended == "do_not_call"
    assert Play().take(Pressed("9")).ended == "do_not_call"
    overheard = Play().take(Heard("never call me again", (("stop", 0.9),), overheard=True))
    assert overheard.ended == "do_not_call"
    goodbye = Play().hear("bye").use("hang_up", '{"reason": "finished"}').hear("never call me again", "stop")
    assert goodbye.ended == "do_not_call"


@pytest.mark.parametrize("reason", ["goodbye", "finished"])
def test_a_mere_goodbye_overheard_ends_nothing(reason: str) -> None:
    leave = {"label": "Takes leave", "examples": ["bye", "goodbye then"]}
    dialogue = shop_dialogue(goodbyes__goodbye="Goodbye.", anywhere__leave=reason, intents__leave=leave)
    state, _ = dialogue.step(dialogue.begin(BOB), Answered())
    assert dialogue.step(state, Heard("Thank you.", (("leave", 0.99),), overheard=True)) == (state, ())
    state, _ = dialogue.step(state, Heard("bye", (("leave", 0.99),)))
    assert state.talk.ended == reason


def test_a_model_that_fails_is_asked_again_and_then_given_up() -> None:
    play = Play().hear("hello").fail()
    assert play.said == ["One moment, please."]
    assert play.asked.serial == play.state.serial
    assert (play.fail().said, play.ended) == (["Sorry, something is wrong here. Goodbye."], "trouble")


def test_what_was_said_before_it_failed_stands() -> None:
    play = Play().hear("how much").write("A service costs 40 dollars.", end=False).fail()
    assert play.actions == (Listen(5.0),)
    assert play.hear("thanks").write("You are welcome.").ended == ""


def test_one_that_says_nothing_or_never_ends() -> None:
    silent = Play().hear("hello").write().write()
    assert silent.ended == "trouble"
    endless = Play(limits__sentences=2).hear("hello").write("Well.", "Well, well.", end=False)
    assert [type(action) for action in endless.actions] == [Speak, StopThinking, Listen]
    assert endless.write("Well.", end=False).actions == ()
    looping = Play(limits__rounds=1).hear("hello").use("look_up", '{"topic": "duration"}')
    assert looping.use("look_up", '{"topic": "duration"}').said == ["One moment, please."]
    assert looping.use("look_up", '{"topic": "duration"}').ended == "trouble"


def test_limits_of_turns_tokens_time_and_silence() -> None:
    assert Play(limits__turns=1).hear("hello").write("Yes?").hear("hello").ended == "too_long"
    spent = Play(limits__tokens=1000).hear("a").write("Yes?", end=False)
    spent.take(ThoughtEnded(spent.state.serial, 5000))
    assert (spent.ended, spent.hear("b").ended) == ("", "trouble")
    assert Play().hear("hello").take(TimeUp()).ended == "too_long"
    assert Play(limits__silences=1).take(StayedSilent(), StayedSilent()).ended == "silence"


def test_what_was_asked_before_is_nobodys_when_the_person_goes_on() -> None:
    play = Play().hear("hello")
    earlier = play.state.serial
    play.hear("how much is it")
    assert play.take(SentenceThought(earlier, "Hello!")).actions == ()
    assert play.take(ThoughtFailed(earlier, "slow"), HungUp()).state.talk.ended == "hung_up"


def test_what_the_script_knows_of_a_question_is_told_with_it() -> None:
    asked = Play().hear("how long does it take", "duration").asked
    assert "It takes three hours." in asked.messages[-2].text


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"goodbyes__trouble": None}, "missing-goodbye"),
        ({"anywhere": {}}, "no-way-out-model"),
        ({"opening": "Hello, may I ask something?"}, "who-is-calling"),
        ({"facts": ["It costs {price}."]}, "unknown-variable"),
        ({"opening": "This is {company}. May I ask something?"}, "ai-not-said"),
        ({"grades__rules": [{"grade": "A", "because": "x", "when": {"reached": "hello"}}]}, "unknown-node"),
        ({"knowledge__duration__answer": ""}, "no-answer"),
        ({"grades__default__grade": "Z"}, "unknown-grade"),
        ({"keys": {"1": "nowhere"}}, "unknown-goodbye"),
    ],
)
def test_a_script_that_cannot_be_published(changes: dict[str, object], rule: str) -> None:
    with pytest.raises(ScriptInvalidError) as raised:
        ModelDialogue(shop(**changes))
    assert rule in {fault.rule for fault in raised.value.faults}


def test_what_the_model_has_no_fact_for_is_an_unanswered_question() -> None:
    asked = Play().hear("do you rent bicycles out")
    asked.write("Renting one costs 35 dollars.", end=False)
    assert [action.text for action in asked.actions if isinstance(action, NotUnderstood)] == [
        "do you rent bicycles out"
    ]
    claimed = Play().hear("book me in").write("I have booked you in.", end=False)
    assert not [action for action in claimed.actions if isinstance(action, NotUnderstood)]


def test_what_is_no_wish_of_the_customers_is_not_taken_for_one() -> None:
    everyday = Play().hear("how much does it cost", EVERYDAY, 0.9)
    assert not everyday.ended
    assert everyday.asked.messages[-1].text == "how much does it cost"
    assert [action for action in everyday.actions if isinstance(action, IntentMet)] == []
    assert set(everyday.dialogue.examples) == {"stop", "duration", EVERYDAY}
