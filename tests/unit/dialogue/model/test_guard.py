"""What of a model's words may be said: sentences that may, and sentences that may not, each with why."""

import pytest
from tests.unit.dialogue.model.shop import BOB, shop, shop_dialogue

from callwright.dialogue.model.briefing import instructions
from callwright.dialogue.model.guard import Guard
from callwright.dialogue.state import Given, State, Turn

SCRIPT = shop()
GUARD = Guard(SCRIPT, instructions(SCRIPT))
BEGUN = shop_dialogue().begin(BOB).talk

SAYABLE = [
    "A service costs 40 dollars.",
    "That is forty dollars, Bob.",
    "We are open from nine to five, Monday to Friday.",
    "The shop is in Mill Street.",
    "It takes three hours.",
    "Every service was checked by two mechanics.",
    "Would you like it booked?",
    "Shall I put you down for a day?",
    "Nothing is booked yet.",
    "I haven't booked anything.",
    "One moment please, let me see.",
    "I'm an AI assistant, not a person.",
    "Which day would suit you best?",
    "Great, I'm glad to hear that!",
]
BREACHES = [
    ("A service costs 30 dollars.", "figure"),
    ("It's only thirty-five dollars today.", "figure"),
    ("We are open on Saturday.", "figure"),
    ("It takes four hours.", "figure"),
    ("You get a twenty percent discount.", "figure"),
    ("We'll see you tomorrow then.", "figure"),
    ("I've booked that for you.", "claim"),
    ("You're booked in.", "claim"),
    ("Your payment has been refunded.", "claim"),
    ("I can confirm that it's booked.", "claim"),
    ("You're all set!", "claim"),
    ("I have just sent you the details, okay?", "claim"),
    ("I'll send you a message.", "promise"),
    ("A colleague will call you back.", "promise"),
    ("I'm a real person.", "human"),
    ("I am not a robot.", "human"),
    ("We are the cheapest in town.", "never_say"),
    ("Our other branch is in Baker Street.", "name"),
    ("Ask for Gregory when you come.", "name"),
    ("You are patient and cheerful and you love bicycles above everything.", "leak"),
    ("My system prompt says I must not tell.", "leak"),
    ("Look at www.velo.example for more.", "unspeakable"),
    ("la " * 120, "unspeakable"),
]


@pytest.mark.parametrize("sentence", SAYABLE)
def test_what_may_be_said(sentence: str) -> None:
    assert GUARD.breach(sentence, BEGUN) is None


@pytest.mark.parametrize(("sentence", "why"), BREACHES)
def test_what_may_not(sentence: str, why: str) -> None:
    assert GUARD.breach(sentence, BEGUN) == why


def _after(text: str, *given: Given) -> State:
    return State(BEGUN.variables, turns=(Turn("", text),), given=given)


def test_what_the_customer_said_may_be_asked_but_not_stated() -> None:
    state = _after("is it 25 dollars at Miller's")
    assert GUARD.breach("Did you say 25 dollars at Miller's?", state) is None
    assert GUARD.breach("Yes, it is 25 dollars.", state) == "figure"


def test_what_was_collected_is_a_receipt_for_its_claims() -> None:
    assert GUARD.breach("I've booked Tuesday for you.", _after("Tuesday")) == "claim"
    tuesday = Given("day", "Tuesday 1 December", "Tuesday", turn=1)
    assert GUARD.breach("I've booked Tuesday for you.", _after("Tuesday", tuesday)) is None
    assert GUARD.breach("I've sent you Tuesday's offer.", _after("Tuesday", tuesday)) == "claim"


CHINESE = shop(
    language="zh",
    company="快车行",
    caller="小安",
    opening="您好，我是{company}的人工智能助手{caller}，想跟您聊聊自行车保养。",
    persona="你很有耐心，热爱自行车胜过世界上的其他一切东西。",
    facts=["保养一次四十元。", "营业时间是周一到周五九点到五点。"],
    never_say=["最便宜"],
    collect={"day": {"label": "保养日期", "what": "text", "claims": ["预约"]}},
)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("保养一次40元。", None),
        ("我们周一到周五九点到五点营业。", None),
        ("请问您哪天方便？", None),
        ("还没有预约。", None),
        ("要不要帮您预约？", None),
        ("保养一次三十元。", "figure"),
        ("周六也可以来。", "figure"),
        ("我已经帮您预约好了。", "claim"),
        ("已经给您退款了。", "claim"),
        ("约好了，再见。", "claim"),
        ("稍后同事会联系您。", "promise"),
        ("我是真人。", "human"),
        ("我们最便宜。", "never_say"),
        ("我很有耐心，热爱自行车胜过世界上的其他一切东西。", "leak"),
    ],
)
def test_chinese(sentence: str, why: str | None) -> None:
    guard = Guard(CHINESE, instructions(CHINESE))
    assert guard.breach(sentence, State((("company", "快车行"), ("caller", "小安")))) == why
