"""Whole calls of the demo's script."""

import pytest
from tests.unit.dialogue.plays import MARIA, demo_script, play

from callwright.dialogue.check import check
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import IntentMet, Speak
from callwright.dialogue.variables import MissingVariableError

DEMO = GraphDialogue(demo_script())

# What the person does | how the call ends | the grade | what was collected
CALLS = [
    ("yes <yes> | Tuesday at two thirty <pick_day> | yes <yes>", "booked", "A", {"appointment": "Tuesday 14:30"}),
    ("Friday morning would be good <pick_day> | exactly <yes>", "booked", "A", {"appointment": "Friday morning"}),
    ("yes <yes> | Monday | no, Wednesday at ten <no> | right", "booked", "A", {"appointment": "Wednesday 10:00"}),
    ("#1 | tomorrow <pick_day> | yes <yes>", "booked", "A", {"appointment": "tomorrow"}),
    ("how much is it <ask_price> | okay <yes> | Thursday <pick_day> | yes <yes>", "booked", "A", None),
    ("yes <yes> | hmm | I can't say | dunno", "desk_will_call", "B", {}),
    ("yes <yes> | BYE", None, "B", {}),
    (
        "I'm driving <call_later> | tomorrow morning <call_later>",
        "call_later",
        "C",
        {"callback": "tomorrow morning"},
    ),
    ("call me in ten minutes <call_later>", "call_later", "C", {"callback": "in ten minutes"}),
    ("I'm busy <call_later> | just later <call_later>", "call_later", "C", {}),
    ("no <no> | yes <yes>", "remind_later", "C", {}),
    ("no <no> | no <no>", "declined", "E", {}),
    ("#2 | #2", "declined", "E", {}),
    ("I have one already <already_booked>", "already_booked", "E", {}),
    ("I go elsewhere <other_dentist>", "other_dentist", "E", {}),
    ("who is this <ask_who> | bye then <goodbye>", "goodbye", "D", {}),
    ("wrong number <wrong_number>", "wrong_number", "F", {}),
    ("let me think <hesitant> | I don't know <hesitant>", "declined", "D", {}),
    ("yes <yes> | I must look at my calendar <hesitant>", "desk_will_call", "B", {}),
    ("stop calling me <do_not_call>", "do_not_call", "F", {}),
    ("yes <yes> | Monday | don't call me again <do_not_call>", "do_not_call", "F", {}),
    ("#9", "do_not_call", "F", {}),
    ("... | ... | ...", "silence", "F", {}),
    ("(noise) | (noise) | (noise)", "silence", "F", {}),
    ("blah | blah | blah", "not_understood", "D", {}),
    ("BYE", None, "F", {}),
    (" | ".join(["how much <ask_price>", "does it hurt <ask_pain>"] * 8), "too_long", "D", {}),
]


def test_the_demo_can_be_published() -> None:
    assert check(demo_script()) == ()


@pytest.mark.parametrize(("line", "reason", "grade", "collected"), CALLS)
def test_calls(line: str, reason: str | None, grade: str, collected: dict[str, str] | None) -> None:
    call = play(DEMO, line)
    assert (call.reason, call.grade().name) == (reason, grade)
    assert collected is None or call.collected == collected


def test_what_is_said_when_a_day_is_booked() -> None:
    assert play(DEMO, "yes <yes> | Tuesday afternoon <pick_day> | yes <yes>").said == [
        (
            "Hello Maria. This is Anna, an AI assistant from Harbour Dental. This call is recorded. "
            "Your last check-up was last April. Would you like to book the next one? You can say stop at any time."
        ),
        "Lovely. This month the cleaning is free. Which day next week suits you, and is it morning or afternoon?",
        "So that's Tuesday afternoon. Is that right?",
        "Wonderful. I've noted Tuesday afternoon, and our desk will confirm it by message. Goodbye.",
    ]


def test_a_condition_chooses_by_what_is_known_of_the_customer() -> None:
    said = play(DEMO, "yes <yes>", MARIA | {"plan": "Family"}).said
    assert said[-1].startswith("Lovely. With your family plan, the check-up and the cleaning are free.")


def test_a_question_is_answered_and_the_call_goes_on_where_it_was() -> None:
    call = play(DEMO, "yes <yes> | does it hurt <ask_pain> | Monday | how long <ask_duration>")
    assert call.said[2] == "It's only a look and a gentle cleaning. It doesn't hurt. Which day would suit you?"
    assert call.said[4] == "About half an hour, with the cleaning. So that's Monday. Is that right?"


def test_the_opening_and_goodbyes_are_not_interruptible() -> None:
    spoken = [action for action in play(DEMO, "bye <goodbye>").actions if isinstance(action, Speak)]
    assert [action.interruptible for action in spoken] == [False, True, False]


def test_what_was_meant_is_told_with_its_words() -> None:
    call = play(DEMO, "do you take cards <ask_price .4>")
    assert IntentMet("ask_price", 0.4, "do you take cards") in call.actions


def test_the_first_reason_of_a_grade_quotes_the_person() -> None:
    reason = play(DEMO, "yes <yes> | Tuesday please <pick_day> | yes <yes>").grade().reasons[0]
    assert (reason.rule, reason.quote) == ("Named a day for the check-up", "Tuesday please")


def test_prompts_begin_with_what_is_said_first() -> None:
    prompts = DEMO.prompts(MARIA)
    assert prompts[0].text.startswith("Hello Maria.")
    assert prompts[1].text.startswith("Your last check-up was last April.")
    assert len(prompts) == len(set(prompts))


def test_a_call_without_a_required_variable_never_begins() -> None:
    with pytest.raises(
        MissingVariableError, match=r"Name \(customer_name\), Last visit \(last_visit\) are missing"
    ):
        DEMO.begin({"customer_name": " ", "plan": "family"})
    with pytest.raises(MissingVariableError, match=r"Last visit \(last_visit\) is missing"):
        DEMO.prompts({"customer_name": "Maria"})


def test_every_intent_has_forty_or_more_examples_and_prompts_are_short() -> None:
    assert len(DEMO.examples) == 20
    assert all(len(sentences) >= 40 for sentences in DEMO.examples.values())
    assert max(len(prompt.text.split()) for prompt in DEMO.prompts(MARIA)) <= 21
