"""A file brought into a task again: whoever is not called yet is called with what it says, whole or not at all."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from callwright.calls.keeping import abandon_call
from callwright.db.embedded import SUPERUSER, EmbeddedPostgres
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.nodes import NodeRow
from callwright.db.tables.tasks import TaskCustomerRow
from callwright.dialing.moving import MoveAct
from callwright.kit.ids import new_id
from callwright.moving.jobs import move_job
from callwright.moving.schemas import Chosen, NewMove
from callwright.moving.service import ask as ask_for_move
from callwright.tasks.attempts import give_back
from callwright.tasks.calling_again import call_again_those
from callwright.tasks.importing import ImportResult, import_customers
from callwright.tasks.interrupting import interrupt_orphans
from callwright.tasks.repository import get_task_to_fill
from callwright.tasks.schemas import ClaimedAttempt
from tests.db.test_first_import import MOST_A_ROW, READ, count_before_each
from tests.factories.calling import NOW, Caller, make_caller, phone
from tests.factories.calls import Leader, claim, close_call, dial, failed_call, make_node, plan_now
from tests.fakes.clock import ManualClock
from tests.waiting import until

OLD = {"customer_name": "Maria", "last_visit": "last April"}
NEW = {"customer_name": "Mary", "last_visit": "in June"}


def csv(rows: Sequence[tuple[str, str, str]]) -> bytes:
    return "\n".join(["phone,customer_name,last_visit", *map(",".join, rows)]).encode()


def anew(numbers: Sequence[int]) -> bytes:
    """A file that says of these customers what it did not before."""
    return csv([(phone(number), NEW["customer_name"], NEW["last_visit"]) for number in numbers])


async def bring(caller: Caller, task_id: UUID, content: bytes) -> ImportResult:
    async with caller.database.tenant(caller.tenant_id) as session:
        return await import_customers(session, task_id, content, file_name="a.csv", region="US", now=NOW)


async def values(caller: Caller, task_id: UUID) -> dict[str, dict[str, str]]:
    """Return what each entry of the task holds, by number."""
    async with caller.database.tenant(caller.tenant_id) as session:
        found = select(CustomerRow.phone, TaskCustomerRow.variables).join(
            TaskCustomerRow, TaskCustomerRow.customer_id == CustomerRow.id
        )
        return dict(iter(await session.execute(found.where(TaskCustomerRow.task_id == task_id))))


async def put(caller: Caller, number: int, **as_left: object) -> None:
    """Let an entry stand as calls or people would have left it."""
    whose = select(CustomerRow.id).where(CustomerRow.phone == phone(number)).scalar_subquery()
    async with caller.database.tenant(caller.tenant_id) as session:
        await session.execute(update(TaskCustomerRow).where(TaskCustomerRow.customer_id == whose).values(**as_left))


async def waits_for_another(database: Database) -> bool:
    """Say whether a transaction waits for another to end."""
    async with database.system() as session:
        waiting = text("""
            SELECT count(*) FROM pg_locks JOIN pg_stat_activity AS session USING (pid)
            WHERE NOT granted AND session.datname = current_database()
        """)
        return bool(await session.scalar(waiting))


def told(result: ImportResult) -> tuple[int, int, int, int, int]:
    return (
        result.imported,
        result.changed_in_task,
        result.too_late,
        result.already_in_task,
        len(result.faults),
    )


async def test_whoever_is_not_called_yet_is_called_with_the_mended_words(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(3)
    mended = csv([(phone(0), "Mary", "in June"), (phone(1), "Maria", "last April"), (phone(7), "New", "May")])
    assert told(await bring(caller, task.id, mended)) == (1, 1, 0, 1, 0)
    assert told(await bring(caller, task.id, mended)) == (0, 0, 0, 3, 0)
    node = await make_node(database)
    await plan_now(database)
    heard = {attempt.phone: attempt.variables for attempt in await claim(database, node)}
    assert heard == {
        phone(0): NEW,
        phone(1): OLD,
        phone(2): OLD,
        phone(7): {"customer_name": "New", "last_visit": "May", "plan": ""},
    }


async def test_what_a_file_leaves_empty_stays(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.make_task(2)
    await put(caller, 0, variables=OLD | {"of_an_older_script": "kept", "plan": "family"})
    script = b"phone,customer_name,last_visit,plan\n"
    rows = f"{phone(0)},Maria,in June,\n{phone(1)},Maria,last April,\n".encode()
    assert told(await bring(caller, task.id, script + rows)) == (0, 1, 0, 1, 0)
    assert await values(caller, task.id) == {
        phone(0): OLD | {"last_visit": "in June", "of_an_older_script": "kept", "plan": "family"},
        phone(1): OLD,
    }


async def test_whoever_was_called_keeps_what_the_calls_were_held_by(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(2, concurrency=2)
    node = await make_node(database)
    await plan_now(database)
    called, calling = await claim(database, node)
    await dial(database, called, node)
    await close_call(database, failed_call(called.id, "busy"))
    again = await bring(caller, task.id, anew([0, 1]))
    assert (told(again), again.updated) == ((0, 0, 2, 0, 0), 2)
    assert await values(caller, task.id) == {called.phone: OLD, calling.phone: OLD}


@pytest.mark.parametrize(
    ("as_left", "renewed"),
    [
        ({"state": "uncalled"}, True),
        ({"state": "waiting", "due_at": NOW}, True),
        ({"state": "denied"}, True),
        ({"state": "uncalled", "last_called_at": NOW}, False),
        ({"state": "waiting", "due_at": NOW + timedelta(hours=1), "last_called_at": NOW}, False),
        ({"state": "denied", "last_called_at": NOW}, False),
        ({"state": "calling"}, False),
        ({"state": "called", "last_called_at": NOW}, False),
        ({"state": "do_not_call"}, False),
    ],
)
async def test_only_whoever_never_was_called_is_renewed(
    database: Database, as_left: dict[str, object], renewed: bool
) -> None:
    caller = await make_caller(database)
    task = await caller.make_task(1)
    await put(caller, 0, **as_left)
    assert told(await bring(caller, task.id, anew([0]))) == (0, int(renewed), int(not renewed), 0, 0)
    assert await values(caller, task.id) == {phone(0): NEW if renewed else OLD}


async def test_whoever_is_called_under_another_number_is_refused_and_not_renewed(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.make_task(2)
    await put(caller, 1, state="withdrawn", taken_out_why="same-person")
    async with database.tenant(caller.tenant_id) as session:
        card = select(CustomerRow.id).where(CustomerRow.phone == phone(0)).scalar_subquery()
        merged = update(CustomerRow).where(CustomerRow.phone == phone(1)).values(merged_into=card)
        await session.execute(merged.execution_options(synchronize_session=False))
    assert told(await bring(caller, task.id, anew([0, 1]))) == (0, 1, 0, 0, 1)
    assert await values(caller, task.id) == {phone(0): NEW, phone(1): OLD}


async def test_another_task_of_theirs_stays_as_it_is(database: Database) -> None:
    caller = await make_caller(database)
    spring, autumn = await caller.make_task(1), await caller.make_task(1, name="Autumn")
    await bring(caller, spring.id, anew([0]))
    assert await values(caller, autumn.id) == {phone(0): OLD}


async def test_whoever_is_being_planned_is_called_as_they_stood(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(2, concurrency=1)
    node = await make_node(database)
    leader = Leader(database)
    assert await leader.look() + await leader.look() == 0, "first seats, then what the line may carry"
    async with database.system() as session:
        assert await leader.plan_in(session) == 1
        bringing = asyncio.create_task(bring(caller, task.id, anew([0, 1])))
        await until(lambda: waits_for_another(database))
    assert told(await bringing) == (0, 1, 1, 0, 0)
    (attempt,) = await claim(database, node)
    assert (attempt.phone, attempt.variables) == (phone(0), OLD)


async def test_whoever_is_held_and_let_go_as_they_were_is_called_with_the_mended_words(
    database: Database,
) -> None:
    caller = await make_caller(database)
    task = await caller.make_task(2)
    async with database.tenant(caller.tenant_id) as session:
        first = select(TaskCustomerRow.id).order_by(TaskCustomerRow.position).limit(1)
        await session.execute(first.with_for_update(key_share=True))
        bringing = asyncio.create_task(bring(caller, task.id, anew([0, 1])))
        await until(lambda: waits_for_another(database))
    assert told(await bringing) == (0, 2, 0, 0, 0)
    assert await values(caller, task.id) == {phone(0): NEW, phone(1): NEW}


async def test_a_file_and_a_move_of_the_same_people_never_wait_for_one_another(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(2)
    async with database.tenant(caller.tenant_id) as session:
        ids = tuple(await session.scalars(select(TaskCustomerRow.id)))
        wanted = NewMove(new_id(), MoveAct.AGAIN, task.id, Chosen(ids=ids))
        move = await ask_for_move(session, wanted, by=None)
    async with database.tenant(caller.tenant_id) as session:
        await get_task_to_fill(session, task.id)
        job = move_job(database, ManualClock(NOW))
        moving = asyncio.ensure_future(job.run(caller.tenant_id, move.row.id))
        await until(lambda: waits_for_another(database))
        async with asyncio.timeout(20):
            again = await import_customers(session, task.id, anew([0, 1]), file_name="a.csv", region="US", now=NOW)
    await moving
    assert told(again) == (0, 2, 0, 0, 0)


@pytest.mark.parametrize("dialled", [True, False])
@pytest.mark.parametrize("gone", [True, False])
async def test_a_call_of_which_nobody_knows_the_end_keeps_what_it_was_held_by(
    database: Database, dialled: bool, gone: bool
) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(1)
    node = await make_node(database)
    await plan_now(database)
    (attempt,) = await claim(database, node)
    if dialled:
        await dial(database, attempt, node)
    async with database.system() as session:
        if gone:
            await session.execute(update(NodeRow).values(ended_at=NOW))
            assert len(await interrupt_orphans(session, NOW)) == 1
        elif dialled:
            await abandon_call(session, attempt.id, "an error", NOW)
        else:
            assert await give_back(session, attempt.id, node, NOW)
    async with database.tenant(caller.tenant_id) as session:
        await call_again_those(session, task.id, list(await session.scalars(select(TaskCustomerRow.id))))
    assert told(await bring(caller, task.id, anew([0]))) == (0, int(not dialled), int(dialled), 0, 0)
    assert await values(caller, task.id) == {phone(0): OLD if dialled else NEW}


async def test_the_leader_waits_for_no_file(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(2)
    other = await caller.running_task(1, name="Autumn")
    await caller.add_customers(other.id, 1, first=5)
    node = await make_node(database)
    leader = Leader(database)
    await leader.look()
    async with database.tenant(caller.tenant_id) as session:
        await import_customers(session, task.id, anew([0, 1]), file_name="a.csv", region="US", now=NOW)
        async with asyncio.timeout(20):
            await leader.settle()
        assert {attempt.task_id for attempt in await claim(database, node)} == {other.id}
    await leader.settle()
    assert [attempt.variables for attempt in await claim(database, node)] == [NEW, NEW]


async def test_files_and_dials_at_once_leave_no_call_half(database: Database) -> None:
    caller = await make_caller(database, seats=200, channels=200)
    task = await caller.running_task(120, concurrency=120)
    node = await make_node(database, capacity=500)
    leader = Leader(database, at_most=12)
    await leader.look()
    claimed: list[ClaimedAttempt] = []

    async def dialling() -> None:
        while len(claimed) < 120:
            await leader.look()
            claimed.extend(await claim(database, node))

    async def importing() -> list[ImportResult]:
        return [await bring(caller, task.id, anew(range(first, first + 40))) for first in (80, 40, 0)]

    async with asyncio.timeout(120):
        _, results = await asyncio.gather(dialling(), importing())
    heard = [attempt.variables for attempt in claimed]
    assert all(one in (OLD, NEW) for one in heard), heard
    assert heard.count(NEW) == sum(result.changed_in_task for result in results)
    assert heard.count(OLD) == sum(result.too_late for result in results)


@pytest.mark.parametrize("counted", [True, False])
async def test_a_file_that_comes_again_reads_no_table_for_each_of_its_rows(
    database: Database, postgres: EmbeddedPostgres, database_url: str, counted: bool
) -> None:
    caller = await make_caller(database)
    task = await caller.make_task()
    rows = 500
    first, again = (
        csv([(f"+1212{5_560_000 + row}", "Person", visit) for row in range(rows)]) for visit in ("April", "May")
    )
    await bring(caller, task.id, first)
    superuser = postgres.url_of(urlsplit(database_url).path[1:], SUPERUSER)
    async with database.tenant(caller.tenant_id) as session:
        if counted:
            await count_before_each(session, superuser)
        done = await import_customers(session, task.id, again, file_name="a.csv", region="US", now=NOW)
        read = dict[str, int](iter(await session.execute(READ)))
    assert done.changed_in_task == rows
    assert max(read.values()) < MOST_A_ROW * rows, read
