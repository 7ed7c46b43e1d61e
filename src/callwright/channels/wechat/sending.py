"""Template messages to people who follow a company's official account."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from callwright.channels.chat_port import ChatAnswer, Delivered, Told
from callwright.channels.wechat.asking import Asked, WeChat
from callwright.channels.wechat.faults import FINAL, WeChatFault
from callwright.channels.wechat.forms import filled

SEND = "message/template/send"


class WeChatChats:
    """Hands what is told to followers; an address names tenant, app and follower."""

    def __init__(self, wechat: WeChat) -> None:
        self._wechat = wechat

    async def send(self, kind: str, address: Mapping[str, str], told: Told) -> ChatAnswer:
        """Hand ``told`` to the follower at ``address``; never raises for the other side's faults."""
        account = await self._wechat.accounts.account(UUID(address["tenant_id"]))
        if account is None or account.app_id != address["app_id"]:
            return ChatAnswer(Delivered.UNREACHED, failure=WeChatFault.NO_ACCOUNT, final=True)
        template = account.customers if told.of_customer else account.notices
        message: dict[str, Any] = {
            "touser": address["openid"],
            "template_id": template.id,
            "data": filled(template, told.parts),
        }
        if told.link:
            message["url"] = told.link
        return _answer(await self._wechat.ask(account, SEND, message))


def _answer(asked: Asked) -> ChatAnswer:
    said, last = asked.said, asked.said.answer
    if asked.opened and said.done:
        return ChatAnswer(Delivered.TAKEN, last.text)
    fault = said.fault or ""
    if last.failure is not None:
        arrived = asked.opened and last.connected
        return ChatAnswer(Delivered.UNANSWERED if arrived else Delivered.UNREACHED, last.text, last.failure)
    if said.code is not None:
        return ChatAnswer(Delivered.REFUSED, last.text, fault, final=fault in FINAL)
    # Something else than WeChat's own words: whether the message is on its way is not known.
    text = f"{last.status} {last.text}".strip()
    return ChatAnswer(Delivered.UNANSWERED if asked.opened else Delivered.REFUSED, text)
