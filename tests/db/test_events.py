"""Events: written with the change or not at all, handed to each handler once, whoever fails or dies."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.callroom.closing import close, interrupt
from callwright.db.engine import libpq_url
from callwright.db.events import CallEnded, CustomerGraded, TaskStateChanged
from callwright.db.outbox import Event, Handler, StoredEvent, forget_events, publish
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.events import EventRow
from callwright.dialing.lifecycle import TaskReason
from callwright.kit.ids import first_id_at
from callwright.tasks import service
from callwright.tasks.nodes import end_node
from callwright.worker.relaying import AT_ONCE, left_events_job, relay_events, relay_waiting
from tests.factories.calling import NOW, make_caller
from tests.factories.calls import answered_call, claim, close_call, dial, failed_call, make_node, plan_now
from tests.factories.events import told_of
from tests.factories.jobs import work_off
from tests.waiting import until


async def a_tenant(database: Database, events: int = 0) -> UUID:
    """Make a tenant to whose tasks something happened."""
    async with database.system() as session:
        row = TenantRow(name=f"Ours {uuid4()}")
        session.add(row)
        await session.flush()
        data = [TaskStateChanged(task_id=uuid4(), state="paused", reason="") for _ in range(events)]
        await publish(session, [Event(row.id, one) for one in data])
        return row.id


class Heard:
    """A handler that notes what it was handed, once its transaction commits; ``broken``: it fails after that."""

    def __init__(self, name: str = "heard", *, broken: BaseException | None = None) -> None:
        self.broken = broken
        self.events: list[StoredEvent] = []
        self.handler = Handler(name, (TaskStateChanged,), self.handle)

    async def handle(self, session: AsyncSession, events: Sequence[StoredEvent]) -> None:
        assert {event.tenant_id for event in events} == {session.sync_session.info["tenant_id"]}
        if self.broken:
            raise self.broken
        self.events += events


async def waiting(database: Database) -> int:
    """Return how many events wait to be handled."""
    async with database.system() as session:
        found = select(func.count()).select_from(EventRow).where(EventRow.handled_at.is_(None))
        return await session.scalar(found) or 0


async def test_the_end_of_a_call_is_told_with_it_or_not_at_all(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(3)
    node = await make_node(database)
    await plan_now(database)
    attempts = await claim(database, node)
    calls = [await dial(database, attempt, node) for attempt in attempts]
    graded = answered_call(attempts[0].id, grade="A")
    async with database.system() as session:
        await close(session, [graded])
        await session.rollback()
    assert await told_of(database, caller.tenant_id, CallEnded, CustomerGraded) == []
    await close_call(database, graded)
    await close_call(database, graded)  # a node may bring a result twice
    await close_call(database, failed_call(attempts[1].id, "busy", 486))
    async with database.system() as session:
        await end_node(session, node)
        await interrupt(session, NOW)
    answered, grade, busy, cut_off = await told_of(database, caller.tenant_id, CallEnded, CustomerGraded)
    assert answered == CallEnded(
        call_id=calls[0],
        task_id=task.id,
        customer_id=attempts[0].customer_id,
        dialled_at=graded.dialled_at,
        ended_at=graded.ended_at,
        phone_state="connected",
        talk_ms=6_000,
        hung_up_by="us",
        interrupted=False,
        grade="A",
    )
    assert isinstance(grade, CustomerGraded)
    assert (grade.call_id, grade.grade, grade.by) == (calls[0], "A", "call")
    assert isinstance(busy, CallEnded)
    assert (busy.call_id, busy.phone_state, busy.grade) == (calls[1], "busy", None)
    assert isinstance(cut_off, CallEnded)
    assert (cut_off.call_id, cut_off.interrupted, cut_off.phone_state) == (calls[2], True, None)


async def test_each_state_of_a_task_is_told(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(1)
    async with database.tenant(caller.tenant_id) as session:
        await service.pause_task(session, task.id, now=NOW)
        await service.resume_task(session, task.id)
    async with database.tenant(caller.tenant_id) as session:
        await service.pause_because(session, task.id, TaskReason.SCRIPT_FAULT, NOW)
        await service.pause_because(session, task.id, TaskReason.SCRIPT_FAULT, NOW)  # told once
        await service.resume_task(session, task.id)
    node = await make_node(database)
    await plan_now(database)
    (attempt,) = await claim(database, node)
    await dial(database, attempt, node)
    await close_call(database, answered_call(attempt.id))
    async with database.system() as session:
        await service.finish_tasks_with_nobody_left(session, NOW)
    told = await told_of(database, caller.tenant_id, TaskStateChanged)
    assert [(one.state, one.reason) for one in told if isinstance(one, TaskStateChanged)] == [
        ("running", ""),
        ("paused", ""),
        ("running", ""),
        ("paused", "script_fault"),
        ("running", ""),
        ("finished", "all_called"),
    ]


async def test_several_workers_hand_each_event_on_once(database: Database) -> None:
    tenants = [await a_tenant(database, AT_ONCE + 50), await a_tenant(database, 3)]
    heard = [Heard("one"), Heard("two")]
    handlers = [one.handler for one in heard]
    handed = await asyncio.gather(*(relay_waiting(database, handlers) for _ in range(3)))
    assert sum(handed) == AT_ONCE + 53
    for one in heard:
        assert Counter(event.tenant_id for event in one.events) == {tenants[0]: AT_ONCE + 50, tenants[1]: 3}
        assert len({event.id for event in one.events}) == AT_ONCE + 53
    assert await waiting(database) == 0


async def test_a_handler_that_fails_keeps_no_other_waiting_and_acts_later(database: Database) -> None:
    await a_tenant(database, 3)
    well, broken = Heard("well"), Heard("broken", broken=ValueError("a fault of ours"))
    assert await relay_waiting(database, [broken.handler, well.handler]) == 3
    assert len(well.events) == 3
    broken.broken = None
    job = left_events_job(database, broken.handler)
    await work_off(database.url, [job])
    assert {event.id for event in broken.events} == {event.id for event in well.events}
    await job.run(well.events[0].tenant_id, well.events[0].id)  # done a second time
    assert len(broken.events) == 3


async def test_a_worker_that_dies_loses_nothing(database: Database) -> None:
    await a_tenant(database, 2)
    dying, well = Heard(broken=asyncio.CancelledError()), Heard()
    with pytest.raises(asyncio.CancelledError):
        await relay_waiting(database, [dying.handler])
    assert await waiting(database) == 2
    await relay_waiting(database, [well.handler])
    assert len(well.events) == 2


async def test_events_are_forgotten_once_handled_and_old(database: Database) -> None:
    now = datetime.now(UTC)
    tenant = await a_tenant(database, 3)
    async with database.tenant(tenant) as session:
        ids = (await session.scalars(select(EventRow.id))).all()
    await relay_waiting(database, [])
    await a_tenant(database, 1)
    async with database.system() as session:
        aged = update(EventRow).where(EventRow.id == ids[0])
        await session.execute(aged.values(id=first_id_at(now - timedelta(days=20))))
        late = update(EventRow).where(EventRow.handled_at.is_(None))
        await session.execute(late.values(id=first_id_at(now - timedelta(days=21))))
    assert await forget_events(database, now, kept=timedelta(days=14)) == 1
    async with database.system() as session:
        assert await session.scalar(select(func.count()).select_from(EventRow)) == 3, "two young, one unhandled"


async def test_an_event_of_a_later_version_holds_nobody_up(database: Database) -> None:
    ours, theirs = await a_tenant(database, 2), await a_tenant(database, 1)
    async with database.tenant(ours) as session:
        oldest = select(EventRow.id).order_by(EventRow.id).limit(1).scalar_subquery()
        await session.execute(
            update(EventRow)
            .where(EventRow.id == oldest)
            .values(data={"task_id": str(uuid4()), "state": "of later days"})
            .execution_options(synchronize_session=False)
        )
    heard = Heard()
    assert await relay_waiting(database, [heard.handler]) == 2
    assert Counter(event.tenant_id for event in heard.events) == {ours: 1, theirs: 1}
    assert await waiting(database) == 1


async def test_who_hands_on_goes_on_after_its_connections_were_cut(database: Database) -> None:
    heard, theirs = Heard(), Database(database.url)
    await a_tenant(database, events=1)
    relaying = asyncio.create_task(relay_events(theirs, [heard.handler]))

    async def is_handled() -> bool:
        return await waiting(database) == 0

    try:
        await until(is_handled, "the first to be handed on")
        with psycopg.connect(libpq_url(database.url), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await a_tenant(database, events=1)
        await until(is_handled, "the second to be handed on")
    finally:
        relaying.cancel()
        await asyncio.gather(relaying, return_exceptions=True)
        await theirs.close()
    assert len(heard.events) == 2
