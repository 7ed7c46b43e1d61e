"""Silence, misunderstanding, keys, and events out of turn."""

from tests.unit.dialogue.plays import Played
from tests.unit.dialogue.plays import play as play_line
from tests.unit.dialogue.small import ANN, small_dialogue

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import Answered, Entered, Event, Heard, HungUp, Listen, Speak, Spoken, StayedSilent
from callwright.dialogue.state import State

SMALL = small_dialogue()


def play(line: str, dialogue: GraphDialogue = SMALL) -> Played:
    return play_line(dialogue, line, ANN)


def test_silence_is_asked_about_once_and_then_the_call_ends() -> None:
    call = play("... | ...")
    assert call.said[1:] == ["Are you still there? Are you ready?", "Goodbye."]
    assert (call.reason, call.state.ended) == ("silence", "silence")


def test_an_answer_after_a_silence_starts_the_count_anew_at_the_next_question() -> None:
    assert play("... | yes <yes> | ... | seven").reason == "finished"


def test_what_is_not_understood_is_asked_in_other_words_and_then_the_call_ends() -> None:
    call = play("blah | blah")
    assert call.said[1:] == ["Sorry, I didn't catch that. Are you ready?", "Goodbye."]
    assert call.reason == "not_understood"


def test_someone_who_had_not_heard_the_question_is_asked_without_an_apology() -> None:
    state, _ = SMALL.step(SMALL.begin(ANN), Answered())
    _, actions = SMALL.step(state, Heard("blah", (), interrupting=True))
    assert actions[1:] == (Speak("Are you ready?"), Listen(expects="yes_or_no"))


def test_an_intent_under_the_floor_is_not_believed() -> None:
    assert play("perhaps <yes .32>").said[1].startswith("Sorry")
    assert play("perhaps <yes .34>").said[1] == "Which size?"


def test_an_intent_that_leads_nowhere_here_gives_way_to_one_that_does_unless_far_likelier() -> None:
    def second_best(best: float, next_best: float) -> str:
        state, _ = SMALL.step(SMALL.begin(ANN), Answered())
        _, actions = SMALL.step(state, Heard("well", (("other", best), ("yes", next_best))))
        return next(action.text for action in actions if isinstance(action, Speak))

    assert second_best(0.5, 0.4) == "Which size?"
    assert second_best(0.69, 0.34).startswith("Sorry")


def test_a_plain_yes_needs_no_classifier() -> None:
    assert play("mm-hmm").said[1] == "Which size?"
    assert play("okay <stop>").said[1] == "Which size?"
    assert play("no, not right <yes>").said[1] == "Goodbye."
    assert play("okay stop <stop>").reason == "do_not_call"


def test_asked_to_repeat_the_question_is_asked_again_without_an_apology() -> None:
    assert play("pardon <what>").said[1] == "Are you ready?"


def test_otherwise_takes_any_answer() -> None:
    assert play("blah", small_dialogue(nodes__hello__otherwise="bye")).reason == "finished"


def test_a_node_may_listen_without_speaking_and_another_branch_on_what_was_meant() -> None:
    dialogue = small_dialogue(
        entry="first",
        nodes__first={"kind": "listen", "otherwise": "sort", "silence_s": 2},
        nodes__bye__text="Acme says goodbye.",
        nodes__sort={"kind": "branch", "branches": {"no": "bye"}, "otherwise": "hello"},
    )
    assert play("", dialogue).actions == [Entered("first", "listen"), Listen(2.0)]
    assert play("no thanks <no>", dialogue).said == ["Acme says goodbye."]
    assert play("hello", dialogue).said == ["Hello Bob, this is Acme. Ready?"]


def test_keys_lead_on_and_others_change_nothing() -> None:
    assert play("#9").reason == "do_not_call"
    call = play("#5")
    assert call.steps[1] == ()
    assert call.state == play("").state


def test_digits_are_keyed_in_and_ended_by_hash_or_silence() -> None:
    assert play("yes <yes> | #1 | #2 | ##").said[-1] == "Size one two, thanks."
    assert play("yes <yes> | #4 | ...").collected == {"size": "4"}


def test_a_value_not_had_goes_its_own_way() -> None:
    dialogue = small_dialogue(nodes__size__failed="removed")
    assert play("yes <yes> | blue | green", dialogue).reason == "do_not_call"


def test_corrections_of_a_value_end_too() -> None:
    dialogue = small_dialogue(nodes__size__read_back="Size {size}, right?")
    assert play("yes <yes> | 4 | no 5 | yes", dialogue).collected == {"size": "5"}
    assert play("yes <yes> | 4 | no 5 | no 6", dialogue).reason == "not_understood"


def test_events_out_of_turn_change_nothing() -> None:
    yes = Heard("yes", (("yes", 1.0),))
    moments: list[tuple[State, list[Event]]] = [
        (SMALL.begin(ANN), [Spoken(), StayedSilent(), yes]),
        (play("").state, [Answered(), Spoken()]),
        (play("no <no>").state, [Answered(), Spoken(), StayedSilent(), yes, HungUp()]),
    ]
    for state, untimely in moments:
        for event in untimely:
            assert SMALL.step(state, event) == (state, ())


def test_braces_in_what_is_known_of_a_customer_are_never_spoken() -> None:
    call = play_line(SMALL, "", {"customer_name": "{size}\n Bob"})
    assert call.said == ["Hello size Bob, this is Acme. Ready?"]
