"""Too large a body over a real connection: the answer arrives, whatever length was said and however it is sent."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

import pytest
import uvicorn
from fastapi import FastAPI

from callwright.web.guard import MOST_SCRIPT_BYTES

TOO_MUCH = 3 * MOST_SCRIPT_BYTES
CHUNK = b" " * 65_536
HEAD = "POST /api/v1/scripts HTTP/1.1\r\nHost: callwright.test\r\nContent-Type: application/json\r\n"


@pytest.fixture
async def port(app: FastAPI) -> AsyncIterator[int]:
    """The application behind the server that it runs on."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
    listener = config.bind_socket()
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    yield listener.getsockname()[1]
    server.should_exit = True
    await serving
    listener.close()


async def answer_to(port: int, head: str, body: AsyncIterator[bytes] | None = None) -> tuple[int, str]:
    """Send like a browser: everything first, only then look at the answer; return its status and its code."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(head.encode())
        if body is not None:
            async for part in body:
                writer.write(part)
                await writer.drain()
        answer = await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()
    top, _, content = answer.partition(b"\r\n\r\n")
    return int(top.split(b" ", 2)[1]), json.loads(content)["code"]


async def spaces(*, chunked: bool = False) -> AsyncIterator[bytes]:
    for _ in range(TOO_MUCH // len(CHUNK)):
        yield b"%x\r\n%s\r\n" % (len(CHUNK), CHUNK) if chunked else CHUNK
    if chunked:
        yield b"0\r\n\r\n"


async def test_a_body_that_says_its_length(port: int) -> None:
    assert await answer_to(port, f"{HEAD}Content-Length: {TOO_MUCH}\r\n\r\n", spaces()) == (413, "too-large")


async def test_a_body_in_chunks(port: int) -> None:
    head = f"{HEAD}Transfer-Encoding: chunked\r\n\r\n"
    assert await answer_to(port, head, spaces(chunked=True)) == (413, "too-large")


async def test_a_body_whose_last_byte_is_one_too_many(port: int) -> None:
    async def whole() -> AsyncIterator[bytes]:
        yield b"%x\r\n%s\r\n0\r\n\r\n" % (MOST_SCRIPT_BYTES + 1, b" " * (MOST_SCRIPT_BYTES + 1))

    head = f"{HEAD}Transfer-Encoding: chunked\r\n\r\n"
    assert await answer_to(port, head, whole()) == (413, "too-large")


async def test_who_asks_first_is_told_before_sending(port: int) -> None:
    head = f"{HEAD}Content-Length: {TOO_MUCH}\r\nExpect: 100-continue\r\n\r\n"
    assert await answer_to(port, head) == (413, "too-large")
