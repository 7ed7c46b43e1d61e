"""What is told to whoever was called in vain."""

from pathlib import Path

import pytest
from tests.fakes.dialogue import AnsweringDialogue

from callwright.callroom.hold_messages import hold_messages
from callwright.callroom.plan import CallPlan
from callwright.callroom.prompt_cache import Voice
from callwright.callroom.settings import RoomSettings
from callwright.dialogue.parts import Language
from callwright.telephony.port import Originate


def lost(number: str, to: str, company: str = "Acme", language: Language = "en") -> str:
    dialogue = AnsweringDialogue(lambda event: [])
    plan = CallPlan(
        Originate("line", to, number), dialogue, {}, Path("call.wav"), Voice(language=language), company=company
    )
    return hold_messages(RoomSettings(), plan).lost


@pytest.mark.parametrize(
    ("number", "to", "said"),
    [
        ("+442079460123", "+447700900123", "zero two zero, seven nine four, six zero one, two three"),
        ("+442079460123", "+12125550123", "plus four four two, zero seven nine, four six zero, one two three"),
        ("4001", "100", "four zero zero, one"),
    ],
    ids=["at home", "abroad", "no number of any country"],
)
def test_the_number_is_said_as_it_is_dialled(number: str, to: str, said: str) -> None:
    assert f" This was Acme, number {said}. " in lost(number, to)


def test_a_name_with_braces_is_said_as_it_is() -> None:
    assert "This was {Acme} {number}, number" in lost("4001", "100", "{Acme} {number}")


def test_in_chinese_the_number_is_said_as_it_is_in_china() -> None:
    said = lost("+8613800138000", "+8613912345678", "海港口腔", "zh")
    assert "这里是海港口腔，电话号码是幺三八，零零幺三，八零零零。" in said
    abroad = lost("+8613800138000", "+12125550123", "海港口腔", "zh")
    assert "电话号码是加八六幺三" in abroad.replace("，", "")


def test_nobody_is_named_where_nobody_is_known() -> None:
    assert lost("4001", "100", "") == "Sorry, all our lines are busy. We may call you again later. Goodbye."
