"""Whoever others hold at this moment keeps no line from those whom nobody holds."""

from collections import Counter
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.lines import LineRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow, TaskLineRow
from callwright.dialing.line_health import from_data
from callwright.dialing.outcome import FAULTS_IN_A_ROW, LINE_FAULT
from callwright.kit.ids import new_id
from callwright.lines.drafts import LineDraft
from callwright.lines.health import note_results
from callwright.lines.service import create_line
from tests.factories.calling import BOX, NOW, Caller, make_caller, phone
from tests.factories.calls import Leader, claim, make_node

LATER = NOW + timedelta(days=1)


@asynccontextmanager
async def held(caller: Caller, numbers: Collection[int]) -> AsyncIterator[None]:
    """Hold the entries of these customers, as a file does that renews them."""
    entry = TaskCustomerRow
    whose = select(CustomerRow.id).where(CustomerRow.phone.in_([phone(number) for number in numbers]))
    async with caller.database.tenant(caller.tenant_id) as session:
        query = select(entry.id).where(entry.customer_id.in_(whose)).with_for_update(key_share=True)
        assert len((await session.scalars(query)).all()) == len(numbers)
        yield


async def set_line(caller: Caller, **values: object) -> None:
    async with caller.database.tenant(caller.tenant_id) as session:
        await session.execute(update(LineRow).values(**values).execution_options(synchronize_session=False))


@pytest.mark.parametrize("scarce", [{"channels": 1}, {"calls_per_second": 0.1}])
async def test_a_task_of_the_same_line_calls_meanwhile(database: Database, scarce: dict[str, object]) -> None:
    caller = await make_caller(database)
    await set_line(caller, **scarce)
    await caller.running_task(2, concurrency=1)
    other = await caller.running_task(1, name="Autumn", concurrency=1, first=5)
    await make_node(database)
    leader = Leader(database)
    assert await leader.look() == 0, "seats first"
    async with held(caller, [0, 1]):
        looks = [await leader.look() for _ in range(2)]
    async with database.system() as session:
        planned = (await session.scalars(select(AttemptRow.task_id))).all()
    assert set(planned) == {other.id}
    assert sum(looks) == len(planned)


async def test_whom_nobody_holds_of_a_task_is_called_meanwhile_and_no_more_than_it_may(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(20, concurrency=5)
    node = await make_node(database)
    leader = Leader(database)
    assert await leader.look() + await leader.look() == 0, "first seats, then what the line may carry"
    async with held(caller, [0, 1, 3, 5, 6, 7]):
        assert [await leader.look() for _ in range(2)] == [5, 0]
        called = {attempt.phone for attempt in await claim(database, node)}
    assert called == {phone(number) for number in (2, 4, 8, 9, 10)}
    assert (await caller.view(task.id)).waiting.reason == ""


async def test_whoever_is_due_again_is_passed_over_likewise(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(4, concurrency=2)
    async with database.tenant(caller.tenant_id) as session:
        await session.execute(update(TaskCustomerRow).values(state="waiting", due_at=NOW))
    node = await make_node(database)
    leader = Leader(database)
    await leader.look()
    async with held(caller, [0, 1, 2]):
        assert [await leader.look() for _ in range(2)] == [0, 1]
        assert {attempt.phone for attempt in await claim(database, node)} == {phone(3)}


@pytest.mark.parametrize("holds", [0, 1])
async def test_one_call_and_no_more_finds_out_whether_a_line_is_well(database: Database, holds: int) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(8, concurrency=4)
    async with database.tenant(caller.tenant_id) as session:
        draft = LineDraft(name="Other", carrier_host="127.0.0.1", caller_number="+12125550101", channels=50)
        other = await create_line(session, draft, region="US", box=BOX)
        other.calls_per_second = 1000
        session.add(TaskLineRow(id=new_id(), task_id=task.id, line_id=other.id))
    async with database.system() as session:
        await note_results(session, [(caller.line_id, LINE_FAULT, NOW)] * FAULTS_IN_A_ROW)
        assert from_data((await session.get_one(LineRow, caller.line_id)).health).fault is not None
    await make_node(database)
    leader = Leader(database)
    await leader.look()
    async with held(caller, [0, 1, 2, 3]):
        assert await leader.look() == 0
    async with held(caller, [holds]):
        assert await leader.look(LATER) == 4
    async with database.system() as session:
        over = Counter(await session.scalars(select(AttemptRow.line_id)))
    assert over == {caller.line_id: 1, other.id: 3}
