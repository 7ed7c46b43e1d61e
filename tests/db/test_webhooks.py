"""Webhooks with a real receiver: what happens reaches it signed, again and again if need be, whoever dies."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from callwright.channels.addresses import Reach, networks
from callwright.channels.http import GuardedHttp
from callwright.db.events import CallEnded, TaskStateChanged
from callwright.db.outbox import Event, publish
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.webhooks import WebhookDeliveryRow, WebhookRow
from callwright.webhooks import jobs, service
from callwright.webhooks.delivering import LEASE, claim, note
from callwright.webhooks.errors import StillWaitingError, TooManyWebhooksError, UnknownEventKindError
from callwright.webhooks.handling import WEBHOOKS
from callwright.webhooks.jobs import enter_due, forget_deliveries, webhook_job
from callwright.webhooks.retrying import GIVEN_UP_AFTER, PAUSES
from callwright.webhooks.schemas import DeliveryState, Sent, WebhookDraft
from callwright.worker.relaying import relay_waiting
from callwright.worker.run import run_worker
from tests.factories.calling import BOX
from tests.factories.jobs import CONFIG, work_off
from tests.factories.receiver import Answer, Receiver, receiving, saying, silence
from tests.fakes.clock import ManualClock
from tests.waiting import until

NEAR = Reach(networks("127.0.0.1/32"))
CHANGED = TaskStateChanged(task_id=uuid4(), state="paused", reason="")


@dataclass
class Subscriber:
    """A company with a webhook, and a worker that serves it."""

    database: Database
    tenant_id: UUID
    webhook_id: UUID
    secret: str
    http: GuardedHttp
    clock: ManualClock

    async def tell(self, *data: TaskStateChanged) -> None:
        """Let something happen, and be handed on."""
        async with self.database.tenant(self.tenant_id) as session:
            await publish(session, [Event(self.tenant_id, one) for one in data])
        await relay_waiting(self.database, [WEBHOOKS])

    async def work(self) -> None:
        """Send what is due."""
        job = webhook_job(self.database, self.http, BOX, self.clock)
        await enter_due(self.database, self.clock.now())
        await work_off(self.database.url, [job])

    async def log(self) -> Sequence[WebhookDeliveryRow]:
        """Return what was sent, the newest first."""
        async with self.database.tenant(self.tenant_id) as session:
            return await service.list_deliveries(session, self.webhook_id)

    async def webhook(self) -> WebhookRow:
        """Return the webhook as it stands."""
        async with self.database.tenant(self.tenant_id) as session:
            return await service.get_webhook(session, self.webhook_id)


async def subscribe(
    database: Database, url: str, clock: ManualClock, http: GuardedHttp, kinds: tuple[str, ...] = (CHANGED.kind,)
) -> Subscriber:
    async with database.system() as session:
        tenant = TenantRow(name=f"Company {uuid4()}")
        session.add(tenant)
    draft = WebhookDraft("CRM", url, kinds)
    async with database.tenant(tenant.id) as session:
        row, secret = await service.make_webhook(session, draft, reach=NEAR, box=BOX)
    return Subscriber(database, tenant.id, row.id, secret, http, clock)


@asynccontextmanager
async def subscribed(
    database: Database, answer: Answer, *, timeout_s: float = 20.0
) -> AsyncIterator[tuple[Receiver, Subscriber]]:
    async with database.system() as session:
        now = await session.scalar(select(TenantRow.created_at).limit(1)) or await session.scalar(
            select(func.now())
        )
    assert now is not None
    http = GuardedHttp(NEAR, timeout_s=timeout_s)
    async with receiving(answer) as receiver:
        yield receiver, await subscribe(database, receiver.url, ManualClock(now + timedelta(minutes=5)), http)
    http.close()


async def test_what_happens_arrives_signed_and_stands_in_the_log(database: Database) -> None:
    async with subscribed(database, saying(200, "taken")) as (receiver, ours):
        other = await subscribe(database, receiver.url, ours.clock, ours.http, (CallEnded.kind,))
        await ours.tell(CHANGED)
        await ours.work()
        (entry,) = await ours.log()
        (request,) = receiver.requests
        assert await other.log() == []
    assert request.message["type"] == "task.state_changed"
    assert request.message["data"] == CHANGED.model_dump(mode="json")
    signed = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.{request.body}"
    key = base64.b64decode(ours.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).decode()
    assert request.headers["webhook-signature"] == f"v1,{expected}"
    assert request.headers["webhook-id"] == str(entry.event_id)
    assert int(request.headers["webhook-timestamp"]) == int(ours.clock.now().timestamp())
    assert (entry.state, entry.status, entry.tries, entry.answer) == ("delivered", 200, 1, "taken")


async def test_what_fails_is_sent_again_for_a_day_under_the_same_id(database: Database) -> None:
    async with subscribed(database, saying(500, "oh")) as (receiver, ours):
        await ours.tell(CHANGED)
        await ours.work()
        (entry,) = await ours.log()
        assert (entry.state, entry.status, entry.tries) == ("waiting", 500, 1)
        await ours.work()
        assert len(receiver.requests) == 1, "not before its time"
        ours.clock.advance((entry.next_at - ours.clock.now()).total_seconds())
        receiver.answer = saying(204)
        await ours.work()
        (entry,) = await ours.log()
        assert (entry.state, entry.status, entry.tries, entry.answer) == ("delivered", 204, 2, "")
        assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
        async with database.tenant(ours.tenant_id) as session:
            await session.execute(update(WebhookDeliveryRow).values(state="waiting", tries=len(PAUSES)))
        receiver.answer = saying(503)
        await ours.work()
        (entry,) = await ours.log()
        assert (entry.state, entry.status) == ("failed", 503), "that was the last time"


async def test_what_is_sent_by_hand_again_has_the_same_id(database: Database) -> None:
    async with subscribed(database, saying(200)) as (receiver, ours):
        await ours.tell(CHANGED)
        (entry,) = await ours.log()
        async with database.tenant(ours.tenant_id) as session:
            with pytest.raises(StillWaitingError):
                await service.replay(session, ours.webhook_id, entry.id, now=ours.clock.now())
        await ours.work()
        async with database.tenant(ours.tenant_id) as session:
            await service.replay(session, ours.webhook_id, entry.id, now=ours.clock.now())
        await ours.work()
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


async def test_a_worker_that_dies_while_it_sends_loses_nothing(database: Database) -> None:
    async with subscribed(database, silence) as (receiver, ours):
        await ours.tell(CHANGED)
        job = webhook_job(database, ours.http, BOX, ours.clock)
        dying = asyncio.ensure_future(job.run(ours.tenant_id, ours.webhook_id))

        async def arrived() -> bool:
            return len(receiver.requests) == 1

        await until(arrived, "the request")
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
        receiver.answer = saying(200)
        await ours.work()
        assert len(receiver.requests) == 1, "it may still be under way"
        ours.clock.advance(LEASE.total_seconds())
        await ours.work()
        first, second = receiver.requests
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert (await ours.log())[0].state == DeliveryState.DELIVERED


async def test_who_refuses_at_once_is_tried_with_all_that_is_due_in_one_turn(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "TURN_S", 600.0)
    monkeypatch.setattr(jobs, "PATIENT_S", 600.0)
    async with subscribed(database, saying(500)) as (receiver, ours):
        await ours.tell(*[CHANGED] * 30)
        await webhook_job(database, ours.http, BOX, ours.clock).run(ours.tenant_id, ours.webhook_id)
        assert len(receiver.requests) == 30


async def test_who_is_slow_keeps_nobody_waiting(database: Database) -> None:
    async with subscribed(database, silence, timeout_s=600) as (slow, ours), receiving(saying(200)) as quick:
        theirs = await subscribe(database, quick.url, ours.clock, ours.http)
        await ours.tell(*[CHANGED] * 30)
        await theirs.tell(CHANGED)
        job = webhook_job(database, ours.http, BOX, ours.clock)
        config = replace(CONFIG, webhooks_at_once=2)
        working = asyncio.create_task(run_worker(database.url, [job], config, ready=lambda: None))

        async def arrived() -> bool:
            return bool(quick.requests and slow.requests)

        try:
            await until(arrived, "what the other is told")
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
        assert len(slow.requests) <= 8


async def test_a_webhook_that_takes_nothing_for_days_is_switched_off(database: Database) -> None:
    async with subscribed(database, saying(500)) as (receiver, ours):
        await ours.tell(CHANGED)
        await ours.work()
        assert (await ours.webhook()).active
        ours.clock.advance(GIVEN_UP_AFTER.total_seconds())
        await ours.work()
        given_up = await ours.webhook()
        assert (given_up.active, given_up.given_up_at) == (False, ours.clock.now())
        await ours.tell(CHANGED)
        receiver.answer = saying(200)
        await ours.work()
        assert len(receiver.requests) == 2, "nothing further"
        draft = WebhookDraft("CRM", receiver.url, (CHANGED.kind,))
        async with database.tenant(ours.tenant_id) as session:
            await service.change_webhook(session, ours.webhook_id, draft, reach=NEAR)
        ours.clock.advance(PAUSES[2].total_seconds())
        await ours.work()
        assert len(receiver.requests) == 3, "what waits is sent once it is on again"
        assert (await ours.webhook()).given_up_at is None


async def test_a_test_is_sent_even_where_it_is_switched_off_and_says_what_is_wrong(database: Database) -> None:
    async with subscribed(database, saying(200)) as (receiver, ours):
        inside = GuardedHttp(Reach(), timeout_s=20)
        draft = WebhookDraft("CRM", receiver.url, (CHANGED.kind,), active=False)
        async with database.tenant(ours.tenant_id) as session:
            await service.change_webhook(session, ours.webhook_id, draft, reach=NEAR)
            await service.test_webhook(session, ours.webhook_id, now=ours.clock.now())
        await ours.work()
        (request,) = receiver.requests
        assert request.message["type"] == "webhook.test"
        async with database.tenant(ours.tenant_id) as session:
            await service.test_webhook(session, ours.webhook_id, now=ours.clock.now())
        await replace(ours, http=inside).work()
        inside.close()
        assert (await ours.log())[0].failure == "refused_address"
        assert receiver.connections == 1


async def test_only_what_can_be_told_is_taken_and_what_is_old_is_forgotten(database: Database) -> None:
    async with subscribed(database, saying(200)) as (_, ours):
        await ours.tell(CHANGED)
        async with database.tenant(ours.tenant_id) as session:
            draft = WebhookDraft("CRM", "https://crm.example", ("call.begun",))
            with pytest.raises(UnknownEventKindError, match=r"call\.begun"):
                await service.make_webhook(session, draft, reach=NEAR, box=BOX)
            draft = WebhookDraft("CRM", "https://crm.example", (CHANGED.kind,))
            for _ in range(service.MOST - 1):
                await service.make_webhook(session, draft, reach=NEAR, box=BOX)
            with pytest.raises(TooManyWebhooksError):
                await service.make_webhook(session, draft, reach=NEAR, box=BOX)
            sending = await claim(session, ours.webhook_id, box=BOX, most=8, now=ours.clock.now())
            assert sending is not None
            assert sending.secret == ours.secret
        now = ours.clock.now()
        assert await forget_deliveries(database, now, kept=timedelta(days=1)) == 0
        assert await forget_deliveries(database, now + timedelta(days=2), kept=timedelta(days=1)) == 1


async def test_who_comes_late_undoes_nothing(database: Database) -> None:
    async with subscribed(database, saying(200)) as (_, ours):
        await ours.tell(CHANGED)
        async with database.tenant(ours.tenant_id) as session:
            late = await claim(session, ours.webhook_id, box=BOX, most=8, now=ours.clock.now())
        assert late is not None
        ours.clock.advance(LEASE.total_seconds())
        await ours.work()
        failed = Sent(late.claimed[0], ours.clock.now(), False, 500, 3, "", "")
        async with database.tenant(ours.tenant_id) as session:
            await note(session, ours.webhook_id, [failed])
        (only,) = await ours.log()
        assert (only.state, only.status) == (DeliveryState.DELIVERED, 200)
