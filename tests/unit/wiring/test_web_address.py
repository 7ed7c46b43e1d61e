"""Answers leave as soon as they are written."""

import asyncio
import contextlib
import socket

import pytest

from callwright import settings
from callwright.wiring.web_address import listener


async def test_no_part_of_an_answer_waits_for_an_acknowledgement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLWRIGHT_WEB_PORT", "0")
    arrived: asyncio.Queue[int] = asyncio.Queue()

    async def tell(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await arrived.put(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    opened = listener(settings.load())
    opened.listen()
    async with await asyncio.start_server(tell, sock=opened) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await arrived.get(), "the end of every answer would come 40 ms late"
        assert await reader.read() == b""
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
