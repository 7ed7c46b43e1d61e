"""Each kind of chat by the way that leads to it."""

from collections.abc import Mapping

from callwright.channels.addresses import Reach
from callwright.channels.chat_apprise import ANSWER_READ, AppriseChats
from callwright.channels.chat_kinds import WECHAT
from callwright.channels.chat_mail import MailChats
from callwright.channels.chat_port import ChatAnswer, TextChats, Told
from callwright.channels.http import GuardedHttp
from callwright.channels.wechat.asking import BASE, WeChat
from callwright.channels.wechat.port import Accounts
from callwright.channels.wechat.sending import WeChatChats
from callwright.kit.clock import SystemClock

MAIL = "mail"


class EveryChat:
    """Hands texts to chats of every kind, as far as ``reach`` goes. ``close`` it at the end.

    ``accounts`` are companies' official accounts of WeChat, which is asked at ``wechat_at``.
    """

    def __init__(self, reach: Reach, accounts: Accounts, *, wechat_at: str = BASE) -> None:
        self._http = GuardedHttp(reach, most_read=ANSWER_READ)
        self._mail, self._others = MailChats(reach), AppriseChats(self._http)
        self._wechat = WeChatChats(WeChat(self._http, accounts, SystemClock(), base=wechat_at))

    def close(self) -> None:
        """Let go of the threads."""
        self._mail.close()
        self._others.close()
        self._http.close()

    async def send(self, kind: str, address: Mapping[str, str], told: Told) -> ChatAnswer:
        """Hand ``told`` to the chat of ``kind`` at ``address``; never raises for the other side's faults."""
        if kind == WECHAT:
            return await self._wechat.send(kind, address, told)
        way: TextChats = self._mail if kind == MAIL else self._others
        return await way.send(kind, address, told.text)
