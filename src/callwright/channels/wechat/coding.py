"""Codes that lead whoever scans them to an official account, which then hears who it was."""

from dataclasses import dataclass
from datetime import timedelta

from callwright.channels.errors import WeChatAwayError, WeChatRefusedError
from callwright.channels.wechat.asking import WeChat
from callwright.channels.wechat.port import Account

GOOD_FOR = timedelta(minutes=10)
MAKE = "qrcode/create"


@dataclass(frozen=True, slots=True)
class Code:
    """What is to be drawn as a QR code."""

    url: str


async def make_code(wechat: WeChat, account: Account, scene: str) -> Code:
    """Have a code made that is good for ``GOOD_FOR``. Raises WeChatRefusedError, WeChatAwayError."""
    wanted = {
        "expire_seconds": int(GOOD_FOR.total_seconds()),
        "action_name": "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": scene}},
    }
    said = (await wechat.ask(account, MAKE, wanted)).said
    url = (said.message or {}).get("url")
    if said.done and isinstance(url, str):
        return Code(url)
    if said.code:
        message = str((said.message or {}).get("errmsg", ""))[:200]
        raise WeChatRefusedError(errcode=said.code, errmsg=message, fault=said.fault or "other")
    raise WeChatAwayError(why=said.answer.failure or f"HTTP {said.answer.status}")
