"""Tasks: made, changed, listed, filled."""

from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.service import get_tenant
from callwright.contacts.errors import InvalidCustomerError
from callwright.db.session import Database
from callwright.dialing.lifecycle import TaskStateError
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.kit.names import InvalidNameError
from callwright.scripts.drafting import create_version
from callwright.scripts.service import demo_source
from callwright.tasks import adding, importing, service
from callwright.tasks.drafts import TaskDraft
from callwright.tasks.errors import (
    AlreadyInTaskError,
    ConcurrencyError,
    ScriptNotPublishedError,
    TaskEmptyError,
    TaskNameTakenError,
)
from tests.factories.calling import NOW, VARIABLES, make_caller, phone

ACTS = (
    partial(service.start_task, now=NOW),
    partial(service.pause_task, now=NOW),
    service.resume_task,
    partial(service.finish_task, now=NOW),
)


async def _make(session: AsyncSession, tenant_id: UUID, script_id: UUID, line_id: UUID) -> None:
    draft = TaskDraft(name="X", script_id=script_id, line_ids=(line_id,), seats=1)
    await service.create_task(session, draft, tenant=await get_tenant(session, tenant_id), now=NOW)


async def test_a_task_is_made_and_found(database: Database) -> None:
    caller = await make_caller(database)
    made = await caller.make_task(3)
    async with database.tenant(caller.tenant_id) as session:
        task = await service.get_task(session, made.id)
        assert (task.name, task.state, task.customers, task.called, task.connected) == ("Spring", "draft", 3, 0, 0)
        assert (task.script.name, task.script.version, [line.name for line in task.lines]) == (
            "Check-up reminder",
            1,
            ["Line"],
        )
        assert await service.grades_of(session, made.id) == ["A", "B", "C", "D", "E", "F"]
        assert "customer_name" in [one.name for one in await service.variables_of(session, made.id)]


async def test_tasks_are_listed_newest_first_in_pages(database: Database) -> None:
    caller = await make_caller(database)
    for number in range(5):
        await caller.make_task(name=f"Task {number}")
    async with database.tenant(caller.tenant_id) as session:
        first = await service.list_tasks(session, limit=3)
        rest = await service.list_tasks(session, limit=3, after=first[-1].id)
        named = await service.list_tasks(session, name="task 3")
        running = await service.list_tasks(session, state="running")
    assert [task.name for task in first + rest] == ["Task 4", "Task 3", "Task 2", "Task 1", "Task 0"]
    assert [task.name for task in named] == ["Task 3"]
    assert running == []


async def test_what_a_task_can_not_be_is_said(database: Database) -> None:
    caller = await make_caller(database, seats=4, channels=8)
    await caller.make_task(concurrency=4)
    with pytest.raises(TaskNameTakenError, match="Spring"):
        await caller.make_task(concurrency=4)
    with pytest.raises(InvalidNameError):
        await caller.make_task(name="  ", concurrency=4)
    with pytest.raises(ConcurrencyError, match="AI seats allows from 1 to 4"):
        await caller.make_task(name="Other", concurrency=5)
    with pytest.raises(ConcurrencyError, match="outbound way allows from 1 to 2"):
        await (await make_caller(database, name="Narrow", channels=2)).make_task(concurrency=3)
    async with database.tenant(caller.tenant_id) as session:
        draft = await create_version(session, demo_source(), name="Draft", now=NOW)
    with pytest.raises(ScriptNotPublishedError, match="Draft"):
        async with database.tenant(caller.tenant_id) as session:
            await _make(session, caller.tenant_id, draft.id, caller.line_id)


async def test_a_task_of_another_tenant_is_not_there(database: Database) -> None:
    ours, theirs = await make_caller(database), await make_caller(database, name="Theirs")
    task = await theirs.make_task(1)
    for act in ACTS:
        with pytest.raises(NotFoundError):
            async with database.tenant(ours.tenant_id) as session:
                await act(session, task.id)
    for script_id, line_id in ((theirs.script_id, ours.line_id), (ours.script_id, theirs.line_id)):
        with pytest.raises(NotFoundError):
            async with database.tenant(ours.tenant_id) as session:
                await _make(session, ours.tenant_id, script_id, line_id)
    async with database.tenant(ours.tenant_id) as session:
        assert await service.list_tasks(session) == []


