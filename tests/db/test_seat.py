"""More people answer than there are AI seats: who is held, served, lost, and where the seats are afterwards."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import numpy as np
from sqlalchemy import select, update

from callwright.calls.schemas import CallFilter, CallView
from callwright.calls.service import get_call, list_calls
from callwright.db.embedded import EmbeddedPostgres
from callwright.db.session import Database
from callwright.db.tables.calls import CallRow
from callwright.db.tables.seats import ReservedSeatRow
from callwright.db.tables.tasks import TaskRow
from callwright.dialer.reaper import reap
from callwright.dialing.concurrency import ConcurrencyMode
from callwright.kit.ids import new_id
from callwright.tasks import service
from callwright.tasks.reserving import get_held, take_seats
from callwright.telephony.port import FRAME_SAMPLES, Answered, Ended, HangupSide, PhoneState, Ringing
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import claim, close_call, dial, failed_call, make_node, plan_now
from tests.factories.house import House, task_is
from tests.factories.outage import come_back, go_away
from tests.fakes.crowd import answers
from tests.fakes.telephony import FakeCall
from tests.waiting import until

SILENCE = np.zeros(FRAME_SAMPLES, np.int16)


async def seats_of(database: Database) -> dict[UUID, UUID | None]:
    """Return every reserved seat with who has it."""
    async with database.system() as session:
        rows = await session.execute(select(ReservedSeatRow.id, ReservedSeatRow.attempt_id))
        return dict(iter(rows))


async def seated(house: House) -> list[FakeCall]:
    """Return the calls of those who have a seat."""
    async with house.database.system() as session:
        phones = await session.scalars(
            select(CallRow.phone).join(ReservedSeatRow, ReservedSeatRow.attempt_id == CallRow.attempt_id)
        )
        having = set(phones)
    return [call for call in house.engine.calls if call.request.to in having]


async def over_dialling_task(caller: Caller) -> UUID:
    """Start a task with 2 seats that calls its 4 customers at once."""
    task = await caller.make_task(4, concurrency=2, mode=ConcurrencyMode.MULTI)
    async with caller.database.tenant(caller.tenant_id) as session:
        await session.execute(update(TaskRow).values(concurrency=4))
        await service.start_task(session, task.id, now=NOW)
    return task.id


async def views(caller: Caller) -> list[CallView]:
    async with caller.database.tenant(caller.tenant_id) as session:
        return [await get_call(session, call.id) for call in await list_calls(session, CallFilter())]


async def tick(calls: Sequence[FakeCall], count: int = 1) -> None:
    """Let 20 ms pass for each of ``calls``, ``count`` times."""
    for _ in range(count):
        await asyncio.sleep(0.005)
        for call in calls:
            assert call.handler is not None
            call.handler.heard(SILENCE)
            call.handler.say()


def leave(call: FakeCall) -> None:
    """Let the person hang up."""
    call.tell(Ended(HangupSide.THEM, PhoneState.CONNECTED, None, ""))


def rings(call: FakeCall) -> None:
    """Ring, and wait for the test to answer."""
    call.tell(Ringing())


def kinds(call: CallView) -> list[str]:
    return [event.kind for event in call.events if event.kind in ("held_for_seat", "seat_given", "lost")]


async def four_ring(house: House) -> bool:
    return len(house.engine.calls) == 4


async def all_answered(house: House) -> bool:
    return len(house.engine.calls) == 4 and all(call.handler is not None for call in house.engine.calls)


async def test_four_answer_for_two_seats(house: House) -> None:
    house.engine.callee = answers
    caller = await make_caller(house.database, seats=2)
    task_id = await over_dialling_task(caller)
    async with house.open():
        await until(lambda: all_answered(house), "four answers")
        everybody = house.engine.calls

        async def seats_taken() -> bool:
            await tick(everybody)
            return len(await seated(house)) == 2

        await until(seats_taken, "a seat for two of them")
        talking = await seated(house)
        held = [call for call in everybody if call not in talking]
        leave(talking[0])

        async def served() -> bool:
            await tick(held)
            return any(call in held for call in await seated(house))

        await until(served, "a seat for one of those who are held")
        (unlucky,) = [call for call in held if call not in await seated(house)]

        async def turned_away() -> bool:
            await tick([unlucky], 10)
            return unlucky.hang_ups == 1

        await until(turned_away, "the end of the hold")
        for call in everybody:
            if call not in (unlucky, talking[0]):
                leave(call)
        await until(lambda: task_is(caller, task_id, "finished"), "the end of the task")
    calls = await views(caller)
    assert sorted(call.summary.phone_state or "" for call in calls) == [
        "connected",
        "connected",
        "connected",
        "lost",
    ]
    held_calls = sorted(kinds(call) for call in calls if kinds(call))
    assert held_calls == [["held_for_seat", "lost"], ["held_for_seat", "seat_given"]]
    (lost,) = [call for call in calls if call.summary.phone_state == "lost"]
    assert (lost.summary.grade, lost.summary.has_recording, lost.summary.hung_up_by) == (None, True, "us")
    assert lost.summary.answered_at is not None
    assert "This was Harbour Dental, number two one two," in lost.transcript[-1].text
    assert await seats_of(house.database) == {}


async def test_whoever_answers_while_the_database_is_away_is_served(
    house: House, database_url: str, postgres: EmbeddedPostgres
) -> None:
    house.engine.callee = rings
    caller = await make_caller(house.database, seats=2)
    task_id = await over_dialling_task(caller)
    async with house.open():
        await until(lambda: four_ring(house), "four telephones that ring")
        await go_away(postgres, database_url)
        for call in house.engine.calls:
            call.tell(Answered())
        await tick(house.engine.calls, 200)
        await come_back(postgres, database_url)
        for call in house.engine.calls:
            leave(call)
        await until(lambda: _is_quietly(caller, task_id, "finished"), "the end of the task")
    calls = await views(caller)
    assert {call.summary.phone_state for call in calls} == {"connected"}
    assert all(call.transcript[1].text.startswith("Hello Maria. This is Anna") for call in calls)
    assert {tuple(kinds(call)) for call in calls} == {("held_for_seat", "seat_given")}
    assert await seats_of(house.database) == {}


async def _is_quietly(caller: Caller, task_id: UUID, state: str) -> bool:
    try:
        return await task_is(caller, task_id, state)
    except Exception:
        return False


async def test_a_seat_is_taken_once_however_often_it_is_asked_for(database: Database) -> None:
    caller = await make_caller(database, seats=2)
    task = await caller.running_task(3, concurrency=2)
    node = await make_node(database)
    await plan_now(database)
    first, second = await claim(database, node)
    for attempt in (first, second):
        await dial(database, attempt, node)
    async with database.system() as session:
        assert await take_seats(session, [(task.id, first.id)]) == {first.id}
    async with database.system() as session:
        assert await take_seats(session, [(task.id, first.id)]) == {first.id}
        assert (await get_held(session))[task.id].busy == 1
        third = new_id()
        assert await take_seats(session, [(task.id, first.id), (new_id(), third)]) == {first.id}
        assert await take_seats(session, [(task.id, second.id)]) == {second.id}


async def test_a_task_that_is_paused_keeps_a_seat_for_whoever_may_still_answer(database: Database) -> None:
    caller = await make_caller(database, seats=3)
    task = await caller.running_task(3, concurrency=3)
    node = await make_node(database)
    await plan_now(database)
    talks, rings_on, is_busy = await claim(database, node)
    for attempt in (talks, rings_on, is_busy):
        await dial(database, attempt, node)
    async with database.system() as session:
        assert await take_seats(session, [(task.id, talks.id)]) == {talks.id}
    async with database.tenant(caller.tenant_id) as session:
        await service.pause_task(session, task.id, now=NOW)
    assert len(await seats_of(database)) == 3
    await close_call(database, failed_call(is_busy.id, "busy"))
    assert sorted(map(str, (await seats_of(database)).values())) == sorted(map(str, (talks.id, None)))
    async with database.system() as session:
        assert await take_seats(session, [(task.id, rings_on.id)]) == {rings_on.id}
    for attempt in (talks, rings_on):
        await close_call(database, failed_call(attempt.id, "connected"))
    assert await seats_of(database) == {}


async def test_a_seat_taken_as_its_attempt_ended_is_freed(database: Database) -> None:
    caller = await make_caller(database, seats=1)
    task = await caller.running_task(2, concurrency=1)
    node = await make_node(database)
    await plan_now(database)
    (attempt,) = await claim(database, node)
    await dial(database, attempt, node)
    await close_call(database, failed_call(attempt.id, "busy"))
    async with database.system() as session:
        assert await take_seats(session, [(task.id, attempt.id)]) == {attempt.id}
    async with database.system() as session:
        await reap(session, NOW, stale_s=3600)
    assert list((await seats_of(database)).values()) == [None]
