"""Places for talks by microphone, and the way to the call nodes of this machine."""

import fcntl
import itertools
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import UUID

from websockets.asyncio.client import ClientConnection, unix_connect
from websockets.exceptions import InvalidStatus, WebSocketException

from callwright.kit.errors import ConflictError, UnavailableError

SOCKETS = "talk-*.sock"
MOST_MESSAGE_BYTES = 4 * 1024 * 1024


class TooManyTalksError(ConflictError):
    """{most} people of your company talk with scripts already. Wait until one of them has hung up."""

    code = "too-many-talks"


class TalksFullError(UnavailableError):
    """As many people as the call nodes here take talk with scripts. Try again when one of them has hung up."""

    code = "talks-full"


class NoTalkNodeError(UnavailableError):
    """No call node of this machine talks with browsers. Start one here, with CALLWRIGHT_TALKS above 0."""

    code = "no-talk-node"


class TalkDesk:
    """Lets in so many talks of a company, whichever web process of this machine they come to.

    Call nodes have their sockets in ``folder``, and say themselves how many talks they hold.
    """

    def __init__(self, folder: Path, *, of_a_company: int) -> None:
        self._folder = folder
        self._of_a_company = of_a_company
        self._turn = itertools.count()

    @contextmanager
    def place(self, tenant_id: UUID) -> Iterator[None]:
        """Hold a place for one talk. Raises TooManyTalksError."""
        place = self._take(tenant_id)
        try:
            yield
        finally:
            os.close(place)

    def _take(self, tenant_id: UUID) -> int:
        """Lock one of the company's places, which the system lets go of should this process die."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for number in range(self._of_a_company):
            place = os.open(self._folder / f"talk-{tenant_id}-{number}.lock", os.O_CREAT | os.O_RDWR, 0o600)
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(place)
            else:
                return place
        raise TooManyTalksError(most=self._of_a_company)

    @asynccontextmanager
    async def node(self) -> AsyncIterator[ClientConnection]:
        """Connect to a call node of this machine that has room. Raises TalksFullError, NoTalkNodeError."""
        connection = await self._connect()
        async with connection:
            yield connection

    async def _connect(self) -> ClientConnection:
        full = False
        for path in self._in_turn():
            try:
                return await unix_connect(str(path), max_size=MOST_MESSAGE_BYTES, compression=None)
            except InvalidStatus:
                full = True  # or stopping
            except (OSError, WebSocketException):
                continue  # its node was killed, or is just starting
        raise TalksFullError if full else NoTalkNodeError

    def _in_turn(self) -> list[Path]:
        """Return the nodes' sockets, each time another one first."""
        paths = sorted(self._folder.glob(SOCKETS))
        first = next(self._turn) % max(1, len(paths))
        return paths[first:] + paths[:first]
