"""What a call says that is in no script: that something failed, that nobody is free."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from callwright.dialogue.confirming import CodeWords
from callwright.dialogue.parts import Language


@dataclass(frozen=True, slots=True)
class OwnWords:
    """One language's. ``apology`` ends a call that can't go on; ``promise``, where they are called again.

    ``hold`` is for whoever answers while no AI seat is free, ``lost`` for whom none became free; ``lost_caller`` is
    its ``{caller}`` where that is known. ``abroad`` is a number that is dialled with its country code.
    ``pressed`` tells of a key, where words are kept. ``code`` is for the phone on which somebody wants to hear a
    script.
    """

    apology: str
    promise: str
    hold: str
    lost: str
    lost_caller: str
    abroad: str
    pressed: str
    code: CodeWords


ENGLISH = OwnWords(
    apology="I am sorry, we have a technical problem. Goodbye.",
    promise="I am sorry, we have a technical problem. We will call you again. Goodbye.",
    hold="One moment, please. We will be right with you.",
    lost="Sorry, all our lines are busy. {caller} We may call you again later. Goodbye.",
    lost_caller="This was {company}, number {number}.",
    abroad="plus {digits}",
    pressed="Pressed {digit}",
    code=CodeWords(
        ask=(
            "Hello. This is an automatic test call. "
            "If you asked for it, please key in the four digits on your screen."
        ),
        wrong="That is not the code. Please key in the four digits on your screen.",
        sorry="Sorry for the trouble. This was only a test call. Goodbye.",
    ),
)
CHINESE = OwnWords(
    apology="很抱歉，我们的系统出了点问题。再见。",
    promise="很抱歉，我们的系统出了点问题。我们稍后再给您打电话。再见。",
    hold="请稍等，马上为您接通。",
    lost="很抱歉，线路现在全忙。{caller}我们可能稍后再给您打电话。再见。",
    lost_caller="这里是{company}，电话号码是{number}。",
    abroad="加{digits}",
    pressed="按了{digit}键",
    code=CodeWords(
        ask="您好，这是一个自动测试电话。如果是您本人申请的，请按下屏幕上显示的四位数字。",
        wrong="验证码不对，请再按一次屏幕上显示的四位数字。",
        sorry="打扰了，很抱歉，这只是一个测试电话。再见。",
    ),
)
OWN_WORDS: Mapping[Language, OwnWords] = MappingProxyType({"en": ENGLISH, "zh": CHINESE})
