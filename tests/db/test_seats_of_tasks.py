"""AI seats of tasks (TASK-6): reserved whole, in order, waited for where all can see, let go at once."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from callwright.db.session import Database
from callwright.db.tables.seats import AiSeatPackRow, ReservedSeatRow
from callwright.tasks import service
from callwright.tasks.reserving import Held, get_free, get_held
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import Leader, answered_call, claim, close_call, dial, make_node


async def _held(database: Database) -> dict[UUID, Held]:
    async with database.system() as session:
        return await get_held(session)


async def _free(caller: Caller) -> int:
    async with caller.database.system() as session:
        return (await get_free(session, NOW))[caller.tenant_id]


async def _waits(caller: Caller, task_id: UUID) -> tuple[str, dict[str, object]]:
    waiting = (await caller.view(task_id)).waiting
    return waiting.reason, waiting.detail


async def test_seats_go_to_tasks_in_the_order_of_their_start_and_come_free_at_a_pause(database: Database) -> None:
    caller, other = await make_caller(database, seats=6), await make_caller(database, name="Blue Door", seats=1)
    first = await caller.running_task(9, name="First", concurrency=4)
    large = await caller.running_task(9, name="Large", concurrency=5, first=9)
    small = await caller.running_task(9, name="Small", concurrency=1, first=18)
    theirs = await other.running_task(1, concurrency=1)
    await make_node(database)
    leader = Leader(database)
    assert await leader.settle() == 5
    assert await _held(database) == {first.id: Held(4), theirs.id: Held(1)}
    assert await _waits(caller, large.id) == ("seats", {"seats": 5, "free": 2})
    assert await _waits(caller, small.id) == ("seats", {"seats": 1, "free": 2}), "not before the large one"
    assert await _waits(caller, first.id) == ("", {})
    assert await _free(caller) == 2

    async with database.tenant(caller.tenant_id) as session:
        paused = await service.pause_task(session, first.id, now=NOW)
    assert (paused.state, paused.waiting.reason) == ("paused", "")
    assert await _free(caller) == 6
    assert await leader.look() == 0, "seats first"
    assert await leader.look() == 6
    assert await _held(database) == {large.id: Held(5), small.id: Held(1), theirs.id: Held(1)}

    async with database.tenant(caller.tenant_id) as session:
        await service.resume_task(session, first.id)
    await leader.look()
    assert await _waits(caller, first.id) == ("seats", {"seats": 4, "free": 0})
    async with database.tenant(caller.tenant_id) as session:
        await service.finish_task(session, large.id, now=NOW)
    assert await leader.settle() == 4
    assert await _free(caller) == 1


async def test_a_task_lets_its_seats_go_when_everybody_is_called(database: Database) -> None:
    caller = await make_caller(database, seats=2)
    task = await caller.running_task(2, concurrency=2)
    node, leader = await make_node(database), Leader(database)
    await leader.settle()
    for attempt in await claim(database, node):
        await dial(database, attempt, node)
        await close_call(database, answered_call(attempt.id))
    assert await _held(database) == {task.id: Held(2)}
    await leader.look()
    async with database.system() as session:
        assert await service.finish_tasks_with_nobody_left(session, NOW) == 1
    assert await _held(database) == {}


async def test_packs_open_and_expire(database: Database) -> None:
    caller = await make_caller(database, seats=2)
    async with database.system() as session:
        session.add(AiSeatPackRow(tenant_id=caller.tenant_id, seats=3, opens_at=NOW + timedelta(hours=1)))
        session.add(
            AiSeatPackRow(
                tenant_id=caller.tenant_id,
                seats=4,
                opens_at=NOW - timedelta(hours=2),
                expires_at=NOW + timedelta(hours=2),
            )
        )
    task = await caller.running_task(9, concurrency=6)
    await make_node(database)
    leader = Leader(database)
    assert await leader.look(NOW + timedelta(hours=3)) == 0
    assert await _waits(caller, task.id) == ("seats", {"seats": 6, "free": 5})
    assert await leader.settle() == 6


async def test_seats_stand_in_the_database_as_often_as_they_are_reserved(database: Database) -> None:
    caller = await make_caller(database, seats=5)
    task = await caller.running_task(5, concurrency=5)
    await make_node(database)
    leader = Leader(database)
    await leader.settle()
    await leader.settle()
    async with database.tenant(caller.tenant_id) as session:
        seats = (await session.scalars(select(ReservedSeatRow))).all()
    assert [(seat.task_id, seat.leaving) for seat in seats] == [(task.id, False)] * 5


async def test_a_task_that_is_paused_while_the_leader_looks_gets_no_seats(database: Database) -> None:
    caller = await make_caller(database, seats=2)
    task = await caller.running_task(2, concurrency=2)
    await make_node(database)

    async with database.tenant(caller.tenant_id) as session:
        await service.pause_task(session, task.id, now=NOW)
        assert await Leader(database).look() == 0, "it sees the task run, and waits for nobody"
    assert await _held(database) == {}


async def test_a_task_that_goes_on_has_the_seats_again_that_its_conversations_kept(database: Database) -> None:
    caller = await make_caller(database, seats=2)
    task = await caller.running_task(9, concurrency=2)
    node, leader = await make_node(database), Leader(database)
    await leader.settle()
    for attempt in await claim(database, node):
        await dial(database, attempt, node)
    async with database.tenant(caller.tenant_id) as session:
        await service.pause_task(session, task.id, now=NOW)
    assert await _held(database) == {task.id: Held(0, 0, 2)}, "for those whose telephone rings"
    async with database.tenant(caller.tenant_id) as session:
        await service.resume_task(session, task.id)
    await leader.look()
    assert await _held(database) == {task.id: Held(2)}