async def test_a_task_goes_through_its_states(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.make_task()
    async with database.tenant(caller.tenant_id) as session:
        with pytest.raises(TaskEmptyError):
            await service.start_task(session, task.id, now=NOW)
    await caller.add_customers(task.id, 1)
    states = []
    for act in ACTS:
        async with database.tenant(caller.tenant_id) as session:
            states.append((await act(session, task.id)).state)
    assert states == ["running", "paused", "running", "finished"]
    with pytest.raises(TaskStateError):
        async with database.tenant(caller.tenant_id) as session:
            await service.start_task(session, task.id, now=NOW)
    with pytest.raises(TaskStateError):
        await caller.add_customers(task.id, 1, first=7)
    with pytest.raises(NotFoundError):
        async with database.tenant(caller.tenant_id) as session:
            await service.start_task(session, uuid4(), now=NOW)


async def test_one_customer_is_added_by_form(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.make_task()

    async def add(number: str, variables: dict[str, str]) -> None:
        async with database.tenant(caller.tenant_id) as session:
            await adding.add_customer(
                session, task.id, phone=number, name="Maria", variables=variables, region="US"
            )

    await add("(212) 555-0123", VARIABLES)
    with pytest.raises(AlreadyInTaskError):
        await add("+12125550123", VARIABLES)
    with pytest.raises(InvalidCustomerError) as fault:
        await add("+12125550124", {"customer_name": "Maria"})
    assert fault.value.fields["where"] == "variables.last_visit"
    assert (await caller.view(task.id)).customers == 1


def _csv(rows: list[str]) -> bytes:
    return "\n".join(["phone,customer_name,last_visit", *rows]).encode()


async def test_twenty_thousand_rows_are_imported_once(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.make_task()
    rows = [f"+1212{5_560_000 + number},Person {number},last April" for number in range(20_000)]
    content = _csv([*rows, rows[0], "123,Short,last April", "+12125550123,Nobody,"])
    async with database.tenant(caller.tenant_id) as session:
        result = await importing.import_customers(
            session, task.id, content, file_name="customers.csv", region="US", now=NOW
        )
    assert (result.rows, result.imported, result.updated, result.duplicates) == (20_003, 20_000, 0, 1)
    assert (result.already_in_task, len(result.faults)) == (0, 2)
    assert [(fault.row, fault.column) for fault in result.faults] == [(20_003, "phone"), (20_004, "last_visit")]
    async with database.tenant(caller.tenant_id) as session:
        again = await importing.import_customers(
            session,
            task.id,
            _csv([*rows[:10], "+12125550199,New,in May"]),
            file_name="more.csv",
            region="US",
            now=NOW,
        )
    assert (again.imported, again.updated, again.unchanged, again.already_in_task) == (1, 0, 10, 10)
    assert (await caller.view(task.id)).customers == 20_001


async def test_customers_whom_a_file_changes_are_told_from_the_others(
    database: Database,
) -> None:
    caller = await make_caller(database)
    task = await caller.make_task()
    told = []
    ann, bo, cy = "+12125550101,Ann,May", "+12125550102,Bo,", "+12125550103,Cy,May"
    for content in (
        _csv([ann, bo + "May"]),
        _csv([ann, bo + "June", cy]),
        _csv([ann, bo + "June", cy]),
        b"phone,name,last_visit,consent\n" + f"{ann},\n{cy},no\n".encode(),
        b"phone,name,last_visit,consent\n" + f"{ann},\n{cy},no\n".encode(),
    ):
        async with database.tenant(caller.tenant_id) as session:
            result = await importing.import_customers(
                session, task.id, content, file_name="people.csv", region="US", now=NOW
            )
        told.append((result.imported, result.updated, result.unchanged))
    assert told == [(2, 0, 0), (1, 1, 1), (0, 0, 3), (0, 1, 1), (0, 0, 2)]


async def test_the_template_of_a_task_can_be_imported(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.make_task()
    async with database.tenant(caller.tenant_id) as session:
        content = await importing.template(session, task.id, region="US")
        result = await importing.import_customers(
            session, task.id, content, file_name="t.xlsx", region="US", now=NOW
        )
    assert result.faults == []
    with pytest.raises(NotFoundError):
        async with database.tenant(caller.tenant_id) as session:
            await importing.template(session, new_id(), region="US")


def test_the_factory_makes_possible_numbers() -> None:
    assert len({phone(number) for number in range(3000)}) == 3000
