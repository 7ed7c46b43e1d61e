"""How much of what a worker sends at once goes to one server: a slow one must not hold the others' pushes."""

from collections import Counter, OrderedDict
from typing import NamedTuple
from uuid import UUID

AT_ONE_SERVER = 6
"""Of the sixteen that a worker sends at once."""
AT_ONE_SERVICE = 10
"""To one that all companies use, which is quick as a rule; when it is not, others still have places."""

Chat = tuple[UUID, UUID]
"""A tenant, and a chat of theirs."""


class Server(NamedTuple):
    """By what a chat is reached, and how much a worker sends to it at once."""

    name: str
    most: int = AT_ONE_SERVER


class Shares:
    """Counts what is under way to each server, and who found no room there, the first first."""

    def __init__(self) -> None:
        self._held: Counter[Server] = Counter()
        self._waiting: dict[Server, OrderedDict[Chat, None]] = {}
        self._called: set[Chat] = set()

    def take(self, server: Server, chat: Chat) -> bool:
        """Return whether there is room at a server, and hold it; else the chat is told of once there is."""
        waiting = self._waiting.setdefault(server, OrderedDict())
        free = self._held[server] < server.most
        if free:
            self._held[server] += 1
            waiting.pop(chat, None)
        elif chat not in waiting:
            waiting[chat] = None
            if chat in self._called:  # it had waited, and another came between
                waiting.move_to_end(chat, last=False)
        self._called.discard(chat)
        self._forget(server)
        return free

    def give_back(self, server: Server) -> Chat | None:
        """Let go of what ``take`` held; return which chat is to be tried now, if any waits."""
        self._held[server] -= 1
        waiting = self._waiting.get(server)
        chat = waiting.popitem(last=False)[0] if waiting else None
        if chat is not None:
            self._called.add(chat)
        self._forget(server)
        return chat

    def _forget(self, server: Server) -> None:
        if not self._held[server]:
            del self._held[server]
        if not self._waiting.get(server):
            self._waiting.pop(server, None)
