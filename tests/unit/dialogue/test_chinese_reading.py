"""What is written in figures and signs, as a Chinese voice says it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialogue.spoken.zh.numbers import find_digits, say_digits
from callwright.dialogue.spoken.zh.reading import read_aloud


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026年11月28日14:30", "二零二六年十一月二十八日十四点三十分"),
        ("2026-11-28", "二零二六年十一月二十八日"),
        ("2026/1/5上午9:05", "二零二六年一月五日上午九点零五分"),
        ("2:00到4:00", "两点到四点"),
        ("9:00-18:00", "九点到十八点"),
        ("13800138000", "幺三八，零零幺三，八零零零"),
        ("+86 138-0013-8000", "加八六，幺三八，零零幺三，八零零零"),
        ("010-12345678", "零幺零，幺二三四，五六七八"),
        ("400-820-8820", "四零零，八二零，八八二零"),
        ("尾号8842的卡", "尾号八八四二的卡"),
        ("验证码是0472", "验证码是零四七二"),
        ("302室", "三零二室"),
        ("5月12号300人", "五月十二号三百人"),
        ("￥1,200", "一千两百元"),
        ("检查19.90元", "检查十九点九元"),
        ("$2", "两美元"),
        ("500元/月", "五百元每月"),
        ("优惠15%", "优惠百分之十五"),
        ("打8.5折", "打八点五折"),
        ("三分之一是1/3", "三分之一是三分之一"),
        ("3-5天", "三到五天"),
        ("-5度，26℃", "负五度,二十六摄氏度"),
        ("第2位，2个人，12个，2楼", "第二位,两个人,十二个,二楼"),
        ("一共1500000元", "一共一百五十万元"),
        ("张三·李 & 王五", "张三 李 和 王五"),
        ("您好😊👍🏽", "您好"),
        ("５０％", "百分之五十"),
        ("WiFi密码", "WiFi密码"),
        ("a@b.com", "a at b点com"),
    ],
)
def test_figures_and_signs_are_read_as_people_read_them(written: str, said: str) -> None:
    assert read_aloud(written) == said


@given(st.text(alphabet="0123456789.,:-/+%¥$元点分月日号年人 ()第一", max_size=30))
def test_no_figure_is_left_over(written: str) -> None:
    assert not re.search(r"\d", read_aloud(written))


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
def test_a_mobile_number_is_said_whole_figure_by_figure(number: str) -> None:
    assert read_aloud(f"请打{number}。") == f"请打{say_digits(number)}。"
    assert find_digits(say_digits(number)) == number
