"""Chinese, as the engine asks for it."""

import re

from callwright.dialogue.spoken.language import Found, Spoken
from callwright.dialogue.spoken.phones import PHONE_DIGITS
from callwright.dialogue.spoken.text import find_text
from callwright.dialogue.spoken.zh.answers import agrees, is_plain
from callwright.dialogue.spoken.zh.days import find_date
from callwright.dialogue.spoken.zh.everyday import EVERYDAY
from callwright.dialogue.spoken.zh.names import find_name
from callwright.dialogue.spoken.zh.numbers import find_digits, find_number, say_digits, say_figures
from callwright.dialogue.spoken.zh.times import find_moment, find_time, join

_SLOT = re.compile(r"\{[^{}]*\}")
_SLOT_CHARACTERS = "三个字"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9]+")
_WORD_CHARACTERS = 2


def _number(text: str) -> Found | None:
    figures = find_number(text)
    return (figures, say_figures(figures)) if figures else None


def _phone(text: str) -> Found | None:
    digits = find_digits(text)
    return (digits, say_digits(digits)) if len(digits) in PHONE_DIGITS else None


def _characters(text: str) -> int:
    """Return how many characters are spoken; a word in Latin letters counts as two, a variable as three."""
    text = _SLOT.sub(_SLOT_CHARACTERS, text)
    return len(_HAN.findall(text)) + _WORD_CHARACTERS * len(_WORD.findall(text))


CHINESE = Spoken(
    takers={
        "number": _number,
        "phone": _phone,
        "date": find_date,
        "time": find_time,
        "moment": find_moment,
        "name": find_name,
        "text": find_text,
    },
    agrees=agrees,
    plain=is_plain,
    say_digits=say_digits,
    join=join,
    correction=re.compile(
        r"不对不对|不对|说错了?|错了|我是说|我的意思是|应该是|改成|还是|哦?不[,，。]|等等|不不+是?"
    ),
    silence="喂，您还在听吗？",
    not_understood="不好意思，我没听清。",
    length=_characters,
    longest=65,
    too_long="long-prompt-characters",
    # Leftovers of a form, and letters that no Chinese voice has a sound for.
    unspeakable=re.compile(
        r"[<>\[\]【】_|\\^~#*\u0370-\u05ff\u0600-\u06ff\u0900-\u0e7f\u3040-\u30ff\uac00-\ud7af]"
    ),
    disclosures={
        "ai": re.compile(
            r"AI|人工智能|机器人|(?:智能|语音|虚拟|数字)(?:助手|助理|客服|外呼)|自动语音", re.IGNORECASE
        ),
        "recording": re.compile(r"录音|录制|被记录"),
        "way_out": re.compile(
            r"不再(?:打|来电|致电|联系|打扰)|不想(?:再)?接到?|拒接|退订|说停|随时(?:可以)?(?:说|挂|打断|告诉我)"
        ),
    },
    everyday=EVERYDAY,
)
