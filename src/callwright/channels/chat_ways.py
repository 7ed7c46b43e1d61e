"""Each kind of chat by the way that leads to it."""

from collections.abc import Mapping

from callwright.channels.addresses import Reach
from callwright.channels.chat_apprise import ANSWER_READ, AppriseChats
from callwright.channels.chat_mail import MailChats
from callwright.channels.chat_port import ChatAnswer, Chats
from callwright.channels.http import GuardedHttp

MAIL = "mail"


class EveryChat:
    """Hands texts to chats of every kind, as far as ``reach`` goes. ``close`` it at the end."""

    def __init__(self, reach: Reach) -> None:
        self._http = GuardedHttp(reach, most_read=ANSWER_READ)
        self._mail, self._others = MailChats(reach), AppriseChats(self._http)

    def close(self) -> None:
        """Let go of the threads."""
        self._mail.close()
        self._others.close()
        self._http.close()

    async def send(self, kind: str, address: Mapping[str, str], text: str) -> ChatAnswer:
        """Hand ``text`` to the chat of ``kind`` at ``address``; never raises for the other side's faults."""
        way: Chats = self._mail if kind == MAIL else self._others
        return await way.send(kind, address, text)
