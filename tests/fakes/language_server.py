"""A server that speaks OpenAI's chat completions over real HTTP, and misbehaves as it is told to."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Manner = Callable[["Exchange"], Awaitable[None]]


@dataclass
class Exchange:
    """One request and the way to answer it."""

    writer: asyncio.StreamWriter
    body: dict[str, Any]

    async def begin(self, status: str = "200 OK", kind: str = "text/event-stream") -> None:
        """Send the head of an answer."""
        self.writer.write(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n".encode())
        await self.writer.drain()

    async def event(self, data: str) -> None:
        """Send one server-sent event."""
        self.writer.write(f"data: {data}\n\n".encode())
        await self.writer.drain()

    async def delta(self, finish: str | None = None, **delta: Any) -> None:
        """Send a piece of the answer."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        await self.event(json.dumps(self._chunk([choice])))

    async def usage(self, tokens: int) -> None:
        """Send what was used, and the end."""
        used = {"prompt_tokens": tokens - 10, "completion_tokens": 10, "total_tokens": tokens}
        await self.event(json.dumps(self._chunk([]) | {"usage": used}))
        await self.event("[DONE]")

    def _chunk(self, choices: list[Any]) -> dict[str, Any]:
        return {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": choices}


@dataclass
class LanguageServer:
    """Answers each request in the next of ``manners``, the last one for ever; ``answering`` so many now."""

    address: str = ""
    manners: list[Manner] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    answering: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request on one connection."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next(
                int(line.split(":")[1]) for line in head.lower().split("\r\n") if "content-length" in line
            )
            body = json.loads(await reader.readexactly(length))
            self.heads.append(head)
            self.asked.append(body)
            self.answering += 1
            manner = self.manners.pop(0) if len(self.manners) > 1 else self.manners[0]
            try:
                await _until_gone(reader, manner(Exchange(writer, body)))
            finally:
                self.answering -= 1
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _until_gone(reader: asyncio.StreamReader, answering: Awaitable[None]) -> None:
    """Answer, until the other side hangs up."""
    answer, gone = asyncio.ensure_future(answering), asyncio.create_task(reader.read())
    try:
        await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        answer.cancel()
        done = await asyncio.gather(answer, gone, return_exceptions=True)
    if isinstance(done[0], Exception):
        raise done[0]


@asynccontextmanager
async def language_server(*manners: Manner) -> AsyncGenerator[LanguageServer]:
    """Serve on loopback, each request in the next of ``manners``."""
    served = LanguageServer(manners=list(manners))
    busy: set[asyncio.Task[Any]] = set()

    def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(served.serve(reader, writer))
        busy.add(task)
        task.add_done_callback(busy.discard)

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    served.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield served
    finally:
        server.close()
        for task in busy:
            task.cancel()
        await asyncio.gather(*busy, return_exceptions=True)
        await server.wait_closed()


# How it may answer --------------------------------------------------------------------------------------------


def says(*pieces: str, tokens: int = 100) -> Manner:
    """Answer with words, in pieces."""

    async def manner(exchange: Exchange) -> None:
        await exchange.begin()
        for piece in pieces:
            await exchange.delta(content=piece)
        await exchange.delta("stop")
        await exchange.usage(tokens)

    return manner


def calls(name: str, arguments: str) -> Manner:
    """Answer with a tool call whose arguments come in two pieces."""

    async def manner(exchange: Exchange) -> None:
        await exchange.begin()
        half = len(arguments) // 2
        first = {
            "index": 0,
            "id": "t1",
            "type": "function",
            "function": {"name": name, "arguments": arguments[:half]},
        }
        await exchange.delta(tool_calls=[first])
        await exchange.delta(tool_calls=[{"index": 0, "function": {"arguments": arguments[half:]}}])
        await exchange.delta("tool_calls")
        await exchange.usage(50)

    return manner


async def never_answers(exchange: Exchange) -> None:
    """Take the request and say nothing."""
    await asyncio.Event().wait()


async def falls_silent(exchange: Exchange) -> None:
    """Begin a sentence and say no more."""
    await exchange.begin()
    await exchange.delta(content="Well, let me")
    await asyncio.Event().wait()


async def breaks_off(exchange: Exchange) -> None:
    """Close the connection in the middle of a sentence."""
    await exchange.begin()
    await exchange.delta(content="A service costs 40 dollars. And")


async def never_ends(exchange: Exchange) -> None:
    """Write for ever."""
    await exchange.begin()
    while True:
        await exchange.delta(content="Well then, that is good to hear. ")
        await asyncio.sleep(0)


async def writes_no_json(exchange: Exchange) -> None:
    """Send what is no JSON."""
    await exchange.begin()
    await exchange.event("{this is not json")


async def writes_another_shape(exchange: Exchange) -> None:
    """Send JSON that is no answer."""
    await exchange.begin()
    await exchange.event('{"choices": [{"delta": "text"}]}')


async def is_overloaded(exchange: Exchange) -> None:
    """Refuse with 503."""
    await exchange.begin("503 Service Unavailable", "application/json")
    exchange.writer.write(b'{"error": {"message": "overloaded"}}')
    await exchange.writer.drain()


async def leads_elsewhere(exchange: Exchange) -> None:
    """Redirect to another server."""
    exchange.writer.write(b"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:9/v1\r\nContent-Length: 0\r\n\r\n")
    await exchange.writer.drain()


FAILING: dict[Manner, str] = {
    never_answers: "slow",
    falls_silent: "silent",
    breaks_off: "cut_off",
    writes_no_json: "cut_off",
    writes_another_shape: "cut_off",
    is_overloaded: "refused",
    leads_elsewhere: "refused",
}
"""Manners that come to no answer, and why there is none."""
