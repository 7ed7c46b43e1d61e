"""The speech server: models loaded once per machine, in their own process so that no recognition delays a frame."""

import asyncio
import socket
from collections.abc import Callable

import structlog
from threadpoolctl import threadpool_limits

from callwright.speech.server.config import SpeechServerConfig
from callwright.speech.server.engines import Engines, loaded
from callwright.speech.server.listening import bound, claimed
from callwright.speech.server.session import Session

__all__ = ["SpeechServerConfig", "serve"]

log = structlog.get_logger(__name__)


async def serve(config: SpeechServerConfig, ready: Callable[[], None] | None = None) -> None:
    """Serve until cancelled. Clients are let in, and ``ready`` is called, once every model is warm.

    Raises SpeechServerRunningError, SocketPathError, ModelFileError, UnknownProviderError, ProviderOptionError.
    """
    # The algebra under the engines would start a spinning thread per core for each operation, and take longer.
    with claimed(config.socket), bound(config.socket) as listener, threadpool_limits(limits=1):
        async with loaded(config) as engines:
            with threadpool_limits(limits=1):  # once more for the libraries that loading brought in
                await _listen(listener, engines, ready)


async def _listen(listener: socket.socket, engines: Engines, ready: Callable[[], None] | None) -> None:
    sessions: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = asyncio.create_task(Session(engines, reader, writer).run())
        sessions.add(session)
        session.add_done_callback(sessions.discard)

    server = await asyncio.start_unix_server(connected, sock=listener)
    log.info("speech server ready", socket=listener.getsockname())
    if ready is not None:
        ready()
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        server.close()
        for session in sessions:
            session.cancel()
        await asyncio.gather(*sessions, return_exceptions=True)
