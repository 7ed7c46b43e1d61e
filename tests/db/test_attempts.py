"""Attempts: planned within bounds, claimed once, dialled once, ended once."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from callwright.callroom.opening import Dialling
from callwright.calls.keeping import abandon_call, withdraw_call
from callwright.calls.noting import Note, write_notes
from callwright.calls.schemas import FinishedCall
from callwright.db.session import Database
from callwright.db.tables.calls import CallRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.dialing.lifecycle import TaskStateError
from callwright.dialing.line_health import FIRST_PROBE
from callwright.dialing.outcome import FAULT_PAUSE, FAULTS_IN_A_ROW
from callwright.tasks import service
from callwright.tasks.attempts import give_back
from callwright.tasks.errors import AttemptWithdrawnError
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import (
    Leader,
    answered_call,
    claim,
    close_call,
    dial,
    dialled,
    failed_call,
    make_node,
    open_call,
    plan_now,
)


async def _customers(caller: Caller, task_id: UUID) -> dict[str, int]:
    async with caller.database.tenant(caller.tenant_id) as session:
        rows = await session.scalars(select(TaskCustomerRow.state).where(TaskCustomerRow.task_id == task_id))
        states = list(rows)
    return {state: states.count(state) for state in set(states)}


async def _close(caller: Caller, finished: FinishedCall) -> None:
    await close_call(caller.database, finished)


async def test_a_task_keeps_its_number_of_calls_under_way(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(9, concurrency=4)
    assert await plan_now(database) == 0, "no node, no plans"
    node = await make_node(database)
    assert await plan_now(database) == 4
    assert await plan_now(database) == 0
    assert await _customers(caller, task.id) == {"calling": 4, "uncalled": 5}
    first, *_ = await claim(database, node)
    await dial(database, first, node)
    await _close(caller, failed_call(first.id, "busy", 486))
    assert await plan_now(database) == 1
    assert await _customers(caller, task.id) == {"called": 1, "calling": 4, "uncalled": 4}


async def test_seats_channels_and_nodes_bound_what_is_planned(database: Database) -> None:
    few_seats = await make_caller(database, seats=3)
    few_channels = await make_caller(database, name="Other", channels=2)
    await few_seats.running_task(9, name="One", concurrency=3)
    await few_seats.running_task(9, name="Two", concurrency=3)
    await few_channels.running_task(9, concurrency=2)
    await make_node(database, capacity=50)
    assert await plan_now(database) == 5


async def test_nodes_together_take_no_more_than_they_hold(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(50, concurrency=50)
    await make_node(database, capacity=2)
    await make_node(database, capacity=5)
    assert await plan_now(database, at_most=4) == 4
    assert await plan_now(database) == 3
    assert await plan_now(database) == 0


async def test_many_claimers_never_get_the_same_attempt(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(50, concurrency=50)
    nodes = [await make_node(database) for _ in range(8)]
    assert await plan_now(database) == 50

    async def claim_all(node: UUID) -> list[UUID]:
        mine: list[UUID] = []
        while taken := await claim(database, node, 3):
            mine += [attempt.id for attempt in taken]
        return mine

    claimed = await asyncio.gather(*(claim_all(node) for node in nodes))
    everything = [attempt_id for some in claimed for attempt_id in some]
    left = await claim(database, nodes[0])
    assert len(everything) + len(left) == 50
    assert len({*everything, *(attempt.id for attempt in left)}) == 50


async def test_the_database_refuses_two_diallings_of_one_customer_at_once(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(1)
    await make_node(database)
    assert await plan_now(database) == 1
    async with database.tenant(caller.tenant_id) as session:
        first = (await session.scalars(select(AttemptRow))).one()
    copy = {
        "task_id": first.task_id,
        "task_customer_id": first.task_customer_id,
        "line_id": first.line_id,
        "number": 2,
        "planned_at": NOW,
    }
    with pytest.raises(IntegrityError, match="uq_attempts_one_in_flight"):
        async with database.tenant(caller.tenant_id) as session:
            await session.execute(insert(AttemptRow), [copy])


async def test_a_pause_takes_back_what_is_not_dialled_yet(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(9, concurrency=4)
    node = await make_node(database)
    await plan_now(database)
    dialled, claimed = await claim(database, node, 2)
    await dial(database, dialled, node)
    async with database.tenant(caller.tenant_id) as session:
        await service.pause_task(session, task.id, now=NOW)
    assert await plan_now(database) == 0
    assert await claim(database, node) == []
    with pytest.raises(AttemptWithdrawnError):
        await dial(database, claimed, node)
    async with database.tenant(caller.tenant_id) as session:
        await give_back(session, claimed.id, node, NOW)
    assert await _customers(caller, task.id) == {"calling": 1, "uncalled": 8}
    await _close(caller, answered_call(dialled.id))
    assert await _customers(caller, task.id) == {"called": 1, "uncalled": 8}


async def test_only_the_node_that_claimed_may_dial_and_only_once(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(1)
    node, other = await make_node(database), await make_node(database)
    await plan_now(database)
    (attempt,) = await claim(database, node)
    with pytest.raises(AttemptWithdrawnError):
        await dial(database, attempt, other)
    await dial(database, attempt, node)
    with pytest.raises(AttemptWithdrawnError):
        await dial(database, attempt, node)


@pytest.mark.parametrize("phone_state", ["invalid_number", "no_answer", "connected"])
async def test_whoever_was_called_is_not_called_again(database: Database, phone_state: str) -> None:
    caller = await make_caller(database)
    task, _node, attempt = await dialled(caller)
    await _close(caller, failed_call(attempt.id, phone_state))
    assert await plan_now(database) == 0
    async with database.system() as session:
        assert await service.finish_tasks_with_nobody_left(session, NOW) == 1
    done = await caller.view(task.id)
    assert (done.state, done.state_reason, done.finished_at, done.called) == ("finished", "all_called", NOW, 1)


async def test_a_result_is_stored_once(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(1)
    node = await make_node(database)
    await plan_now(database)
    (attempt,) = await claim(database, node)
    call_id = await dial(database, attempt, node)
    async with database.system() as session:
        await write_notes(session, [Note(attempt.id, answered_at=NOW)])
    await _close(caller, answered_call(attempt.id))
    await _close(caller, failed_call(attempt.id, "busy"))
    async with database.tenant(caller.tenant_id) as session:
        kept = (await session.execute(select(CallRow.id, CallRow.phone_state))).all()
    assert kept == [(call_id, "connected")]


async def test_a_call_that_never_left_gives_its_customer_back(database: Database) -> None:
    caller = await make_caller(database)
    task, node, attempt = await dialled(caller)
    async with database.tenant(caller.tenant_id) as session:
        await withdraw_call(session, attempt.id, node, NOW)
        assert (await session.scalars(select(CallRow))).all() == []
    assert await _customers(caller, task.id) == {"uncalled": 1}
    assert await plan_now(database) == 1
    async with database.tenant(caller.tenant_id) as session:
        numbers = await session.scalars(select(AttemptRow.number).order_by(AttemptRow.number))
        assert numbers.all() == [1, 2]


async def test_a_call_that_was_lost_track_of_is_not_dialled_again(database: Database) -> None:
    caller = await make_caller(database)
    task, _node, attempt = await dialled(caller)
    async with database.tenant(caller.tenant_id) as session:
        await abandon_call(session, attempt.id, "lost", NOW)
    assert await _customers(caller, task.id) == {"called": 1}
    async with database.tenant(caller.tenant_id) as session:
        call = (await session.scalars(select(CallRow))).one()
        assert (call.interrupted, call.ended_at, call.sip_reason) == (True, NOW, "lost")


async def test_a_dead_line_is_passed_over_burns_nobody_and_comes_back_by_a_probe(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(20, concurrency=4)
    node, leader, now, faults = await make_node(database), Leader(database), NOW, 0
    await leader.look(now)
    while await leader.look(now) or not faults:
        for attempt in await claim(database, node):
            if isinstance(await open_call(database, attempt, node, now=now), Dialling):
                await _close(caller, replace(failed_call(attempt.id, "line_fault", 503), ended_at=now))
                faults += 1
    assert FAULTS_IN_A_ROW <= faults < FAULTS_IN_A_ROW + 4
    stuck = await caller.view(task.id)
    assert (stuck.state, stuck.waiting.reason, stuck.waiting.detail) == ("running", "lines", {"standing": "faulty"})
    everybody = await _customers(caller, task.id)
    assert everybody.keys() == {"uncalled", "waiting"}
    assert sum(everybody.values()) == 20

    now += FIRST_PROBE
    assert await leader.look(now) == 1, "one call finds out whether the line is well again"
    assert await leader.look(now) == 0
    (probe,) = await claim(database, node)
    assert isinstance(await open_call(database, probe, node, now=now), Dialling)
    await _close(caller, replace(failed_call(probe.id, "line_fault", 503), ended_at=now))
    assert await leader.look(now + FIRST_PROBE) == 0, "the next probe comes later"

    now += 2 * FIRST_PROBE
    assert await leader.look(now) == 1
    (probe,) = await claim(database, node)
    assert isinstance(await open_call(database, probe, node, now=now), Dialling)
    await _close(caller, replace(failed_call(probe.id, "busy", 486), ended_at=now))
    assert await leader.look(now) == 4
    going_on = await caller.view(task.id)
    assert (going_on.waiting.reason, going_on.called) == ("", 1)


async def test_one_number_that_fails_does_not_stop_the_others(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(3, concurrency=1)
    node, leader, now, bad = await make_node(database), Leader(database), NOW, ""
    await leader.look(now)
    dialled: list[str] = []
    while len(dialled) < 5:
        if not await leader.look(now):
            now += FAULT_PAUSE
            continue
        (attempt,) = await claim(database, node)
        bad = bad or attempt.phone
        dialled.append(attempt.phone)
        assert isinstance(await open_call(database, attempt, node, now=now), Dialling)
        state = "line_fault" if attempt.phone == bad else "busy"
        await _close(caller, replace(failed_call(attempt.id, state, 500), ended_at=now))
    assert await _customers(caller, task.id) == {"called": 3}
    assert dialled.count(bad) == 3
    assert dialled[1] != bad, "who waits for the line stops nobody"


async def test_a_fault_after_ringing_counts_as_called(database: Database) -> None:
    caller = await make_caller(database)
    task, _node, attempt = await dialled(caller)
    await _close(caller, failed_call(attempt.id, "line_fault", 500, rang=True))
    assert await _customers(caller, task.id) == {"called": 1}


async def test_customers_added_at_the_last_moment_are_called_too(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(1)
    async with database.tenant(caller.tenant_id) as session:
        await session.execute(update(TaskCustomerRow).values(state="called"))
    adding = caller.add_customers(task.id, 5, first=1)
    added, *_ = await asyncio.gather(adding, _finish(database), _finish(database), return_exceptions=True)
    assert added is None or isinstance(added, TaskStateError)
    await _finish(database)
    after = await caller.view(task.id)
    assert (after.state, after.customers) in {("running", 6), ("finished", 1)}


async def _finish(database: Database) -> None:
    async with database.system() as session:
        await service.finish_tasks_with_nobody_left(session, NOW)
