"""How a browser gets to a call node that talks with it: how many at once, and over which socket."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import UUID

from websockets.asyncio.client import ClientConnection, unix_connect
from websockets.exceptions import WebSocketException

from callwright.kit.errors import ConflictError, UnavailableError

SOCKETS = "talk-*.sock"
MOST_MESSAGE_BYTES = 4 * 1024 * 1024


class TooManyTalksError(ConflictError):
    """{most} people of your company talk with scripts already. Wait until one of them has hung up."""

    code = "too-many-talks"


class TalksBusyError(ConflictError):
    """As many people as this installation takes talk with scripts. Try again in a few minutes."""

    code = "talks-busy"


class NoTalkNodeError(UnavailableError):
    """No call node of this machine talks with browsers. Start one here, with CALLWRIGHT_TALKS above 0."""

    code = "no-talk-node"


class TalkDesk:
    """Lets in so many talks of a company, and so many in all; call nodes have their sockets in ``folder``."""

    def __init__(self, folder: Path, *, of_a_company: int = 2, in_all: int = 8) -> None:
        self._folder = folder
        self._of_a_company = of_a_company
        self._in_all = in_all
        self._held: Counter[UUID] = Counter()

    @contextmanager
    def place(self, tenant_id: UUID) -> Iterator[None]:
        """Hold a place for one talk. Raises TooManyTalksError, TalksBusyError."""
        if self._held[tenant_id] >= self._of_a_company:
            raise TooManyTalksError(most=self._of_a_company)
        if self._held.total() >= self._in_all:
            raise TalksBusyError
        self._held[tenant_id] += 1
        try:
            yield
        finally:
            self._held[tenant_id] -= 1
            self._held = +self._held

    @asynccontextmanager
    async def node(self) -> AsyncIterator[ClientConnection]:
        """Connect to a call node of this machine. Raises NoTalkNodeError."""
        connection = await self._connect()
        async with connection:
            yield connection

    async def _connect(self) -> ClientConnection:
        for path in sorted(self._folder.glob(SOCKETS)):
            try:
                return await unix_connect(str(path), max_size=MOST_MESSAGE_BYTES, compression=None)
            except (OSError, WebSocketException):
                continue  # its node was killed, or is just starting
        raise NoTalkNodeError
