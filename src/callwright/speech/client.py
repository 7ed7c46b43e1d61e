"""A speech server, reached over its socket."""

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import structlog

from callwright.kit.errors import CallwrightError
from callwright.speech.port import (
    IntentScore,
    Pcm,
    Recognition,
    SpeechDeadlineError,
    SpeechUnavailableError,
    Voice,
)
from callwright.speech.protocol import (
    FrameError,
    FrameReader,
    Message,
    Operation,
    Priority,
    encode,
    error_of,
)

_READ_BYTES = 1 << 16
_FIRST_WAIT_S = 0.05
_LONGEST_WAIT_S = 2.0
_SMALL_TALK_S = 5.0

log = structlog.get_logger(__name__)

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class SpeechClient:
    """The recogniser, synthesiser and intent classifier of a speech server.

    One connection is shared by any number of requests at once. When the server goes away, what was asked fails with
    SpeechUnavailableError, and so does what is asked until the connection, tried again ever more slowly (0.05 to
    2 s), stands again.
    """

    def __init__(self, path: Path, priority: Priority, streams: Streams | None, *, keeps: bool = False) -> None:
        self._path = path
        self._keeps = keeps
        self._priority = priority
        self._ids = itertools.count(1)
        self._pending: dict[int, asyncio.Future[Message | CallwrightError]] = {}
        self._writer: asyncio.StreamWriter | None = streams[1] if streams else None
        self._keeper = asyncio.create_task(self._keep_connected(streams), name="speech-client")

    @classmethod
    def reaching(cls, path: str | Path, *, priority: Priority = Priority.LIVE, keeps: bool = False) -> Self:
        """Return a client of the server at ``path``, whether it is there or not: it is looked for until it is.

        What one that ``keeps`` has spoken stays on the server's disk: give it nothing that is about a person.
        """
        return cls(Path(path), priority, None, keeps=keeps)

    @classmethod
    async def connect(
        cls, path: str | Path, *, priority: Priority = Priority.LIVE, keeps: bool = False, wait_s: float = 0.0
    ) -> Self:
        """Connect to the server at ``path``, waiting up to ``wait_s`` for it to be ready.

        Give ``Priority.AHEAD`` where nobody waits for the answers. Raises SpeechUnavailableError.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + wait_s
        while True:
            try:
                return cls(Path(path), priority, await asyncio.open_unix_connection(path), keeps=keeps)
            except OSError as error:
                if loop.time() >= until:
                    raise SpeechUnavailableError(address=path, why=error.strerror or str(error)) from None
            await asyncio.sleep(_FIRST_WAIT_S)

    async def recognise(self, pcm: Pcm, *, language: str = "en", deadline_s: float = 5.0) -> Recognition:
        """Return the words of ``pcm``, 8 kHz ``int16``. Raises SpeechDeadlineError, SpeechUnavailableError."""
        audio = pcm.astype("<i2", copy=False).tobytes()
        heard = await self._ask(Operation.RECOGNISE, "recogniser", deadline_s, pcm=audio, language=language)
        return Recognition(**heard)

    async def synthesise(
        self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
    ) -> Pcm:
        """Return ``text`` spoken, at 8 kHz. ``voice`` is the provider's name, empty for the language's own."""
        saying = {"text": text, "voice": voice, "speed": speed, "language": language, "keep": self._keeps}
        spoken = await self._ask(Operation.SYNTHESISE, "synthesiser", deadline_s, **saying)
        return np.frombuffer(spoken, "<i2").astype(np.int16)

    async def voices(self, *, deadline_s: float = 5.0) -> list[Voice]:
        """Return every voice, a language's own first. Raises SpeechDeadlineError, SpeechUnavailableError."""
        found = await self._ask(Operation.VOICES, "synthesiser", deadline_s)
        return [Voice(*voice) for voice in found]

    async def classify(
        self, text: str, examples: Mapping[str, Sequence[str]], *, deadline_s: float = 5.0
    ) -> list[IntentScore]:
        """Return every intent with its score, best first.

        The first question about a set of examples trains it, about 10 ms per example sentence.
        """
        plain = {intent: list(sentences) for intent, sentences in examples.items()}
        ranked = await self._ask(Operation.CLASSIFY, "intent classifier", deadline_s, text=text, examples=plain)
        return [IntentScore(intent, score) for intent, score in ranked]

    async def ping(self) -> None:
        """Return once the server has answered. Raises SpeechDeadlineError, SpeechUnavailableError."""
        await self._ask(Operation.PING, "speech server", _SMALL_TALK_S)

    async def stats(self) -> dict[str, dict[str, float]]:
        """Return per engine what waits and what became of the rest: see ``server.lane.LaneCounts``."""
        counts: dict[str, dict[str, float]] = await self._ask(Operation.STATS, "speech server", _SMALL_TALK_S)
        return counts

    async def close(self) -> None:
        """Close the connection; what still waits fails with SpeechUnavailableError."""
        self._keeper.cancel()
        await asyncio.gather(self._keeper, return_exceptions=True)

    async def _ask(self, operation: Operation, what: str, deadline_s: float, **fields: Any) -> Any:
        writer = self._writer
        if writer is None:
            raise self._unavailable("it is not connected")
        request_id = next(self._ids)
        frame = encode(
            {"id": request_id, "op": operation, "deadline_s": deadline_s, "priority": self._priority, **fields}
        )
        answer = asyncio.get_running_loop().create_future()
        self._pending[request_id] = answer
        try:
            async with asyncio.timeout(deadline_s):
                return await self._answered(writer, frame, answer)
        except TimeoutError:
            self._withdraw(request_id)
            raise SpeechDeadlineError(what=what, deadline_s=deadline_s) from None
        except asyncio.CancelledError:
            self._withdraw(request_id)
            raise
        finally:
            del self._pending[request_id]

    async def _answered(
        self, writer: asyncio.StreamWriter, frame: bytes, answer: asyncio.Future[Message | CallwrightError]
    ) -> Any:
        try:
            writer.write(frame)
            await writer.drain()
        except ConnectionError:
            raise self._unavailable("the connection broke") from None
        reply = await answer
        if isinstance(reply, CallwrightError):
            raise reply
        return reply["ok"]

    def _withdraw(self, request_id: int) -> None:
        if self._writer is not None:
            self._writer.write(encode({"id": request_id, "op": Operation.CANCEL}))

    async def _keep_connected(self, streams: Streams | None) -> None:
        try:
            streams = streams or await self._reconnect()
            while True:
                reader, self._writer = streams
                await self._read_until_lost(reader)
                self._lose("the connection broke")
                log.warning("speech server lost", path=str(self._path))
                streams = await self._reconnect()
                log.info("speech server back", path=str(self._path))
        finally:
            self._lose("this client was closed")

    async def _read_until_lost(self, reader: asyncio.StreamReader) -> None:
        frames = FrameReader()
        try:
            while data := await reader.read(_READ_BYTES):
                for reply in frames.feed(data):
                    self._settle(reply)
        except (ConnectionError, FrameError):
            return

    def _settle(self, reply: Message) -> None:
        answer = self._pending.get(reply["id"])
        if answer is not None and not answer.done():
            answer.set_result(reply if "ok" in reply else error_of(reply))

    def _lose(self, why: str) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        for answer in self._pending.values():
            if not answer.done():
                answer.set_result(self._unavailable(why))

    async def _reconnect(self) -> Streams:
        wait_s = _FIRST_WAIT_S
        while True:
            await asyncio.sleep(wait_s)
            try:
                return await asyncio.open_unix_connection(self._path)
            except OSError:
                wait_s = min(wait_s * 2, _LONGEST_WAIT_S)

    def _unavailable(self, why: str) -> SpeechUnavailableError:
        return SpeechUnavailableError(address=self._path, why=why)
