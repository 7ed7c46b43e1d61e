"""Chinese text as the phonemes that Kokoro learned."""

import contextlib

import pytest
from hibari.g2p import G2P
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

from callwright.dialogue.spoken.zh.reading import read_aloud
from callwright.speech.errors import UnsayableTextError
from callwright.speech.providers.kokoro_files import vocabulary
from callwright.speech.providers.mandarin_sounds import _syllable, mandarin_sounds


@pytest.fixture(scope="module")
def english() -> G2P:
    return G2P()


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("您好，我是安娜。", "ni↗n xau↓, wo↓ ʂɨ↘ a→n na↘."),
        ("周四去吗？", "ꭧou→sɨ↘ ʨʰy↘ ma?"),
        ("银行，行走", "i↗nxa↗ŋ, ɕi↗ŋʦou↓"),
        ("“旅游”（绿色）", "ly↓jou↗ ly↘sɤ↘"),
        ("5个", "u↓ kɤ↘"),
    ],
)
def test_words_tones_and_pauses(text: str, sounds: str, english: G2P) -> None:
    assert mandarin_sounds(text, english).replace(" ", "") == sounds.replace(" ", "")


def test_latin_letters_are_read_in_english_among_the_chinese(english: G2P) -> None:
    sounds = mandarin_sounds("请连WiFi，找VIP客户Anna。", english)
    assert "wˈI" in sounds
    assert english("Anna") in sounds
    assert english("V I P") in sounds


@pytest.mark.parametrize(
    ("text", "sign"), [("こんにちは", "こ"), ("您好Привет", "П"), ("a|b", "|"), ("您<好", "<")]
)
def test_what_has_no_sound_is_named(text: str, sign: str, english: G2P) -> None:
    with pytest.raises(UnsayableTextError, match="Write it in words") as caught:
        mandarin_sounds(text, english)
    assert sign in str(caught.value.fields["signs"])


@given(st.text(max_size=40))
def test_any_text_is_said_or_what_can_not_be_is_named(text: str) -> None:
    said = [sign for sign in read_aloud(text) if sign.isalnum()]
    with contextlib.suppress(UnsayableTextError):
        assert mandarin_sounds(text, lambda word: word) or not said


def test_every_syllable_of_the_language_has_sounds_that_the_model_knows() -> None:
    known = set(vocabulary())
    said = {
        one
        for sign in PINYIN_DICT
        for one in pinyin(chr(sign), style=Style.TONE3, neutral_tone_with_five=True, heteronym=True)[0]
    }
    assert len(said) > 1300
    # The model has no sign for ê, m and hm as such, which no word of a script has.
    assert {one for one in said if not set(_syllable(one)) <= known} == set()
