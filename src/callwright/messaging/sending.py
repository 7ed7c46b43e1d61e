"""One channel kept open: what is due handed over at its pace, and what comes in kept."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from callwright.channels.port import Incoming, MessageChannel, OutgoingMessage, Receipt, Submitted
from callwright.db.session import Database
from callwright.kit.clock import Clock
from callwright.messaging import answers, queue
from callwright.messaging.schemas import Claimed
from callwright.texting.segments import segments

log = structlog.get_logger(__name__)

AT_ONCE = 10
"""Messages claimed together, at the most: of so many nobody knows what became if this process dies."""
LOOK_S = 0.5
"""So often it is looked for what is due, while nothing is."""
CAUGHT_UP_S = 0.1
"""So much of what was late is made up for, and no more, as networks count by the second."""
TOGETHER_S = 0.02
"""What comes of messages within so long is noted together."""
GOODBYE_S = 4.0
RECEIPT_PATIENCE_S = (0.1, 0.3, 1.0, 3.0)
"""A receipt can be quicker than what it is for is noted."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps one channel for ``by``, which no other process has claimed messages as."""

    database: Database
    channel_id: UUID
    channel: MessageChannel
    per_second: int
    clock: Clock
    by: UUID

    async def run(self) -> None:
        """Keep it open and send until cancelled; what is being handed over then is waited for, within bounds."""
        opening = asyncio.create_task(self.channel.run(self.take), name="message-channel")
        sending = asyncio.create_task(self._send(), name="message-sender")
        try:
            done, _ = await asyncio.wait({opening, sending}, return_when=asyncio.FIRST_COMPLETED)
            for one in done:
                one.result()
        finally:
            for one in (sending, opening):
                one.cancel()
                await asyncio.gather(one, return_exceptions=True)

    async def take(self, incoming: Incoming) -> None:
        """Keep what came in; a receipt waits for what it is for."""
        for pause_s in (*RECEIPT_PATIENCE_S, None):
            async with self.database.system() as session:
                if await answers.take_in(session, self.channel_id, incoming, now=self.clock.now()):
                    return
            if pause_s is None or not isinstance(incoming, Receipt):
                break
            await asyncio.sleep(pause_s)
        log.info("what a network told is about nothing that was sent", channel=str(self.channel_id))

    async def send_due(self) -> int:
        """Hand over some of what is due; return how much that was."""
        most = min(self.per_second, AT_ONCE)
        async with self.database.system() as session:
            claimed = await queue.claim(session, self.channel_id, by=self.by, most=most, now=self.clock.now())
        if claimed:
            handing = asyncio.create_task(self._hand_over(claimed), name="message-handing-over")
            try:
                await asyncio.shield(handing)
            except asyncio.CancelledError:
                await asyncio.wait({handing}, timeout=GOODBYE_S)
                handing.cancel()
                await asyncio.gather(handing, return_exceptions=True)
                raise
        return len(claimed)

    async def _send(self) -> None:
        next_at = time.monotonic()
        while True:
            sent = 0
            if self.channel.ready:
                try:
                    sent = await self.send_due()
                except Exception as error:
                    # What was claimed stays so, and is never handed over again.
                    log.exception(
                        "messages could not be sent", channel=str(self.channel_id), why=type(error).__name__
                    )
            now = time.monotonic()
            next_at = max(next_at, now - CAUGHT_UP_S) + sent / self.per_second
            await asyncio.sleep(max(0.0, next_at - now) if sent else LOOK_S)

    async def _hand_over(self, claimed: Sequence[Claimed]) -> None:
        under_way = {asyncio.create_task(self._submit(one), name="message-submit") for one in claimed}
        try:
            while under_way:
                done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                if under_way:
                    more, under_way = await asyncio.wait(under_way, timeout=TOGETHER_S)
                    done |= more
                results = [one.result() for one in done]
                async with self.database.system() as session:
                    await queue.note(session, results, by=self.by, now=self.clock.now())
        finally:
            for one in under_way:
                one.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _submit(self, claimed: Claimed) -> tuple[Claimed, Submitted]:
        message = OutgoingMessage(claimed.id, claimed.sender, claimed.recipient, segments(claimed.text))
        return claimed, await self.channel.submit(message)
