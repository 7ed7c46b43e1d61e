"""Chinese: what people say and recognisers write, as values and as yes or no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialogue.collecting import take
from callwright.dialogue.parts import ValueKind
from callwright.dialogue.spoken.zh.answers import agrees, is_plain
from callwright.dialogue.spoken.zh.days import find_date
from callwright.dialogue.spoken.zh.numbers import find_digits, say_digits, say_number
from callwright.dialogue.spoken.zh.times import find_time

# What to find | what was heard | how it is kept | how it is said back
VALUES: list[tuple[ValueKind, str, str, str]] = [
    ("number", "四十二", "42", "四十二"),
    ("number", "我今年25岁。", "25", "二十五"),
    ("number", "大概一百五十块吧", "150", "一百五十"),
    ("number", "一百二", "120", "一百二十"),
    ("number", "一百零二个", "102", "一百零二"),
    ("number", "两千零五", "2005", "两千零五"),
    ("number", "三万五", "35000", "三万五千"),
    ("number", "1,200元", "1200", "一千两百"),
    ("number", "５万", "50000", "五万"),
    ("number", "十万", "100000", "十万"),
    ("number", "二点五", "2.5", "二点五"),
    ("number", "就一个", "1", "一"),
    ("number", "等一下，嗯，三个人", "3", "三"),
    ("number", "一亿两千万", "120000000", "一二零零零零零零零"),
    ("phone", "幺三八零零幺三八零零零", "13800138000", "幺三八，零零幺三，八零零零"),
    ("phone", "我的电话是138 0013 8000", "13800138000", "幺三八，零零幺三，八零零零"),
    ("phone", "一三九，四个八，二二二二", "13988882222", "幺三九，八八八八，二二二二"),
    ("phone", "给你一个号码，六二五八幺零零二", "62581002", "六二五八，幺零零二"),
    ("date", "明天", "明天", "明天"),
    ("date", "呃，下周三吧", "下周三", "下周三"),
    ("date", "星期天", "周日", "周日"),
    ("date", "下个礼拜五", "下周五", "下周五"),
    ("date", "这周六可以", "这周六", "这周六"),
    ("date", "十月二号", "10月2号", "十月二号"),
    ("date", "12月5号", "12月5号", "十二月五号"),
    ("date", "二十一号", "21号", "二十一号"),
    ("date", "下个月十五号", "下个月15号", "下个月十五号"),
    ("date", "不是周二，是周三", "周三", "周三"),
    ("date", "周二不行，周四可以", "周四", "周四"),
    ("date", "周一，不对，周二", "周二", "周二"),
    ("date", "坐5号线过去，周六到", "周六", "周六"),
    ("time", "下午三点半", "15:30", "下午三点半"),
    ("time", "两点", "14:00", "下午两点"),
    ("time", "早上九点一刻", "09:15", "上午九点十五分"),
    ("time", "晚上八点零五分", "20:05", "晚上八点零五分"),
    ("time", "差五分十点", "09:55", "上午九点五十五分"),
    ("time", "十点差一刻", "09:45", "上午九点四十五分"),
    ("time", "中午十二点", "12:00", "中午十二点"),
    ("time", "15:30", "15:30", "下午三点半"),
    ("time", "下午", "下午", "下午"),
    ("time", "早一点，上午吧", "上午", "上午"),
    ("time", "三点，不对，四点", "16:00", "下午四点"),
    ("moment", "周四下午两点", "周四 14:00", "周四下午两点"),
    ("moment", "明早九点", "明天 09:00", "明天上午九点"),
    ("moment", "三号三点", "3号 15:00", "三号下午三点"),
    ("moment", "今晚", "今天晚上", "今天晚上"),
    ("moment", "十分钟后", "十分钟后", "十分钟后"),
    ("moment", "过半个小时再打", "半个小时后", "半个小时后"),
    ("moment", "周四四点，不对，五点", "周四 17:00", "周四下午五点"),
    ("moment", "等会儿吧", "等会儿", "等会儿"),
    ("name", "我姓王", "王", "王"),
    ("name", "免贵姓欧阳", "欧阳", "欧阳"),
    ("name", "我叫李小明。", "李小明", "李小明"),
    ("name", "嗯，我的名字是张伟", "张伟", "张伟"),
    ("name", "姓李，木子李", "李", "李"),
    ("name", "王芳", "王芳", "王芳"),
    ("name", "王先生", "王先生", "王先生"),
    ("name", "叫我小陈就行", "小陈", "小陈"),
    ("name", "我叫David", "David", "David"),
    ("text", " 牙 {疼} ", "牙 疼", "牙 疼"),
]

NONE: list[tuple[ValueKind, str]] = [
    ("number", "不知道"),
    ("number", "等一下"),
    ("number", "一定一定"),
    ("phone", "一二三"),
    ("date", "随便"),
    ("date", "周二不行"),
    ("time", "便宜一点"),
    ("time", "早点吧"),
    ("moment", "我不知道"),
    ("name", "是的"),
    ("name", "你是谁"),
    ("name", "方便"),
    ("name", "你怎么知道我名字"),
    ("name", "我不想告诉你"),
]


@pytest.mark.parametrize(("what", "heard", "kept", "spoken"), VALUES)
def test_values(what: ValueKind, heard: str, kept: str, spoken: str) -> None:
    assert take(what, heard, language="zh") == (kept, spoken)


@pytest.mark.parametrize(("what", "heard"), NONE)
def test_words_without_the_value(what: ValueKind, heard: str) -> None:
    assert take(what, heard, language="zh") is None


@given(st.integers(min_value=0, max_value=99_999_999))
def test_a_number_in_words_is_the_number(number: int) -> None:
    assert take("number", say_number(number), language="zh") == (str(number), say_number(number))


@given(st.text(alphabet="0123456789", max_size=20))
def test_digits_in_words_are_the_digits(digits: str) -> None:
    assert find_digits(say_digits(digits)) == digits


@given(st.integers(min_value=0, max_value=23), st.integers(min_value=0, max_value=59))
def test_a_time_in_words_is_the_time(hour: int, minute: int) -> None:
    early = "凌晨" if hour < 6 else "早上" if hour < 8 else ""
    found = find_time(f"{early}{hour}点{minute}分")
    assert found is not None
    assert found[0] == f"{hour:02}:{minute:02}"
    assert find_time(found[1]) == found


@given(st.integers(min_value=1, max_value=12), st.integers(min_value=1, max_value=31))
def test_a_date_in_words_is_the_date(month: int, day: int) -> None:
    found = find_date(f"{month}月{day}日")
    assert found is not None
    assert found[0] == f"{month}月{day}号"
    assert find_date(found[1]) == found


@given(st.sampled_from(["", "这", "下"]), st.sampled_from("一二三四五六日"), st.integers(8, 20))
def test_a_moment_in_words_is_the_moment(week: str, day: str, hour: int) -> None:
    found = take("moment", f"{week}周{day}{hour}点", language="zh")
    assert found is not None
    assert take("moment", found[1], language="zh") == found


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("是的", True),
        ("对", True),
        ("嗯。", True),
        ("嗯嗯", True),
        ("好的好的", True),
        ("没错", True),
        ("没问题", True),
        ("可以啊", True),
        ("行", True),
        ("对，就这样", True),
        ("不", False),
        ("不是", False),
        ("不对，是周三", False),
        ("嗯，不用了", False),
        ("没有", False),
        ("不需要，谢谢", False),
        ("不好意思", None),
        ("是不是周三", None),
        ("你是谁", None),
        ("那个", None),
        ("不知道", None),
        ("什么", None),
        ("", None),
    ],
)
def test_yes_and_no_by_the_words_alone(text: str, agreed: bool | None) -> None:
    assert agrees(text) is agreed


@pytest.mark.parametrize(
    ("text", "plain"),
    [("好的", True), ("嗯，对对对", True), ("不用了谢谢", True), ("好的，周三吧", False), ("不要再打了", False)],
)
def test_a_plain_answer_says_nothing_else(text: str, plain: bool) -> None:
    assert is_plain(text) is plain
