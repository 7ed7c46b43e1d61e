"""One client's connection: reads requests, answers each when it is ready."""

import asyncio
from typing import Any

import structlog

from callwright.kit.errors import CallwrightError
from callwright.speech.errors import SpeechRequestError
from callwright.speech.protocol import (
    NO_REQUEST,
    FrameError,
    FrameReader,
    Message,
    Operation,
    encode,
    error_reply,
)
from callwright.speech.server.engines import Engines
from callwright.speech.server.operations import carry_out

_READ_BYTES = 1 << 16

log = structlog.get_logger(__name__)


class Session:
    """Serves one connection until it closes, then withdraws whatever it had asked for."""

    def __init__(self, engines: Engines, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._engines = engines
        self._reader = reader
        self._writer = writer
        self._answering: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Answer until the client closes, breaks the protocol, or this task is cancelled."""
        frames = FrameReader()
        try:
            while data := await self._reader.read(_READ_BYTES):
                for message in frames.feed(data):
                    self._take(message)
        except FrameError as error:
            log.warning("speech client broke the protocol", why=str(error))
            self._writer.write(encode(error_reply(NO_REQUEST, error)))
        except ConnectionError:
            pass
        finally:
            await self._end()

    def _take(self, message: Message) -> None:
        request_id = message["id"]
        if message.get("op") == Operation.CANCEL:
            if (task := self._answering.get(request_id)) is not None:
                task.cancel()
        elif request_id in self._answering or request_id == NO_REQUEST:
            error = SpeechRequestError(why=f"the id {request_id} is in use")
            self._writer.write(encode(error_reply(request_id, error)))
        else:
            task = asyncio.create_task(self._answer(message))
            self._answering[request_id] = task
            task.add_done_callback(lambda _: self._answering.pop(request_id, None))

    async def _answer(self, request: Message) -> None:
        reply: dict[str, Any]
        try:
            reply = {"id": request["id"], "ok": await carry_out(self._engines, request)}
            frame = encode(reply)
        except CallwrightError as error:
            frame = encode(error_reply(request["id"], error))
        try:
            self._writer.write(frame)
            await self._writer.drain()
        except ConnectionError:
            pass

    async def _end(self) -> None:
        tasks = list(self._answering.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._writer.close()
