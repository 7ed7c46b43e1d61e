import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialogue.spoken.sentences import joined, sentences


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("Hello.", ["Hello."]),
        ("Hello there, Maria. How are you today?", ["Hello there, Maria.", "How are you today?"]),
        ("Yes. That is on Tuesday.", ["Yes. That is on Tuesday."]),
        ("This is Dr. Smith. He is here at 3.30 today.", ["This is Dr. Smith.", "He is here at 3.30 today."]),
        (
            "您好，这里是海港牙科诊所打来的。请问您现在方便说话吗？",
            ["您好，这里是海港牙科诊所打来的。", "请问您现在方便说话吗？"],
        ),
        ("好的。给您记下周二下午；前台会跟您确认！", ["好的。给您记下周二下午；", "前台会跟您确认！"]),
        ("您可以说“不用打了。”我们就不再来电……再见。", ["您可以说“不用打了。”", "我们就不再来电……", "再见。"]),
        (
            "我们在海港路十二号，图书馆旁边，走路过来大概十分钟，开车的话后面可以停车。",
            ["我们在海港路十二号，图书馆旁边，", "走路过来大概十分钟，", "开车的话后面可以停车。"],
        ),
        ('You can say "stop." Then we stop calling.', ['You can say "stop."', "Then we stop calling."]),
    ],
)
def test_sentences(text: str, cut: list[str]) -> None:
    assert sentences(text) == tuple(cut)


@pytest.mark.parametrize("text", ["Hello there, Maria. How are you today?", "您好，这里是海港牙科。请问您方便吗？"])
def test_sentences_are_put_together_as_they_were(text: str) -> None:
    assert joined(sentences(text)) == text


@given(st.text(alphabet="ab .!?。，好”；…", max_size=120))
def test_nothing_is_lost_or_added(text: str) -> None:
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")
