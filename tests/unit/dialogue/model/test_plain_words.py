"""Deeds told in plain words, and statements that only look like questions: held back in both languages."""

import pytest
from tests.unit.dialogue.model.test_invented_facts import BEGUN, BEGUN_ZH, ENGLISH, MANDARIN

from callwright.dialogue.state import Given, State, Turn

DEEDS = """
I made the appointment for you.
I've made your appointment.
Your slot is locked in and in our calendar.
Your slot is locked in.
You are in our calendar now.
I have you down for a service.
You're on the list.
Your appointment is set.
Your appointment is made.
Consider it done.
It's done.
That's settled then, you have an appointment.
The appointment stands.
Your place is secured.
I've got you in.
I put you in our system.
We have a slot for you.
I saved your place.
I set up your visit.
I fixed a time for you.
Everything is arranged, we expect you.
The booking went through.
Your reservation is complete.
I noted your appointment in our books.
I just entered your visit.
I've sorted it for you.
Your visit is on.
We're expecting you.
I have processed your payment.
Your order is in.
I've filed your request.
I took care of it.
I have taken you off the list.
If you like, it is booked.
It is not a problem, it is booked.
Would you believe it, it is booked.
Not to worry and it's booked.
""".strip().splitlines()

DEEDS_ZH = """
给您约上了。
您的位子留好了。
已经记到我们日历里了。
帮您搞定了。
您周二的位置我们留着了。
预约成功。
时间锁定了。
您约的时间定下来了。
我给您排上了。
搞定了，都弄好了。
您的名额保留了。
预约已完成。
这事办妥了。
我帮您记上了，到时候来就行。
给您挂上号了。
""".strip().splitlines()

STATED = """
We also collect it at your home, right?
I think we collect it at your home.
Sure — we collect it at your home.
You know we collect it at your home.
Did you know that we collect it at your home?
Would that suit you, we collect it at your home?
我们上门取车，对吧？
您知道我们上门取车吗？
我们上门取车，您需要吗？
""".strip().splitlines()

SAYABLE = """
Shall I put your name on the list?
Would you like me to make an appointment?
I haven't made an appointment yet.
Nothing is in our calendar so far.
Do you have an appointment already?
If that's settled, I would like to ask something else.
I have a question about your bicycle.
I've noted that, thank you.
Your appointment is not made yet.
Is everything all right?
Can we set a date?
我记下了，谢谢。
您想约个时间吗？
还没有约好。
要帮您约上吗？
""".strip().splitlines()


@pytest.mark.parametrize("sentence", DEEDS)
def test_a_deed_in_plain_words_is_a_claim(sentence: str) -> None:
    assert ENGLISH.breach(sentence, BEGUN) is not None


@pytest.mark.parametrize("sentence", DEEDS_ZH)
def test_a_deed_in_plain_words_is_a_claim_in_chinese(sentence: str) -> None:
    assert MANDARIN.breach(sentence, BEGUN_ZH) == "claim"


@pytest.mark.parametrize("sentence", STATED)
def test_a_statement_behind_a_lead_in_or_before_a_tag_is_one(sentence: str) -> None:
    guard, state = (ENGLISH, BEGUN) if sentence.isascii() or "—" in sentence else (MANDARIN, BEGUN_ZH)
    assert guard.breach(sentence, state) == "statement"


@pytest.mark.parametrize("sentence", SAYABLE)
def test_what_only_sounds_like_it_is_said(sentence: str) -> None:
    guard, state = (ENGLISH, BEGUN) if sentence.isascii() else (MANDARIN, BEGUN_ZH)
    assert guard.breach(sentence, state) is None


def test_a_receipt_bears_out_its_own_kind_of_deed_and_each_deed_needs_one() -> None:
    day = Given("day", "Tuesday 1 December", "Tuesday", turn=1)
    kept = State(BEGUN.variables, turns=(Turn("", "Tuesday"),), given=(day,))
    assert ENGLISH.breach("Your appointment is in our calendar.", kept) is None
    assert ENGLISH.breach("I made the appointment for you.", kept) is None
    assert ENGLISH.breach("I have processed your payment.", kept) == "claim"
    assert ENGLISH.breach("I've booked Tuesday and sent you the details.", kept) == "claim"
    assert ENGLISH.breach("It is not paid, but I have sent it.", kept) == "claim"


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("You know a service costs only five dollars, right?", "figure"),
        ("A service costs five dollars?", "figure"),
        ("A service costs five dollars.", "figure"),
        ("It's five dollars, isn't it?", "figure"),
        ("Did you know a service costs five dollars?", "figure"),
        ("Isn't it great that it costs five dollars?", "figure"),
        ("Would you like a service for five dollars?", "figure"),
        ("We are open on Saturday, right?", "figure"),
        ("Did you say five dollars?", None),
        ("You mean five dollars?", None),
        ("Is Saturday fine for you?", None),
        ("Would Saturday at eight suit you?", None),
    ],
)
def test_what_the_caller_named_is_asked_back_and_not_confirmed(sentence: str, why: str | None) -> None:
    heard = State(BEGUN.variables, turns=(Turn("", "is it five dollars? on Saturday at eight"),))
    assert ENGLISH.breach(sentence, heard) == why


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("您知道保养只要五元吗？", "figure"),
        ("保养只要五元，对吧？", "figure"),
        ("保养五元，是吗？", "figure"),
        ("五元，可以吗？", "figure"),
        ("难道不是五元吗？", "figure"),
        ("保养只要五元？", "figure"),
        ("您是说五元吗？", None),
        ("周六八点您方便吗？", None),
    ],
)
def test_what_the_caller_named_in_chinese(sentence: str, why: str | None) -> None:
    heard = State(BEGUN_ZH.variables, turns=(Turn("", "是五元吗，周六八点行吗"),))
    assert MANDARIN.breach(sentence, heard) == why
