"""Whole calls of the demo's script in Chinese."""

import pytest
from tests.unit.dialogue.plays import WANG_FANG, chinese_script, demo_script, play

from callwright.dialogue.check import check
from callwright.dialogue.duties import Duties
from callwright.dialogue.graph_engine import GraphDialogue

CHINESE = GraphDialogue(chinese_script())

# What the person does | how the call ends | the grade | what was collected
CALLS = [
    ("好的 <yes> | 周二下午两点半 <pick_day> | 对 <yes>", "booked", "A", {"appointment": "周二 14:30"}),
    ("嗯 | 明天上午吧 <pick_day> | 是的", "booked", "A", {"appointment": "明天上午"}),
    ("可以 | 周一 | 不对，周三十点 <no> | 没错", "booked", "A", {"appointment": "周三 10:00"}),
    ("行 | 周四下午四点 | 不，五点 | 对的", "booked", "A", {"appointment": "周四 17:00"}),
    ("周五上午，不对，周六 <pick_day> | 嗯嗯", "booked", "A", {"appointment": "周六上午"}),
    ("好啊 | 周二 | 不对 | 周三 | 对", "booked", "A", {"appointment": "周三"}),
    ("#1 | 十二月五号 <pick_day> | 对对对", "booked", "A", {"appointment": "12月5号"}),
    ("多少钱 <ask_price> | 好 | 周四 <pick_day> | 是", "booked", "A", None),
    ("我在开车 <call_later> | 今晚八点 <call_later>", "call_later", "C", {"callback": "今天 20:00"}),
    ("十分钟后再打 <call_later>", "call_later", "C", {"callback": "十分钟后"}),
    ("不用了 | 行", "remind_later", "C", {}),
    ("不用 | 不用了谢谢", "declined", "E", {}),
    ("我约过了 <already_booked>", "already_booked", "E", {}),
    ("打错了 <wrong_number>", "wrong_number", "F", {}),
    ("别再打了 <do_not_call>", "do_not_call", "F", {}),
    ("... | ... | ...", "silence", "F", {}),
    ("啥啊 | 啥啊 | 啥啊 | 好的", "desk_will_call", "D", {}),
    (
        "多少钱 <ask_price> | 多少钱 <ask_price> | 多少钱 <ask_price> | 多少钱 <ask_price> | 不用",
        "goodbye",
        "D",
        {},
    ),
]


def test_it_can_be_published_where_everything_must_be_disclosed() -> None:
    assert check(chinese_script(), Duties(say_ai=True, say_recorded=True, offer_way_out=True)) == ()


@pytest.mark.parametrize(("line", "reason", "grade", "collected"), CALLS)
def test_calls(line: str, reason: str, grade: str, collected: dict[str, str] | None) -> None:
    call = play(CHINESE, line, WANG_FANG)
    assert (call.reason, call.grade().name) == (reason, grade)
    assert collected is None or call.collected == collected


def test_what_is_said_when_a_day_is_booked() -> None:
    assert play(CHINESE, "好的 | 呃，周二下午两点半吧 <pick_day> | 对", WANG_FANG).said == [
        (
            "您好，王芳。我是海港口腔的智能助手小雅，本次通话会录音。 "
            "您上次检查是今年四月，要不要约下一次？您可以随时说停。"
        ),
        "好的，这个月洗牙免费。 下周哪天方便，上午还是下午？",
        "那就是周二下午两点半，对吗？",
        "好的，给您记下周二下午两点半，前台会发消息跟您确认。再见。",
    ]


def test_it_knows_what_the_english_one_knows_and_has_as_many_examples() -> None:
    assert CHINESE.examples.keys() == GraphDialogue(demo_script()).examples.keys()
    assert all(len(sentences) >= 40 for sentences in CHINESE.examples.values())
