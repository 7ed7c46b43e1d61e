from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialogue import port
from callwright.turns import patience as turns
from callwright.turns.lexicon import LEXICONS, digits, lexicon, normalised
from callwright.turns.patience import Expects, Patience, Said, patience

RULE = Patience()
NAMES = {
    RULE.at_once_ms: "at once",
    RULE.usual_ms: "usual",
    RULE.open_ms: "open",
    RULE.unfinished_ms: "unfinished",
}
expectations = st.sampled_from(get_args(turns.Expects))


def wait(text: str, expects: Expects = "anything", surest: float = 0.3, language: str = "en") -> str:
    return NAMES[patience(RULE, lexicon(language), expects, Said(text, surest))]


def test_a_dialogue_and_turn_taking_expect_the_same_things() -> None:
    assert set(get_args(port.Expects)) == set(get_args(turns.Expects))


@pytest.mark.parametrize(
    "text", ["Yes.", "Yeah, sure.", "No, thank you.", "Mm-hm.", "Okay", "Uh-huh.", "That's right."]
)
def test_a_plain_yes_or_no_is_the_end(text: str) -> None:
    assert wait(text, "yes_or_no") == "at once"
    assert wait(text) == "at once"


@pytest.mark.parametrize("text", ["是的。", "对对对", "嗯嗯", "好的，谢谢。", "不用了，谢谢", "没问题"])
def test_a_plain_yes_or_no_in_chinese_is_the_end(text: str) -> None:
    assert wait(text, "yes_or_no", language="zh") == "at once"


def test_what_is_surely_meant_is_the_end() -> None:
    assert wait("How much does it cost?", surest=0.7) == "at once"
    assert wait("How much does it cost?", surest=0.5) == "usual"


@pytest.mark.parametrize(
    "text",
    [
        "I would like to",
        "Yes, but",
        "Um...",
        "Well, uh,",
        "I could come on the",
        "So my",
        "Hang on.",
        "Yes, and um",
        "If it is today",
        "Because of my back.",
    ],
)
def test_what_can_t_be_all_is_waited_for_however_surely_it_is_meant(text: str) -> None:
    assert wait(text, surest=0.9) == "unfinished"
    assert wait(text, "yes_or_no", surest=0.9) == "unfinished"


@pytest.mark.parametrize("text", ["那个", "我想", "可以，但是", "明天，然后", "呃", "我觉得那个", "如果是明天"])
def test_what_can_t_be_all_is_waited_for_in_chinese(text: str) -> None:
    assert wait(text, surest=0.9, language="zh") == "unfinished"


def test_what_begins_with_a_condition_is_all_once_the_rest_was_said() -> None:
    assert wait("If it is today, I can't come.", surest=0.9) == "at once"


def test_a_sound_without_words_is_not_waited_for() -> None:
    assert wait("") == wait("...") == "at once"


def test_a_question_may_end_with_any_word() -> None:
    assert wait("Who is this from?", surest=0.9) == "at once"


def test_half_a_telephone_number_is_waited_for_and_a_whole_one_is_not() -> None:
    assert wait("Zero seven seven.", "phone") == "unfinished"
    assert wait("It's 0771 234", "phone") == "unfinished"
    assert wait("oh seven double seven, one two three", "phone") == "unfinished"
    assert wait("Oh", "phone") == "open"
    assert wait("I don't have any.", "phone") == "usual"
    assert wait("一三八零零一三八", "phone", language="zh") == "unfinished"


def test_a_number_a_name_and_free_words_may_go_on() -> None:
    assert wait("Twenty-one, four", "number") == "open"
    assert wait("Martin Miller.", "name", surest=0.9) == "open"
    assert wait("Next week would be best.", "text", surest=0.9) == "open"
    assert wait("Next week would be best.", "date", surest=0.9) == "usual"


def test_a_telephone_number_that_may_be_whole_may_go_on() -> None:
    assert wait("077 0090 0123", "phone") == "open"
    assert wait("幺三八零零幺三八零零零", "phone", language="zh") == "open"


def test_digits_are_counted_as_they_are_said() -> None:
    for text, count in (("oh double seven 12 triple x", 6 - 1), ("no digits", 0), ("one hundred", 1)):
        assert digits(lexicon("en"), normalised(lexicon("en"), text)) == count
    assert digits(lexicon("zh"), normalised(lexicon("zh"), "幺三八 0013")) == 7


@given(st.sampled_from(sorted(LEXICONS)), expectations, st.text(max_size=60), st.floats(0, 1), st.floats(0, 1))
def test_there_is_always_an_answer_and_a_surer_intent_never_takes_longer(
    language: str, expects: Expects, text: str, one: float, other: float
) -> None:
    waits = [patience(RULE, lexicon(language), expects, Said(text, surest)) for surest in sorted((one, other))]
    assert RULE.at_once_ms <= waits[1] <= waits[0] <= RULE.unfinished_ms


@given(
    expectations,
    st.lists(st.sampled_from(["come", "Thursday", "would", "fine", "me"]), max_size=8),
)
def test_whatever_was_said_before_a_leading_word_is_not_all(expects: Expects, before: list[str]) -> None:
    assert wait(" ".join([*before, "and"]), expects, surest=1.0) == "unfinished"


@given(st.text(max_size=80))
def test_digits_and_words_of_anything_are_found_without_complaint(text: str) -> None:
    for words in LEXICONS.values():
        assert digits(words, normalised(words, text)) >= 0
        assert normalised(words, normalised(words, text)) == normalised(words, text)
