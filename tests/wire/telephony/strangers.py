"""Peers that speak SIP in a few lines: for what SIPp is too well-mannered to say."""

import asyncio
import re
from types import TracebackType
from typing import Self

from tests.waiting import PATIENCE_S
from tests.wire.telephony.peers import HOST

Address = tuple[str, int]
_COPIED = re.compile(r"^(?:via|from|to|call-id|cseq):.*$", re.IGNORECASE | re.MULTILINE)


def response(request: str, status: str, *headers: str) -> str:
    """Return a response to ``request`` with ``headers``."""
    copied = [line.strip() for line in _COPIED.findall(request)]
    return "\r\n".join([f"SIP/2.0 {status}", *copied, *headers, "Content-Length: 0", "", ""])


class Stranger(asyncio.DatagramProtocol):
    """Answers every request with ``status`` and ``headers``."""

    def __init__(self, status: str, *headers: str) -> None:
        self.requests: list[str] = []
        self._status, self._headers = status, headers
        self._came = asyncio.Event()
        self._transport: asyncio.DatagramTransport | None = None

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(HOST, 0))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._transport is not None
        self._transport.close()
        await asyncio.sleep(0)

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._transport is not None
        return int(self._transport.get_extra_info("sockname")[1])

    def datagram_received(self, data: bytes, address: Address) -> None:
        """Answer."""
        assert self._transport is not None
        request = data.decode()
        self.requests.append(request)
        if self.answers(request):
            self._transport.sendto(response(request, self._status, *self._headers).encode(), address)
        self._came.set()

    def answers(self, _request: str) -> bool:
        """Say whether it answers a request at all."""
        return True

    async def asked(self, times: int) -> None:
        """Wait until so many requests have come."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.requests) < times:
                self._came.clear()
                await self._came.wait()


class LooseRegistrar(Stranger):
    """Accepts every registration, with ``headers`` of its own; it may leave pings unanswered."""

    def __init__(self, *headers: str, answers_pings: bool = True) -> None:
        super().__init__("200 OK", *headers)
        self._answers_pings = answers_pings

    def answers(self, request: str) -> bool:
        """Say whether it answers ``request`` at all."""
        return self._answers_pings or not request.startswith("OPTIONS")


class _Asker(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def datagram_received(self, data: bytes, _: Address) -> None:
        if not self.answer.done():
            self.answer.set_result(data.decode())


async def ask(address: Address, request: str) -> str:
    """Return what ``address`` answers to ``request``."""
    loop = asyncio.get_running_loop()
    transport, asker = await loop.create_datagram_endpoint(_Asker, local_addr=(HOST, 0))
    try:
        host, port = transport.get_extra_info("sockname")
        transport.sendto(request.replace("OWN", f"{host}:{port}").encode(), address)
        async with asyncio.timeout(PATIENCE_S):
            return await asker.answer
    finally:
        transport.close()
        await asyncio.sleep(0)


_serial = iter(range(1_000_000))


def registration(expires: str) -> str:
    """Return a REGISTER that asks to be kept for ``expires``; OWN stands for the sender's address."""
    number = next(_serial)
    return "\r\n".join(
        [
            "REGISTER sip:carrier SIP/2.0",
            f"Via: SIP/2.0/UDP OWN;branch=z9hG4bK{number}",
            f"From: <sip:us@carrier>;tag={number}",
            "To: <sip:us@carrier>",
            f"Call-ID: {number}@stranger",
            "CSeq: 1 REGISTER",
            "Contact: <sip:us@OWN>",
            "Max-Forwards: 70",
            f"Expires: {expires}",
            "Content-Length: 0",
            "",
            "",
        ]
    )
