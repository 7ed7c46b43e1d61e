"""Template messages to people who follow a company's official account."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from callwright.channels.chat_port import ChatAnswer, ChatFault, Delivered, Told
from callwright.channels.wechat.asking import Asked, WeChat
from callwright.channels.wechat.faults import FINAL, GONE, WeChatFault
from callwright.channels.wechat.forms import filled, is_titled
from callwright.channels.wechat.port import Account
from callwright.kit.errors import UnavailableError

SEND = "message/template/send"


class WeChatChats:
    """Hands what is told to followers; an address names tenant, app and follower."""

    def __init__(self, wechat: WeChat) -> None:
        self._wechat = wechat

    async def send(self, kind: str, address: Mapping[str, str], told: Told) -> ChatAnswer:
        """Hand ``told`` to the follower at ``address``; never raises for the other side's faults."""
        try:
            return await self._send(address, told)
        except UnavailableError:
            # Accounts and tokens are looked up and kept before the message goes, or after its token was refused.
            return ChatAnswer(Delivered.UNREACHED, failure=ChatFault.UNREADY)

    async def _send(self, address: Mapping[str, str], told: Told) -> ChatAnswer:
        account = await self._wechat.accounts.account(UUID(address["tenant_id"]))
        if account is None or account.app_id != address["app_id"]:
            return ChatAnswer(Delivered.UNREACHED, failure=WeChatFault.NO_ACCOUNT, final=True, gone=True)
        if told.of_customer and not is_titled(account.customers):
            return ChatAnswer(Delivered.UNREACHED, failure=WeChatFault.NO_TITLE, final=True)
        return _answer(await self._wechat.ask(account, SEND, _message(account, address["openid"], told)))


def _message(account: Account, openid: str, told: Told) -> dict[str, Any]:
    template = account.customers if told.of_customer else account.notices
    message = {"touser": openid, "template_id": template.id, "data": filled(template, told.parts)}
    return {**message, "url": told.link} if told.link else message


def _answer(asked: Asked) -> ChatAnswer:
    said, last = asked.said, asked.said.answer
    # What answers who asks for a token may hold one, and what is kept of answers is read by people.
    text = last.text if asked.opened else said.refusal
    if asked.opened and said.done:
        return ChatAnswer(Delivered.TAKEN, text)
    fault = said.fault or ""
    if last.failure is not None:
        arrived = asked.opened and last.connected
        return ChatAnswer(Delivered.UNANSWERED if arrived else Delivered.UNREACHED, text, last.failure)
    if said.code is not None:
        return ChatAnswer(Delivered.REFUSED, text, fault, final=fault in FINAL, gone=fault in GONE)
    # Something else than WeChat's own words: whether the message is on its way is not known.
    text = f"{last.status} {text}".strip()
    return ChatAnswer(Delivered.UNANSWERED if asked.opened else Delivered.REFUSED, text)
