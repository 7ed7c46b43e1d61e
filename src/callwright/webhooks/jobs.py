"""The job that sends what is due at one webhook, and what has it done again when more is due."""

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from callwright.channels.http import GuardedHttp
from callwright.db.jobs import Job, Queue, enqueue
from callwright.db.session import Database
from callwright.kit.clock import Clock
from callwright.kit.ids import first_id_at
from callwright.kit.secrets import SecretBox
from callwright.webhooks import delivering, service
from callwright.webhooks.schemas import Claimed, Sending, Sent
from callwright.webhooks.signing import signed_headers

log = structlog.get_logger(__name__)

AT_ONCE = 8
"""Deliveries to one webhook."""
TURN_S = 20.0
"""After so long the next webhook in the queue has its turn."""
PATIENT_S = 2.0
"""Whose receiver takes longer to take nothing has had its turn: others wait for its place."""


def webhook_job(database: Database, http: GuardedHttp, box: SecretBox, clock: Clock) -> Job:
    """Return the job; its key is a webhook's."""
    sender = _Sender(database, http, box, clock)
    return Job(service.JOB, sender.run, sender.fail)


async def enter_due(database: Database, now: datetime) -> int:
    """Enter the job of each webhook at which something is due; return how many."""
    async with database.system() as session:
        due = await delivering.find_due(session, now)
    for tenant_id, webhook_id in due:
        async with database.tenant(tenant_id) as session:
            await enqueue(session, service.JOB, webhook_id, Queue.WEBHOOKS)
    return len(due)


async def forget_deliveries(database: Database, now: datetime, *, kept: timedelta) -> int:
    """Delete what was entered longer than ``kept`` ago; return how much."""
    async with database.system() as session:
        return await service.forget_deliveries(session, first_id_at(now - kept))


@dataclass(frozen=True, slots=True)
class _Sender:
    database: Database
    http: GuardedHttp
    box: SecretBox
    clock: Clock

    async def run(self, tenant_id: UUID, webhook_id: UUID) -> None:
        """Send until nothing is due, the turn is over, or the receiver was waited for in vain."""
        until = time.monotonic() + TURN_S
        while True:
            async with self.database.tenant(tenant_id) as session:
                sending = await delivering.claim(
                    session, webhook_id, box=self.box, most=AT_ONCE, now=self.clock.now()
                )
            if sending is None:
                return
            began = time.monotonic()
            sent = await asyncio.gather(*(self._send(sending, one) for one in sending.claimed))
            over, waited_s = time.monotonic() > until, time.monotonic() - began
            async with self.database.tenant(tenant_id) as session:
                await delivering.note(session, webhook_id, sent)
                if over:
                    await enqueue(session, service.JOB, webhook_id, Queue.WEBHOOKS)
            if over or (waited_s > PATIENT_S and not any(one.succeeded for one in sent)):
                return

    async def fail(self, tenant_id: UUID, webhook_id: UUID, why: str) -> None:
        """Leave it to :func:`enter_due`: what is due stays due."""
        log.error("webhook could not be served", webhook=str(webhook_id), why=why)

    async def _send(self, sending: Sending, one: Claimed) -> Sent:
        now = self.clock.now()
        headers = {
            "content-type": "application/json",
            "accept-encoding": "identity",
            "user-agent": "Callwright",
            **signed_headers(sending.secret, str(one.event_id), int(now.timestamp()), one.body),
        }
        answer = await self.http.post(sending.url, one.body.encode(), headers)
        return Sent(one, now, answer.succeeded, answer.status, answer.took_ms, answer.failure or "", answer.text)
