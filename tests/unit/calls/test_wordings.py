"""Wordings: which are the same, which are near; and scripts taught them."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from tests.unit.dialogue.small import small_script

from callwright.calls.wordings import Asked, grouped, wording_of
from callwright.dialogue.faults import ScriptInvalidError
from callwright.kit.errors import NotFoundError
from callwright.scripts.teaching import NewQuestion, teach

AT = datetime(2026, 3, 2, tzinfo=UTC)


def asked(text: str, times: int = 1) -> Asked:
    return Asked(wording_of(text), text, times, AT, UUID(int=0), (), ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Do you take card?", "do you, take card", True),
        ("ＣＡＲＤ", "card", True),
        ("多少钱？", "多少钱", True),
        ("do you take card", "do you take cash", False),
        ("it's", "its", False),
    ],
)
def test_the_same_wording(one: str, other: str, same: bool) -> None:
    assert (wording_of(one) == wording_of(other)) is same


def test_near_wordings_stand_with_the_most_frequent() -> None:
    found = grouped(
        [
            asked("do you take card"),
            asked("and do you take card", 5),
            asked("is there parking", 4),
            asked("可以刷卡吗", 2),
            asked("请问可以刷卡吗"),
            asked("你们在哪里"),
        ]
    )
    assert [([one.text for one in group.asked], group.times) for group in found] == [
        (["and do you take card", "do you take card"], 6),
        (["is there parking"], 4),
        (["可以刷卡吗", "请问可以刷卡吗"], 3),
        (["你们在哪里"], 1),
    ]


def test_a_script_is_taught() -> None:
    script = small_script()
    assert teach(script, "yes", ["Yes", "sure thing"]).intents["yes"].examples == ("yes", "sure thing")
    assert teach(script, "price", ["what is it"]).knowledge["price"].wordings == ("how much", "what is it")
    new = teach(script, NewQuestion("价格", "免费。"), ["多少钱"]).knowledge["question"]
    assert (new.label, new.answer, new.wordings) == ("价格", "免费。", ("多少钱",))
    assert "price_2" in teach(script, NewQuestion("Price!", "None."), ["what is it"]).knowledge
    with pytest.raises(NotFoundError, match="intent or question nothing"):
        teach(script, "nothing", ["x"])
    with pytest.raises(ScriptInvalidError):
        teach(script, "yes", ["x" * 201])
