"""Answers leave as soon as they are written."""

import asyncio
import contextlib
import socket

from callwright.settings import Settings
from callwright.wiring.web_address import listener


async def test_no_part_of_an_answer_waits_for_an_acknowledgement() -> None:
    arrived: asyncio.Queue[int] = asyncio.Queue()

    async def tell(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await arrived.put(
            writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        )
        writer.close()

    opened = listener(Settings(web_host="127.0.0.1", web_port=0))
    opened.listen()
    async with await asyncio.start_server(tell, sock=opened) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await arrived.get(), "the end of every answer would come 40 ms late"
        assert await reader.read() == b""
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
