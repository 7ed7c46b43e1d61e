"""One SMPP session: bound as a transceiver, with requests under way both ways, until it breaks or is unbound."""

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from callwright.channels.smpp.pdus import (
    HEADER,
    RESPONSE,
    BrokenPduError,
    Command,
    Pdu,
    Status,
    bind_transceiver,
    body_size,
)

MOST_SEQUENCE = 0x7FFFFFFF
AT_ONCE = 20
"""Messages of the network's that are being kept at once."""
Deliver = Callable[[Pdu], Awaitable[int]]
"""Keeps what a deliver_sm brought and returns the status to answer with."""


@dataclass(frozen=True, slots=True)
class SmppAddress:
    """Where the network is, and who we are there."""

    host: str
    port: int
    system_id: str
    password: str = field(repr=False)
    system_type: str = ""
    encrypted: bool = False
    window: int = 10
    """Requests that may wait for their answers."""
    answer_s: float = 10.0
    enquire_s: float = 30.0
    """So long after the last sign of life it is asked for one."""


class BindRefusedError(Exception):
    """The network does not let us in."""

    def __init__(self, status: int) -> None:
        super().__init__(f"bind refused with status {status:#x}")
        self.status = status


class NoAnswerError(Exception):
    """A request was sent, and nobody knows what came of it."""


class SessionOverError(Exception):
    """The session is over: nothing was sent."""


class SmppSession:
    """Opened by :func:`open_session`; over once :attr:`over` is set."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: SmppAddress) -> None:
        self.over = asyncio.Event()
        self._reader = reader
        self._writer = writer
        self._address = address
        self._sequence = 0
        self._waiting: dict[int, asyncio.Future[Pdu]] = {}
        self._window = asyncio.Semaphore(address.window)
        self._keeping: set[asyncio.Task[None]] = set()
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._heard = asyncio.Event()

    async def request(self, command: int, body: bytes = b"") -> Pdu:
        """Send a request and return its answer. Raises SessionOverError, NoAnswerError."""
        async with self._window:
            if self.over.is_set():
                raise SessionOverError
            self._sequence = self._sequence % MOST_SEQUENCE + 1
            sequence = self._sequence
            answer: asyncio.Future[Pdu] = asyncio.get_running_loop().create_future()
            self._waiting[sequence] = answer
            try:
                async with asyncio.timeout(self._address.answer_s):
                    self._writer.write(Pdu(command, sequence, body=body).encoded())
                    await self._writer.drain()
                    return await answer
            except (TimeoutError, OSError):
                raise NoAnswerError from None
            finally:
                self._waiting.pop(sequence, None)

    async def serve(self, deliver: Deliver) -> None:
        """Take what comes until the session is over. Raises BrokenPduError where the other side talks nonsense."""
        asking = asyncio.create_task(self._ask_for_life(), name="smpp-life")
        try:
            while True:
                pdu = await self._read()
                self._heard.set()
                if pdu.command & RESPONSE:
                    self._answered(pdu)
                elif not await self._asked(pdu, deliver):
                    return
        except (asyncio.IncompleteReadError, OSError):
            return
        finally:
            self._end()
            asking.cancel()
            for one in self._keeping:
                one.cancel()
            await asyncio.gather(asking, *self._keeping, return_exceptions=True)

    async def unbind(self) -> None:
        """Take leave, where anybody listens, and hang up."""
        if not self.over.is_set():
            with contextlib.suppress(NoAnswerError, SessionOverError):
                await self.request(Command.UNBIND)
        self._end()

    def _end(self) -> None:
        self.over.set()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(NoAnswerError())
        self._writer.close()

    async def _read(self) -> Pdu:
        size, command, status, sequence = body_size(await self._reader.readexactly(HEADER.size))
        return Pdu(command, sequence, status, await self._reader.readexactly(size))

    def _answered(self, pdu: Pdu) -> None:
        waiting = self._waiting.get(pdu.sequence)
        if waiting is not None and not waiting.done():
            waiting.set_result(pdu)

    async def _asked(self, pdu: Pdu, deliver: Deliver) -> bool:
        """Answer a request of the network's; return whether the session goes on."""
        if pdu.command == Command.DELIVER_SM:
            await self._at_once.acquire()
            keeping = asyncio.create_task(self._keep(pdu, deliver), name="smpp-keep")
            self._keeping.add(keeping)
            keeping.add_done_callback(self._keeping.discard)
        elif pdu.command in (Command.ENQUIRE_LINK, Command.UNBIND):
            await self._send(pdu.answer())
        else:
            await self._send(Pdu(Command.GENERIC_NACK, pdu.sequence, Status.UNKNOWN_COMMAND))
        return pdu.command != Command.UNBIND

    async def _keep(self, pdu: Pdu, deliver: Deliver) -> None:
        try:
            status = await deliver(pdu)
            with contextlib.suppress(OSError):
                await self._send(pdu.answer(status))
        finally:
            self._at_once.release()

    async def _send(self, pdu: Pdu) -> None:
        self._writer.write(pdu.encoded())
        await self._writer.drain()

    async def _ask_for_life(self) -> None:
        while True:
            self._heard.clear()
            try:
                async with asyncio.timeout(self._address.enquire_s):
                    await self._heard.wait()
            except TimeoutError:
                with contextlib.suppress(SessionOverError):
                    try:
                        await self.request(Command.ENQUIRE_LINK)
                    except NoAnswerError:
                        self._end()
                        return


async def open_session(address: SmppAddress) -> SmppSession:
    """Connect and bind. Raises OSError, TimeoutError, BindRefusedError, BrokenPduError."""
    tls = ssl.create_default_context() if address.encrypted else None
    async with asyncio.timeout(address.answer_s):
        reader, writer = await asyncio.open_connection(address.host, address.port, ssl=tls)
        try:
            body = bind_transceiver(address.system_id, address.password, address.system_type)
            writer.write(Pdu(Command.BIND_TRANSCEIVER, 1, body=body).encoded())
            size, _, status, _ = body_size(await reader.readexactly(HEADER.size))
            await reader.readexactly(size)
        except asyncio.IncompleteReadError:
            writer.close()
            raise ConnectionResetError from None
        except BaseException:
            writer.close()
            raise
    if status not in (Status.OK, Status.ALREADY_BOUND):
        writer.close()
        raise BindRefusedError(status)
    return SmppSession(reader, writer, address)


__all__ = ["BrokenPduError", "NoAnswerError", "SessionOverError", "SmppAddress", "SmppSession", "open_session"]
