"""Who only listens, by the words a recogniser made of it."""

import pytest
from tests.unit.dialogue.plays import chinese_script, demo_script

from callwright.dialogue.graph import Script
from callwright.turns.lexicon import lexicon, only_listens

HEEDED = ("do_not_call", "wrong_number", "call_later")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mm-hm."),
        ("en", "Thank you."),
        ("en", "Okay, thanks."),
        ("en", "Thanks for watching!"),
        ("en", "Thank you for watching."),
        ("en", "you"),
        ("en", "Subtitles by the Amara.org community"),
        ("zh", "嗯。"),
        ("zh", "谢谢。"),
        ("zh", "好的,谢谢您"),
        ("zh", "谢谢观看"),
        ("zh", "字幕由Amara.org社群提供"),
        ("zh", "字幕志愿者 李宗盛"),
        ("zh", "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目"),
    ],
)
def test_a_hum_a_courtesy_and_what_recognisers_make_of_noise_only_listen(language: str, text: str) -> None:
    assert only_listens(lexicon(language), text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", ""),
        ("en", "No."),
        ("en", "Thank you, don't call me again."),
        ("en", "Okay, wrong number."),
        ("en", "Thanks, I'm driving, call later."),
        ("en", "You stop."),
        ("zh", "不用了,谢谢"),
        ("zh", "谢谢,别再打了"),
        ("zh", "好的,打错了"),
        ("zh", "字幕别再打了"),
    ],
)
def test_who_says_anything_more_is_heard(language: str, text: str) -> None:
    assert not only_listens(lexicon(language), text)


@pytest.mark.parametrize("script", [demo_script(), chinese_script()], ids=["en", "zh"])
def test_no_wording_of_what_is_heeded_at_any_moment_only_listens(script: Script) -> None:
    examples = [text for name in HEEDED for text in script.intents[name].examples]
    courtesies = ("", "Okay, thank you, ") if script.language.startswith("en") else ("", "好的,谢谢,")
    words = lexicon(script.language[:2])
    assert len(examples) > len(HEEDED)
    assert [text for text in examples for courtesy in courtesies if only_listens(words, courtesy + text)] == []
