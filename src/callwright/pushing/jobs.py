"""The job that sends what is due in one chat, and what has it done again when more is due."""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from callwright.channels.chat_port import Chats
from callwright.db.jobs import Job, Queue, enqueue
from callwright.db.session import Database
from callwright.kit.clock import Clock
from callwright.kit.ids import first_id_at
from callwright.kit.secrets import SecretBox
from callwright.pushing import delivering, service
from callwright.pushing.handing import JOB
from callwright.pushing.links import link_to
from callwright.pushing.sharing import Server, Shares

log = structlog.get_logger(__name__)

TURN_S = 20.0
"""After so long the next chat in the queue has its turn."""
FULL_FOR = timedelta(minutes=1)
"""So long a chat whose server has no room is not tried, unless there is room sooner."""


@dataclass(frozen=True, slots=True)
class Pusher:
    """What sends: through ``chats``, with links below ``base`` where the house knows its address."""

    database: Database
    chats: Chats
    box: SecretBox
    clock: Clock
    base: str = ""
    shares: Shares = field(default_factory=Shares)

    def job(self) -> Job:
        """Return the job; its key is a chat's."""
        return Job(JOB, self.run, self.fail)

    async def run(self, tenant_id: UUID, chat_id: UUID) -> None:
        """Send one after the other until nothing is due, one fails, or the turn is over.

        Where too many are under way to the chat's server already, it is entered again once there is room, or,
        where the worker that knows it waits is gone by then, after :data:`FULL_FOR`.
        """
        async with self.database.tenant(tenant_id) as session:
            server = await delivering.server_of(session, chat_id, box=self.box)
        if not self.shares.take(server, (tenant_id, chat_id)):
            async with self.database.tenant(tenant_id) as session:
                await delivering.pass_over(session, chat_id, until=self.clock.now() + FULL_FOR)
            return
        try:
            await self._send(tenant_id, chat_id)
        finally:
            await self._let_in(server)

    async def _send(self, tenant_id: UUID, chat_id: UUID) -> None:
        until = time.monotonic() + TURN_S
        while time.monotonic() < until:
            async with self.database.tenant(tenant_id) as session:
                claimed = await delivering.claim(
                    session, chat_id, box=self.box, link=self._link, now=self.clock.now()
                )
            if claimed is None:
                return
            answer = await self.chats.send(claimed.kind, claimed.address, claimed.told)
            async with self.database.tenant(tenant_id) as session:
                await delivering.note(session, claimed, answer, now=self.clock.now())

    async def _let_in(self, server: Server) -> None:
        waiting = self.shares.give_back(server)
        if waiting is not None:
            tenant_id, chat_id = waiting
            async with self.database.tenant(tenant_id) as session:
                await delivering.pass_over(session, chat_id, until=None)
                await enqueue(session, JOB, chat_id, Queue.WEBHOOKS)

    async def fail(self, tenant_id: UUID, chat_id: UUID, why: str) -> None:
        """Leave it to :func:`enter_due`: what is due stays due."""
        log.error("a chat could not be served", chat=str(chat_id), why=why)

    def _link(self, tenant_id: UUID, call_id: UUID) -> str:
        return link_to(self.base, tenant_id, call_id, box=self.box, now=self.clock.now())


async def enter_due(database: Database, now: datetime) -> int:
    """Give up what is lost, and enter the job of each chat in which something is due; return how many."""
    async with database.system() as session:
        await delivering.give_up_lost(session, now)
        due = await delivering.find_due(session, now)
    for tenant_id, chat_id in due:
        async with database.tenant(tenant_id) as session:
            await enqueue(session, JOB, chat_id, Queue.WEBHOOKS)
    return len(due)


async def forget_tests(database: Database, now: datetime, *, kept: timedelta) -> int:
    """Delete tests of chats older than ``kept``; return how many."""
    async with database.system() as session:
        return await service.forget_tests(session, first_id_at(now - kept))
