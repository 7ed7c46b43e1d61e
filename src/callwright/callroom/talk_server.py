"""Where talks by microphone come in: a Unix socket beside the speech server's, on which WebSockets are spoken.

The web process lets people in and passes their frames on; it has asked who they are and what they may. Whoever can
open the socket is trusted: its folder is private.
"""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import structlog
from websockets.asyncio.server import ServerConnection, unix_serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from callwright.callroom.talk_news import Message
from callwright.callroom.talking import TalkRequest, Talks, request_from
from callwright.kit.errors import CallwrightError
from callwright.telephony.browser.engine import BrowserCall, BrowserEngine

MOST_MESSAGE_BYTES = 4 * 1024 * 1024
"""A script with its variables; frames are small."""
MOST_FRAMES_WAITING = 100
"""Two seconds of sound: a browser that takes none for so long hears silence rather than the past."""
AGAIN_S = 10.0
GOODBYE_S = 15.0
"""How long a talk may take to end once its browser is gone."""

log = structlog.get_logger(__name__)


async def serve_talks(path: Path, talks: Talks, stop: asyncio.Event, *, again_s: float = AGAIN_S) -> None:
    """Take talks at ``path`` until ``stop`` is set; those under way then go on until this is cancelled.

    Where the socket can't be opened it is tried again: no call of the node suffers from it.
    """
    while not stop.is_set():
        try:
            await _serve(path, talks, stop)
        except Exception:
            log.exception("talks can't be taken", socket=str(path))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(again_s):
                    await stop.wait()


async def _serve(path: Path, talks: Talks, stop: asyncio.Event) -> None:
    async def connected(socket: ServerConnection) -> None:
        assert isinstance(socket, _Connection)
        with socket.in_place():
            await _Session(socket, talks).run()

    def let_in(socket: ServerConnection, _request: Request) -> Response | None:
        # Refused before it has begun, so that whoever asks can try another node.
        assert isinstance(socket, _Connection)
        if stop.is_set() or not socket.take_place(talks):
            return socket.respond(HTTPStatus.SERVICE_UNAVAILABLE, "")
        return None

    with _ours(path):
        async with unix_serve(
            connected,
            str(path),
            max_size=MOST_MESSAGE_BYTES,
            compression=None,
            process_request=let_in,
            create_connection=_Connection,
        ) as server:
            await stop.wait()
            server.close(close_connections=False)
            await server.wait_closed()


@contextlib.contextmanager
def _ours(path: Path) -> Iterator[None]:
    path.unlink(missing_ok=True)  # a node that was killed leaves it; no two nodes have one number
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


class _Connection(ServerConnection):
    """A browser's connection, whose place is taken as it is let in, so that none is let in for nothing."""

    _place: Talks | None = None
    _session_begun = False

    def take_place(self, talks: Talks) -> bool:
        """Take a place for the talk to come; return whether there was one."""
        if talks.take_place():
            self._place = talks
        return self._place is not None

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        """Keep the place, whatever becomes of the connection, until the talk is over."""
        self._session_begun = True
        try:
            yield
        finally:
            self._leave_place()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave the place where the connection broke before its session began."""
        super().connection_lost(exc)
        if not self._session_begun:
            self._leave_place()

    def _leave_place(self) -> None:
        if self._place is not None:
            self._place.leave_place()
            self._place = None


class _Session:
    """One browser: what it sends into its call, what is said and told out of it."""

    def __init__(self, socket: ServerConnection, talks: Talks) -> None:
        self._socket = socket
        self._talks = talks
        self._waiting: deque[bytes | str] = deque()
        self._frames_waiting = 0
        self._news = asyncio.Event()
        self._over = False

    async def run(self) -> None:
        """Hold the talk."""
        try:
            request = request_from(await self._socket.recv())
        except ConnectionClosed:
            return
        except CallwrightError as error:
            await self._refuse(error)
            return
        browser = BrowserEngine(self)
        talking = asyncio.create_task(self._hold(request, browser), name="talk")
        reading = asyncio.create_task(self._read(browser.call), name="talk-in")
        writing = asyncio.create_task(self._write(), name="talk-out")
        try:
            await asyncio.wait({talking, reading}, return_when=asyncio.FIRST_COMPLETED)
            browser.call.left()
            await asyncio.wait({talking}, timeout=GOODBYE_S)
        finally:
            for task in (talking, reading):
                task.cancel()
            await asyncio.gather(talking, reading, return_exceptions=True)
            self._over = True
            self._news.set()
            await asyncio.gather(writing, return_exceptions=True)

    def send(self, frame: bytes) -> None:
        """Have a frame sent, unless too many wait."""
        if self._frames_waiting < MOST_FRAMES_WAITING:
            self._frames_waiting += 1
            self._waiting.append(frame)
            self._news.set()

    def _tell(self, message: Message) -> None:
        self._waiting.append(json.dumps(message))
        self._news.set()

    async def _hold(self, request: TalkRequest, browser: BrowserEngine) -> None:
        try:
            await self._talks.hold(request, browser, self._tell)
        except CallwrightError as error:
            log.info("talk not held", code=error.code)
            self._tell({"type": "refused", "code": error.code, "detail": str(error)})
        except Exception:
            log.exception("talk failed")
            self._tell({"type": "refused", "code": "internal", "detail": "An error in the call node."})

    async def _read(self, call: BrowserCall) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for message in self._socket:
                if isinstance(message, bytes):
                    call.took(message)
                    continue
                told = json.loads(message)
                if told["type"] == "key":
                    call.pressed(told["digit"])
                elif told["type"] == "hang_up":
                    call.left()

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            while self._waiting or not self._over:
                self._news.clear()
                while self._waiting:
                    message = self._waiting.popleft()
                    self._frames_waiting -= isinstance(message, bytes)
                    await self._socket.send(message)
                if not self._over:
                    await self._news.wait()

    async def _refuse(self, error: CallwrightError) -> None:
        with contextlib.suppress(ConnectionClosed):
            await self._socket.send(json.dumps({"type": "refused", "code": error.code, "detail": str(error)}))
