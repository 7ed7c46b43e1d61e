"""The dialer: one leads, another takes over, dead nodes' work is closed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import delete, func, select, text

from callwright.calls.noting import Note, write_notes
from callwright.db.engine import libpq_url
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.session import Database
from callwright.db.tables.calls import CallRow, TranscriptTurnRow
from callwright.db.tables.nodes import LeaderWatchRow, NodeRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.dialer.leadership import LOCK_KEY, Lead, leadership
from callwright.dialer.planner import PlannerConfig
from callwright.dialer.reaper import reap
from callwright.dialer.run import DialerConfig, run_dialer
from callwright.tasks import service
from callwright.tasks.errors import AttemptWithdrawnError
from callwright.tasks.nodes import beat
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import (
    TURNS,
    answered_call,
    claim,
    close_call,
    dial,
    failed_call,
    make_node,
    plan_now,
    silence,
)
from tests.factories.house import count_under_way
from tests.waiting import until

QUICK = DialerConfig(PlannerConfig(stale_s=30.0), tick_s=0.05, rest_s=0.01, reap_every_s=0.05, retry_s=0.05)
# For nodes that never tell that they live.
TRUSTING = replace(QUICK, planner=PlannerConfig(stale_s=3600.0))


@asynccontextmanager
async def dialers(database: Database, count: int, config: DialerConfig = QUICK) -> AsyncIterator[None]:
    """Run dialers beside the test."""
    running = [asyncio.create_task(run_dialer(database, config=config)) for _ in range(count)]
    try:
        yield
        assert not any(task.done() for task in running)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def leader_pid(database: Database) -> int | None:
    async with database.system() as session:
        held = text("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = :key AND granted")
        found: int | None = await session.scalar(held, {"key": LOCK_KEY})
        return found


async def kill(database: Database, pid: int) -> None:
    async with await psycopg.AsyncConnection.connect(libpq_url(database.url)) as connection:
        await connection.execute("SELECT pg_terminate_backend(%s)", [pid])


async def in_flight(caller: Caller) -> int:
    return await count_under_way(caller)


async def test_only_one_leads_and_another_takes_over(database: Database) -> None:
    async with leadership(database.url, retry_s=0.05) as first:
        async with first.transaction() as session:
            pid = await session.scalar(select(func.pg_backend_pid()))
        assert await leader_pid(database) == pid
        waiting = asyncio.create_task(_lead_once(database))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        assert pid is not None
        with pytest.raises(DatabaseUnavailableError):
            await _write_while_killed(database, first, pid, waiting)
        with pytest.raises(DatabaseUnavailableError):
            async with first.transaction():
                pass
    async with database.system() as session:
        assert (await session.scalars(select(NodeRow))).all() == [], "who lost the lock commits nothing"


async def _write_while_killed(database: Database, lead: Lead, pid: int, waiting: asyncio.Task[None]) -> None:
    async with lead.transaction() as session:
        session.add(NodeRow(host="late", pid=1, capacity=1, heartbeat_at=NOW, ended_at=None))
        await session.flush()
        await kill(database, pid)
        await waiting


async def _lead_once(database: Database) -> None:
    async with leadership(database.url, retry_s=0.05) as lead, lead.transaction() as session:
        await session.execute(select(1))


async def test_two_dialers_never_plan_more_than_one_would(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.make_task(60, concurrency=5)
    node = await make_node(database)
    most = 0
    async with dialers(database, 3, TRUSTING):
        async with database.tenant(caller.tenant_id) as session:
            await service.start_task(session, task.id, now=NOW)
        for number in range(40):
            await until(lambda: _has_in_flight(caller, 5), "planning")
            most = max(most, await in_flight(caller))
            if number in (10, 25) and (pid := await leader_pid(database)) is not None:
                await kill(database, pid)
            attempts = await claim(database, node, 1)
            for attempt in attempts:
                await dial(database, attempt, node)
                await close_call(database, failed_call(attempt.id, "busy"))
    assert most == 5
    assert (await caller.view(task.id)).called == 40


async def _has_in_flight(caller: Caller, count: int) -> bool:
    found = await in_flight(caller)
    assert found <= count
    return found == count


async def test_a_task_finishes_when_nobody_is_left(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(3)
    node = await make_node(database)

    async def carry_out() -> bool:
        for attempt in await claim(database, node):
            await dial(database, attempt, node)
            await close_call(database, answered_call(attempt.id))
        return (await caller.view(task.id)).state == "finished"

    async with dialers(database, 1):
        await until(carry_out, "finishing")
    done = await caller.view(task.id)
    assert (done.called, done.connected, done.state_reason) == (3, 3, "all_called")


async def test_what_a_dead_node_had_is_closed_and_nobody_is_called_twice(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(4)
    dead, living = await make_node(database), await make_node(database)
    await plan_now(database)
    claimed, dialled, talking = await claim(database, dead, 3)
    (other,) = await claim(database, living)
    await dial(database, dialled, dead)
    await dial(database, talking, dead)
    await dial(database, other, living)
    async with database.system() as session:
        await write_notes(session, [Note(talking.id, turn=TURNS[0])])
    await silence(database, dead)
    async with database.system() as session:
        assert await reap(session, NOW, stale_s=10) == 3
        assert await reap(session, NOW, stale_s=10) == 0
        assert not await beat(session, dead, 50), "a node that was given up must register anew"
        assert await beat(session, living, 50)
    async with database.tenant(caller.tenant_id) as session:
        customers = dict(iter(await session.execute(select(TaskCustomerRow.id, TaskCustomerRow.state))))
        calls = {call.attempt_id: call for call in await session.scalars(select(CallRow))}
        assert len((await session.scalars(select(TranscriptTurnRow))).all()) == 1
    assert customers == {
        claimed.task_customer_id: "uncalled",
        dialled.task_customer_id: "called",
        talking.task_customer_id: "called",
        other.task_customer_id: "calling",
    }
    assert calls.keys() == {dialled.id, talking.id, other.id}
    assert all(calls[one.id].interrupted and calls[one.id].ended_at == NOW for one in (dialled, talking))
    assert not calls[other.id].interrupted
    with pytest.raises(AttemptWithdrawnError):
        await dial(database, claimed, dead)
    assert await plan_now(database) == 1
    assert (await caller.view(task.id)).customers == 4


async def test_a_node_taken_for_dead_still_brings_its_result(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(1)
    node = await make_node(database)
    await plan_now(database)
    (attempt,) = await claim(database, node)
    await dial(database, attempt, node)
    await silence(database, node)
    async with database.system() as session:
        await reap(session, NOW, stale_s=10)
    await close_call(database, answered_call(attempt.id))
    async with database.tenant(caller.tenant_id) as session:
        call = (await session.scalars(select(CallRow))).one()
        state = await session.scalar(select(AttemptRow.state))
    assert (call.interrupted, call.phone_state, call.grade, state) == (False, "connected", "A", "ended")
    assert await plan_now(database) == 0


@pytest.mark.parametrize(
    ("silent_s", "unwatched_s", "given_up"),
    [
        (9.5, 0.5, False),
        (11, 2, True),  # who leads has changed, which tells nothing of the node
        (45, 40, False),  # it had five seconds in which it could have been heard
        (51, 40, True),
    ],
)
async def test_a_node_s_silence_is_measured_while_somebody_could_have_heard_it(
    database: Database, silent_s: float, unwatched_s: float, given_up: bool
) -> None:
    node = await make_node(database)
    await silence(database, node, for_s=silent_s, unwatched_s=unwatched_s)
    for _ in range(2):  # the next leader knows of the pause, too
        async with database.system() as session:
            await reap(session, NOW, stale_s=10)
    async with database.system() as session:
        assert (await session.scalar(select(NodeRow.ended_at)) is not None) == given_up


async def test_the_first_leader_ever_gives_nodes_time(database: Database) -> None:
    node = await make_node(database)
    await silence(database, node)
    async with database.system() as session:
        await session.execute(delete(LeaderWatchRow))
        await reap(session, NOW, stale_s=10)
        assert await beat(session, node, 50)
