from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.turns import patience as turns
from callwright.turns.interjections import Interjections, SaidOver, is_interjection
from callwright.turns.lexicon import LEXICONS, lexicon
from callwright.turns.patience import Expects

RULE = Interjections()
LISTENING = {
    "en": [
        "Mm-hm.",
        "Mm-hmm",
        "Mhm.",
        "Uh-huh.",
        "Right.",
        "Okay.",
        "Yeah.",
        "Yeah, okay.",
        "I see.",
        "Oh, right.",
        "Mm.",
    ],
    "zh": ["嗯", "嗯嗯", "对", "对对对", "好的", "是的", "哦", "嗯，好的。", "明白", "行"],
}
TAKING = {
    "en": [
        "Mm, hold on.",
        "No.",
        "Stop.",
        "Wait a second.",
        "Right, but who are you?",
        "Yes I want that.",
        "Sorry?",
    ],
    "zh": ["等一下", "不用了", "你是谁？", "好的但是我没时间", "别打了", "嗯不对"],
}
listening = [(language, text) for language, texts in LISTENING.items() for text in texts]
taking = [(language, text) for language, texts in TAKING.items() for text in texts]
expectations = st.sampled_from(get_args(turns.Expects))


def leaves_us_the_floor(
    text: str,
    expects: Expects = "anything",
    language: str = "en",
    *,
    speech_ms: int = 400,
    left_ms: int = 3000,
    confidence: float = 0.7,
) -> bool:
    return is_interjection(RULE, lexicon(language), expects, SaidOver(text, confidence, speech_ms), left_ms)


@pytest.mark.parametrize(("language", "text"), listening)
def test_who_only_listens_leaves_us_the_floor(language: str, text: str) -> None:
    for expects in get_args(turns.Expects):
        assert leaves_us_the_floor(text, expects, language)


@pytest.mark.parametrize(("language", "text"), taking)
def test_who_says_anything_else_takes_it(language: str, text: str) -> None:
    for expects in get_args(turns.Expects):
        assert not leaves_us_the_floor(text, expects, language)


def test_a_yes_as_a_question_of_yes_or_no_is_nearly_over_answers_it() -> None:
    assert not leaves_us_the_floor("Yeah.", "yes_or_no", left_ms=900)
    assert leaves_us_the_floor("Yeah.", "yes_or_no", left_ms=1100)
    assert not leaves_us_the_floor("Yeah.", "anything", left_ms=300)
    assert leaves_us_the_floor("Yeah.", "anything", left_ms=900)


def test_a_yes_is_no_telephone_number_however_late_it_comes() -> None:
    assert leaves_us_the_floor("Yeah.", "phone", left_ms=20)


def test_a_hum_that_is_taken_for_words_with_little_confidence_leaves_us_the_floor() -> None:
    assert leaves_us_the_floor("Mummy?", confidence=0.15)
    assert not leaves_us_the_floor("No.", confidence=0.6)
    assert not leaves_us_the_floor("My mother is not at home today", confidence=0.15, speech_ms=1000)


def test_a_sound_without_words_leaves_us_the_floor_unless_it_is_long() -> None:
    assert leaves_us_the_floor("", speech_ms=600)
    assert not leaves_us_the_floor("", speech_ms=1500)


@given(st.sampled_from(listening), expectations, st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 500))
def test_the_more_there_is_to_say_the_rather_we_go_on(
    said: tuple[str, str], expects: Expects, speech_ms: int, left_ms: int, more: int
) -> None:
    language, text = said
    goes_on = leaves_us_the_floor(text, expects, language, speech_ms=speech_ms, left_ms=left_ms)
    assert leaves_us_the_floor(text, expects, language, speech_ms=speech_ms, left_ms=left_ms + more) >= goes_on
    assert leaves_us_the_floor(text, expects, language, speech_ms=speech_ms + more, left_ms=left_ms) <= goes_on


@given(st.sampled_from(sorted(LEXICONS)), expectations, st.text(min_size=1, max_size=40))
def test_a_word_that_is_none_of_listening_always_takes_it(language: str, expects: Expects, text: str) -> None:
    other = "stop" if language == "en" else "停"
    assert not leaves_us_the_floor(f"{text} {other}", expects, language)
