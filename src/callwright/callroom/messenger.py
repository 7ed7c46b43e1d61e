"""Text messages that a dialogue sends while it talks: handed to the company's queue, and waited for."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import structlog

from callwright.db.session import Database
from callwright.dialogue.messages import MessageTold, Outcome, SendMessage
from callwright.kit.clock import Clock
from callwright.messaging.in_call import find_in_call, outcome_in_call, write_in_call

log = structlog.get_logger(__name__)

LOOK_S = 0.2


class Messenger(Protocol):
    """Sends the messages of one call."""

    async def write(self, wanted: SendMessage) -> UUID | None:
        """Have a message sent, once however often it is asked for; ``None`` where there is nothing to send."""
        ...

    async def find(self, key: str) -> UUID | None:
        """Return what was written down for ``key``; ``None`` where nothing was."""
        ...

    async def outcome(self, message_id: UUID) -> Outcome | None:
        """Return what became of it; ``None`` while that is not known."""
        ...


@dataclass(frozen=True, slots=True)
class AttemptMessenger:
    """Sends the messages of an attempt's call."""

    database: Database
    clock: Clock
    tenant_id: UUID
    attempt_id: UUID

    async def write(self, wanted: SendMessage) -> UUID | None:
        """Write it down for whoever keeps the company's channel. Raises DatabaseUnavailableError."""
        async with self.database.tenant(self.tenant_id) as session:
            return await write_in_call(session, self.attempt_id, wanted, now=self.clock.now())

    async def find(self, key: str) -> UUID | None:
        """Return what was written down for ``key``; ``None`` where nothing was. Raises DatabaseUnavailableError."""
        async with self.database.tenant(self.tenant_id) as session:
            return await find_in_call(session, self.attempt_id, key)

    async def outcome(self, message_id: UUID) -> Outcome | None:
        """Return what became of it; ``None`` while that is not known. Raises DatabaseUnavailableError."""
        async with self.database.tenant(self.tenant_id) as session:
            return await outcome_in_call(session, message_id)


class Errands:
    """The messages of one call under way: ``tell`` is called once with what became of each, whatever fails.

    One that could not be written down within ``write_s`` is not sent. For what was, ``wait_s`` are waited until the
    network has taken it; then it counts as held, as it may still leave.
    """

    def __init__(
        self, messenger: Messenger | None, tell: Callable[[MessageTold], None], *, write_s: float, wait_s: float
    ) -> None:
        self._messenger = messenger
        self._tell = tell
        self._write_s = write_s
        self._wait_s = wait_s
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._closing = asyncio.Event()

    @property
    def busy(self) -> bool:
        """Whether something is waited for."""
        return bool(self._under_way)

    def begin(self, wanted: SendMessage) -> None:
        """Have a message sent; one that is under way already is not sent twice."""
        if wanted.key not in self._under_way:
            sending = asyncio.create_task(self._run(wanted), name="message-of-call")
            self._under_way[wanted.key] = sending

    async def close(self) -> None:
        """Let what is being written down be written, and wait for nothing else."""
        self._closing.set()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _run(self, wanted: SendMessage) -> None:
        outcome: Outcome = "failed"
        try:
            outcome = await self._send(wanted)
        except Exception as error:
            log.warning("message of a call not written", why=type(error).__name__)
        finally:
            del self._under_way[wanted.key]
        self._tell(MessageTold(wanted.key, outcome))

    async def _send(self, wanted: SendMessage) -> Outcome:
        if self._messenger is None:
            return "failed"
        written = await self._write(self._messenger, wanted)
        return "failed" if written is None else await self._follow(self._messenger, written)

    async def _write(self, messenger: Messenger, wanted: SendMessage) -> UUID | None:
        try:
            async with asyncio.timeout(self._write_s):
                return await messenger.write(wanted)
        except TimeoutError:
            # It may have run out while the writing was confirmed.
            async with asyncio.timeout(self._write_s):
                return await messenger.find(wanted.key)

    async def _follow(self, messenger: Messenger, written: UUID) -> Outcome:
        """Return what became of what was written down; from there on nothing that fails makes it unsent."""
        try:
            async with asyncio.timeout(self._wait_s):
                while not self._closing.is_set():
                    outcome = await messenger.outcome(written)
                    if outcome is not None:
                        return outcome
                    await asyncio.sleep(LOOK_S)
        except Exception as error:
            log.info("not known in the call what became of its message", why=type(error).__name__)
        return "held"
