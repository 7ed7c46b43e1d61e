"""How much of what a worker sends at once goes to one server: a slow one must not hold the others' pushes."""

from collections import Counter
from uuid import UUID

AT_ONE_SERVER = 6
"""Of the sixteen that a worker sends at once."""

Chat = tuple[UUID, UUID]
"""A tenant, and a chat of theirs."""


class Shares:
    """Counts what is under way to each server, and who found no room there, the first first."""

    def __init__(self, most: int = AT_ONE_SERVER) -> None:
        self._most = most
        self._held: Counter[str] = Counter()
        self._waiting: dict[str, dict[Chat, None]] = {}

    def take(self, server: str, chat: Chat) -> bool:
        """Return whether there is room at a server, and hold it; else the chat is told of once there is."""
        if self._held[server] >= self._most:
            self._waiting.setdefault(server, {})[chat] = None
            return False
        self._held[server] += 1
        return True

    def give_back(self, server: str) -> Chat | None:
        """Let go of what ``take`` held; return which chat is to be tried now, if any waits."""
        self._held[server] -= 1
        if not self._held[server]:
            del self._held[server]
        waiting = self._waiting.get(server)
        if not waiting:
            return None
        chat = next(iter(waiting))
        del waiting[chat]
        if not waiting:
            del self._waiting[server]
        return chat
