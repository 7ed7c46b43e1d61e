"""One webhook of a company that hangs delays itself alone: the others are tried when the page says."""

import asyncio
from collections import Counter
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import func, select

from callwright.channels.http import GuardedHttp
from callwright.db.engine import libpq_url
from callwright.db.jobs import Queue, enqueue
from callwright.db.outbox import Event, publish
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.kit.clock import SystemClock
from callwright.webhooks import service
from callwright.webhooks.handling import WEBHOOKS
from callwright.webhooks.jobs import AT_ONCE, enter_due, webhook_job
from callwright.webhooks.schemas import WebhookDraft
from callwright.worker.relaying import relay_waiting
from callwright.worker.run import run_worker
from tests.db.test_webhooks import CHANGED, NEAR
from tests.factories.calling import BOX
from tests.factories.jobs import CONFIG
from tests.factories.receiver import Receiver, receiving, saying, silence
from tests.waiting import until

EVENTS = 100
PLACES = 4


async def _webhooks(database: Database, tenant_id: UUID, urls: list[str]) -> None:
    """Let a company have a webhook at each address, whose keys have hashes that are alike by four."""
    async with database.tenant(tenant_id) as session:
        alike: dict[int, list[UUID]] = {}
        while len(chosen := max(alike.values(), key=len, default=[])) < len(urls):
            row, _ = await service.make_webhook(
                session, WebhookDraft("CRM", urls[0], (CHANGED.kind,), active=False), reach=NEAR, box=BOX
            )
            hashed = await session.scalar(select(func.hashtext(str(row.id))))
            alike.setdefault(abs(hashed or 0) % PLACES, []).append(row.id)
        for webhook_id, url in zip(chosen, urls, strict=True):
            draft = WebhookDraft("CRM", url, (CHANGED.kind,))
            await service.change_webhook(session, webhook_id, draft, reach=NEAR)


async def _serve(database: Database, http: GuardedHttp) -> None:
    """Work as a worker does, and enter what is due again, until cancelled."""
    clock = SystemClock()
    job = webhook_job(database, http, BOX, clock)
    async with asyncio.TaskGroup() as group:
        group.create_task(run_worker(database.url, [job], CONFIG, ready=lambda: None))
        while True:
            await enter_due(database, clock.now())
            await asyncio.sleep(0.2)


def _tries(receiver: Receiver) -> Counter[str]:
    return Counter(request.headers["webhook-id"] for request in receiver.requests)


async def test_one_that_hangs_delays_neither_one_that_works_nor_one_that_fails_at_once(database: Database) -> None:
    async with database.system() as session:
        tenant = TenantRow(name=f"Company {uuid4()}")
        session.add(tenant)
    http = GuardedHttp(NEAR, timeout_s=600)
    async with receiving(silence) as hanging, receiving(saying(200)) as well, receiving(saying(500)) as failing:
        await _webhooks(database, tenant.id, [hanging.url, well.url, failing.url])
        serving = asyncio.create_task(_serve(database, http))

        async def hangs() -> bool:
            return len(hanging.requests) == 1

        async def tried() -> bool:
            return len(_tries(well)) == EVENTS + 1 and list(_tries(failing).values()).count(2) == EVENTS + 1

        try:
            await _tell(database, tenant.id, 1)
            await until(hangs, "the first that nobody answers")
            await _tell(database, tenant.id, EVENTS)
            await until(tried, "every first try, and the second ones 5 s later")
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
        assert len(hanging.requests) <= AT_ONCE
    http.close()


async def _tell(database: Database, tenant_id: UUID, events: int) -> None:
    async with database.tenant(tenant_id) as session:
        await publish(session, [Event(tenant_id, CHANGED)] * events)
    await relay_waiting(database, [WEBHOOKS])


async def test_a_job_takes_a_place_for_which_least_waits_and_keeps_it_while_it_is_done(database: Database) -> None:
    async with database.system() as session:
        tenant = TenantRow(name=f"Company {uuid4()}")
        session.add(tenant)
    keys = [uuid4() for _ in range(2 * PLACES)]
    async with await psycopg.AsyncConnection.connect(libpq_url(database.url), autocommit=True) as connection:
        await connection.execute("SET ROLE callwright_system")

        async def places() -> list[tuple[str, ...]]:
            found = await connection.execute("SELECT lock FROM procrastinate_jobs ORDER BY id")
            return [row[0] for row in await found.fetchall()]

        for key in keys:
            async with database.tenant(tenant.id) as session:
                await enqueue(session, service.JOB, key, Queue.WEBHOOKS)
        assert set(Counter(await places()).values()) == {2}
        assert len(set((await places())[:PLACES])) == PLACES
        # The first is being done, and all else is over.
        await connection.execute(
            "DELETE FROM procrastinate_jobs WHERE id > (SELECT min(id) FROM procrastinate_jobs)"
        )
        await connection.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        async with database.tenant(tenant.id) as session:
            await enqueue(session, service.JOB, keys[0], Queue.WEBHOOKS)
        first, again = await places()
        assert first == again
