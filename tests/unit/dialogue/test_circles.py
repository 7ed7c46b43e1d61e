"""The same asked again and again, several wordings in turn, and what was not understood."""

from tests.unit.dialogue.plays import Played
from tests.unit.dialogue.plays import play as play_line
from tests.unit.dialogue.small import ANN, small_dialogue

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import Answered, Heard, IntentMet, NotUnderstood

PRICE = "how much <price>"
DESK = {"kind": "hang_up", "text": "A colleague will call you.", "reason": "colleague"}


def play(line: str, dialogue: GraphDialogue) -> Played:
    return play_line(dialogue, line, ANN)


def test_the_same_question_is_answered_in_other_words_and_then_given_up() -> None:
    dialogue = small_dialogue(knowledge__price__again=["It's free.", "You pay nothing."])
    call = play(" | ".join([PRICE] * 4), dialogue)
    assert [said.partition(" Are")[0] for said in call.said[1:]] == [
        "Nothing at all.",
        "It's free.",
        "You pay nothing.",
        "Goodbye.",
    ]
    assert call.reason == "in_circles"


def test_a_call_that_turns_in_circles_goes_where_the_script_says_once() -> None:
    stuck = {"kind": "ask", "text": "Shall a colleague call you?", "branches": {"yes": "desk", "no": "bye"}}
    dialogue = small_dialogue(limits__stuck="stuck", nodes__stuck=stuck, nodes__desk=DESK, limits__repeats=1)
    call = play(f"{PRICE} | {PRICE} | {PRICE} | yes", dialogue)
    assert call.said[-2:] == ["Shall a colleague call you?", "A colleague will call you."]
    call = play(f"{PRICE} | {PRICE} | {PRICE} | {PRICE} | {PRICE} | {PRICE}", dialogue)
    assert call.reason == "in_circles"


def test_someone_not_understood_is_offered_a_person_too() -> None:
    dialogue = small_dialogue(limits__stuck="desk", nodes__desk=DESK)
    assert play("blah | blah", dialogue).reason == "colleague"


def test_asking_something_else_in_between_begins_the_count_anew() -> None:
    dialogue = small_dialogue(knowledge__long={"wordings": ["how long"], "answer": "An hour."}, limits__turns=20)
    assert play(" | ".join([PRICE, PRICE, PRICE, "how long <long>"] * 3), dialogue).reason is None


def test_asked_to_repeat_over_and_over_the_call_is_given_up() -> None:
    call = play("pardon <what> | pardon <what> | pardon <what>", small_dialogue())
    assert (call.said[1:], call.reason) == (["Are you ready?", "Are you ready?", "Goodbye."], "in_circles")


def test_several_wordings_are_said_in_turn() -> None:
    dialogue = small_dialogue(
        nodes__hello__again=["Are you ready?", "Can we begin?"],
        phrases={"not_understood": ["Sorry?", "I still didn't get that."], "silence": "Hello?"},
        limits__not_understood=3,
    )
    assert play("blah | blah | ... | blah", dialogue).said[1:] == [
        "Sorry? Are you ready?",
        "I still didn't get that. Can we begin?",
        "Hello? Are you ready?",
        "Sorry? Can we begin?",
    ]


def test_questions_have_a_floor_of_their_own() -> None:
    dialogue = small_dialogue(limits__answer_floor=0.7)
    assert play("how much <price .6>", dialogue).said[1].startswith("Sorry")
    assert play("how much <price .8>", dialogue).said[1].startswith("Nothing at all.")
    assert play("why not <yes .4>", dialogue).said[1] == "Which size?"


def test_what_was_not_understood_is_told_with_what_came_nearest() -> None:
    dialogue = small_dialogue()
    call = play("do you sell shoes <price .2>", dialogue)
    assert NotUnderstood("do you sell shoes", "price", 0.2) in call.actions
    assert not any(isinstance(action, IntentMet) for action in call.actions)


def test_it_is_told_too_where_any_answer_leads_on_and_where_an_intent_leads_nowhere() -> None:
    open_question = small_dialogue(nodes__hello__otherwise="size")
    assert NotUnderstood("do you sell shoes", "", 0.0) in play("do you sell shoes", open_question).actions
    assert NotUnderstood("maybe", "other", 0.8) in play("maybe <other>", small_dialogue()).actions


def test_a_value_and_a_refused_read_back_are_not_misunderstood() -> None:
    dialogue = small_dialogue(nodes__size__read_back="Size {size}, right?")
    state, _ = dialogue.step(dialogue.begin(ANN), Answered())
    for text in ("yes", "forty two", "no"):
        state, actions = dialogue.step(state, Heard(text, ()))
        assert not any(isinstance(action, NotUnderstood) for action in actions)


def test_an_answered_question_counts_for_the_grade() -> None:
    rule = {"grade": "A", "because": "Asked for the price", "when": {"met": "price"}}
    dialogue = small_dialogue(grades__rules=[rule])
    assert play(f"{PRICE} | no", dialogue).grade().reasons[0].quote == "how much"
