"""Requests to addresses that a company chose: guarded, bounded in time and bytes, and never led on elsewhere."""

import asyncio
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Any

import httpcore

from callwright.channels.addresses import Reach, Target, choose, inner, read_target
from callwright.channels.errors import OutsideAddressError

TIMEOUT_S = 10.0
"""For everything: looking the name up, connecting, sending, the answer."""
MOST_READ = 2048
"""Bytes of an answer; what follows is not waited for."""
LOOKING_UP = 16


class Failure(StrEnum):
    """Why there is no answer."""

    REFUSED_ADDRESS = "refused_address"
    """It leads inside, or may not be called otherwise."""
    NAME = "name"
    """The name can't be looked up."""
    CONNECTION = "connection"
    ENCRYPTION = "encryption"
    """TLS could not be agreed upon, or its certificate does not hold."""
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"
    """What came back is no HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: a status with the beginning of the text, or why there is none."""

    took_ms: int
    status: int | None = None
    text: str = ""
    failure: Failure | None = None
    connected: bool = True
    """Whether anything may have been sent: a connection stood, with its encryption."""

    @property
    def succeeded(self) -> bool:
        """Whether the other side took it."""
        return self.status is not None and 200 <= self.status < 300


class GuardedHttp:
    """Sends to whatever ``reach`` allows. ``close`` it at the end."""

    def __init__(
        self,
        reach: Reach,
        *,
        timeout_s: float = TIMEOUT_S,
        most_read: int = MOST_READ,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.reach = reach
        self._timeout_s = timeout_s
        self._most_read = most_read
        self._tls = tls or httpcore.default_ssl_context()
        # Names that nobody answers for must not use up the threads in which others compute.
        self._threads = ThreadPoolExecutor(LOOKING_UP, thread_name_prefix="names")

    def close(self) -> None:
        """Let go of what looks names up."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def post(self, url: str, content: bytes, headers: Mapping[str, str]) -> Answer:
        """Send ``content`` and return what came of it, never raising for the other side's faults."""
        return await self.request("POST", url, content, headers)

    async def request(self, method: str, url: str, content: bytes, headers: Mapping[str, str]) -> Answer:
        """Ask ``method`` of ``url`` and return what came of it, never raising for the other side's faults."""
        begun = time.monotonic()
        status, text, failure = None, "", None
        sent = _Sent()
        try:
            async with asyncio.timeout(self._timeout_s):
                status, text = await self._send(method, read_target(url, self.reach), content, headers, sent)
        except Exception as error:
            failure = _failure(error)
            if failure is None:
                raise
        return Answer(round((time.monotonic() - begun) * 1000), status, text, failure, sent.begun)

    async def _send(
        self, method: str, target: Target, content: bytes, headers: Mapping[str, str], sent: "_Sent"
    ) -> tuple[int, str]:
        network = _Network(target, self.reach, self._threads)
        # A connection of its own for each: what was checked is what is connected to.
        async with (
            httpcore.AsyncConnectionPool(ssl_context=self._tls, network_backend=network, max_connections=1) as pool,
            pool.stream(
                method,
                target.url,
                headers=list(headers.items()),
                content=content,
                extensions={"trace": sent.note},
            ) as response,
        ):
            read = b""
            async for part in response.aiter_stream():
                read += part
                if len(read) >= self._most_read:
                    break
            return response.status, read[: self._most_read].decode(errors="replace").replace(
                "\0", "\N{REPLACEMENT CHARACTER}"
            )


class _Sent:
    """Whether a request began to be sent."""

    def __init__(self) -> None:
        self.begun = False

    async def note(self, happened: str, _facts: Mapping[str, Any]) -> None:
        """Take down what httpcore tells of."""
        self.begun = self.begun or happened.endswith("send_request_headers.started")


class _Network(httpcore.AsyncNetworkBackend):
    """Connects to the addresses of one target, each checked just before."""

    def __init__(self, target: Target, reach: Reach, threads: ThreadPoolExecutor) -> None:
        self._target = target
        self._reach = reach
        self._threads = threads
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        found = await self._look_up(host, port)
        error: Exception = OutsideAddressError(address=host, why="its name leads nowhere")
        for address in choose(self._target, found, self._reach):
            try:
                stream = await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                error = refused
                continue
            await self._check_connected(stream)
            return stream
        raise error

    async def _look_up(self, host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _addresses, host, port)
        return list(dict.fromkeys(found))

    async def _check_connected(self, stream: httpcore.AsyncNetworkStream) -> None:
        """Refuse what turned out to be this very machine, by whichever of its addresses."""
        connected = stream.get_extra_info("socket")
        ours, theirs = connected.getsockname()[0], connected.getpeername()[0]
        if ours == theirs and not self._reach.allows(inner(ip_address(theirs.partition("%")[0]))):
            await stream.aclose()
            raise OutsideAddressError(address=self._target.host, why="it is this machine")


def _addresses(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _failure(error: Exception) -> Failure | None:
    match error:
        case OutsideAddressError():
            return Failure.REFUSED_ADDRESS
        case TimeoutError() | httpcore.TimeoutException():
            return Failure.TIMEOUT
        case socket.gaierror() | UnicodeError():
            return Failure.NAME
        case ssl.SSLError():
            return Failure.ENCRYPTION
        case httpcore.ConnectError() if isinstance(error.__cause__, ssl.SSLError) or "SSL" in str(error):
            return Failure.ENCRYPTION
        case httpcore.NetworkError() | OSError():
            return Failure.CONNECTION
        case httpcore.ProtocolError() | httpcore.UnsupportedProtocol():
            return Failure.PROTOCOL
    return None
