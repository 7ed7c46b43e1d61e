"""A person under several numbers is called once in a task, however the numbers come into it."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from alembic import command
from sqlalchemy import create_engine, select, update

from callwright.db.engine import sqlalchemy_url
from callwright.db.migrations import configuration
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.moving.jobs import move_job
from callwright.tasks.calling_again import call_again_after, call_again_those
from tests.web.conftest import START, HandSetClock, Town
from tests.web.importing import imported

BOOK = "/api/v1/customers"
FIRST, SECOND = "+12125550001", "+12125550002"
HEADINGS = b"phone,customer_name,last_visit\n"
ROWS = {FIRST: b"+12125550001,Ann Lee,May\n", SECOND: b"+12125550002,Ann Lee,June\n"}


@pytest.fixture
async def numbers(owner: httpx.AsyncClient, town: Town, database: Database) -> dict[str, str]:
    """Ann's two numbers, both still to be called, as the book has them."""
    await imported(owner, town, HEADINGS + ROWS[FIRST] + ROWS[SECOND])
    return await known(database, town)


async def known(database: Database, town: Town) -> dict[str, str]:
    async with database.tenant(town.ours.tenant_id) as session:
        found = await session.execute(
            select(CustomerRow.phone, CustomerRow.id).where(CustomerRow.phone.in_((FIRST, SECOND)))
        )
        return {phone: str(key) for phone, key in found}


async def merge(client: httpx.AsyncClient, kept: str, other: str) -> httpx.Response:
    seen = [(await client.get(f"{BOOK}/{one}")).json()["revision"] for one in (kept, other)]
    body = {"revision": seen[0], "others": [{"id": other, "revision": seen[1]}]}
    return await client.post(f"{BOOK}/{kept}/merge", json=body)


async def merged_before(database: Database, town: Town, numbers: dict[str, str]) -> None:
    """Merge Ann's numbers as it was done before anybody saw to their tasks."""
    async with database.tenant(town.ours.tenant_id) as session:
        second = update(CustomerRow).where(CustomerRow.phone == SECOND)
        await session.execute(second.values(merged_into=UUID(numbers[FIRST])))


async def places(client: httpx.AsyncClient, town: Town) -> dict[str, tuple[str, str | None]]:
    """Return how each of Ann's numbers stands in the task, and why it was taken out."""
    where = f"/api/v1/tasks/{town.ours.ids['task_id']}/customers"
    found = [
        one
        for state in ("uncalled", "waiting", "calling", "called", "withdrawn")
        for one in (await client.get(where, params={"state": state})).json()["items"]
    ]
    return {one["phone"]: (one["state"], one["taken_out_why"]) for one in found if one["phone"] in ROWS}


async def put(database: Database, town: Town, phone: str, **values: Any) -> UUID:
    """Put an entry of the task as calls or people would have left it; return it."""
    whose = select(CustomerRow.id).where(CustomerRow.phone == phone).scalar_subquery()
    async with database.tenant(town.ours.tenant_id) as session:
        entry = update(TaskCustomerRow).where(TaskCustomerRow.customer_id == whose).values(**values)
        found: UUID | None = await session.scalar(entry.returning(TaskCustomerRow.id))
        assert found is not None
        return found


async def test_merging_leaves_one_of_the_numbers_to_be_called(
    owner: httpx.AsyncClient, town: Town, numbers: dict[str, str]
) -> None:
    assert (await merge(owner, numbers[SECOND], numbers[FIRST])).status_code == 200
    assert await places(owner, town) == {SECOND: ("uncalled", None), FIRST: ("withdrawn", "same-person")}
    again = await imported(owner, town, HEADINGS + ROWS[FIRST])
    assert (again["imported"], again["already_in_task"]) == (0, 0)
    assert [(one["row"], one["code"]) for one in again["faults"]] == [(2, "same-person")]
    values = {"customer_name": "Ann", "last_visit": "May"}
    task = f"/api/v1/tasks/{town.ours.ids['task_id']}"
    one = await owner.post(f"{task}/customers", json={"phone": FIRST, "variables": values})
    assert (one.status_code, one.json()["code"]) == (409, "same-person")
    assert (await places(owner, town))[FIRST] == ("withdrawn", "same-person")


async def test_whoever_waits_for_another_try_waits_alone(
    owner: httpx.AsyncClient, town: Town, database: Database, numbers: dict[str, str]
) -> None:
    later = START + timedelta(hours=1)
    await put(database, town, FIRST, state="waiting", due_at=later, last_called_at=START)
    await merge(owner, numbers[SECOND], numbers[FIRST])
    assert await places(owner, town) == {FIRST: ("waiting", None), SECOND: ("withdrawn", "same-person")}


async def test_whoever_is_on_the_phone_is_not_called_under_the_other_number(
    owner: httpx.AsyncClient, town: Town, database: Database, numbers: dict[str, str]
) -> None:
    await put(database, town, FIRST, state="calling")
    await merge(owner, numbers[SECOND], numbers[FIRST])
    assert await places(owner, town) == {FIRST: ("calling", None), SECOND: ("withdrawn", "same-person")}


async def test_whoever_is_just_being_planned_can_be_merged_a_moment_later(
    owner: httpx.AsyncClient, town: Town, database: Database, numbers: dict[str, str]
) -> None:
    entry = await put(database, town, FIRST, state="uncalled")
    async with database.system() as leader:
        await leader.scalar(select(TaskCustomerRow).where(TaskCustomerRow.id == entry).with_for_update())
        refused = await merge(owner, numbers[SECOND], numbers[FIRST])
        assert (refused.status_code, refused.json()["code"]) == (409, "customer-being-called")
    assert (await owner.get(f"{BOOK}/{numbers[SECOND]}")).json()["other_numbers"] == [], "nothing half done"
    assert (await merge(owner, numbers[SECOND], numbers[FIRST])).status_code == 200


async def test_two_numbers_of_one_person_in_one_file_come_in_as_one(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        card = CustomerRow(phone=FIRST, name="Ann Lee")
        session.add(card)
        await session.flush()
        session.add(CustomerRow(phone=SECOND, merged_into=card.id))
    done = await imported(owner, town, HEADINGS + ROWS[SECOND] + ROWS[FIRST])
    assert (done["imported"], done["failed"], done["already_in_task"]) == (1, 1, 0)
    assert [one["code"] for one in done["faults"]] == ["same-person"]
    assert sum(state == "uncalled" for state, _ in (await places(owner, town)).values()) == 1


async def test_nobody_is_put_back_who_is_to_be_called_under_another_number(
    owner: httpx.AsyncClient, town: Town, database: Database, numbers: dict[str, str]
) -> None:
    await merge(owner, numbers[FIRST], numbers[SECOND])
    task_id = town.ours.ids["task_id"]
    entry = await put(database, town, SECOND, state="called")
    async with database.tenant(town.ours.tenant_id) as session:
        done = await call_again_those(session, task_id, [entry])
    assert (done.put_back, done.left_out) == (0, 1)
    both = [await put(database, town, phone, state="called") for phone in (FIRST, SECOND)]
    async with database.tenant(town.ours.tenant_id) as session:
        assert (await call_again_those(session, task_id, both)).put_back == 1
    assert (await places(owner, town))[FIRST] == ("uncalled", None)


async def test_taking_out_undone_brings_one_of_the_numbers_back(
    owner: httpx.AsyncClient, town: Town, database: Database, numbers: dict[str, str]
) -> None:
    task = f"/api/v1/tasks/{town.ours.ids['task_id']}"
    body = {"act": "out", "chosen": {"text": "Ann Lee"}}
    asked = await owner.post(f"{task}/moves", json=body)
    assert asked.status_code == 202, asked.text
    job, move = move_job(database, HandSetClock()), asked.json()["id"]
    await job.run(town.ours.tenant_id, UUID(move))
    await merge(owner, numbers[FIRST], numbers[SECOND])
    assert {state for state, _ in (await places(owner, town)).values()} == {"withdrawn"}
    assert (await owner.post(f"{task}/moves/{move}/undo")).status_code == 202
    await job.run(town.ours.tenant_id, UUID(move))
    assert await places(owner, town) == {FIRST: ("uncalled", None), SECOND: ("withdrawn", "same-person")}
    assert (await owner.get(f"{task}/moves/{move}")).json()["put_back"] == 1


async def test_a_merge_and_an_import_at_one_moment_leave_one_number(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        session.add_all((CustomerRow(phone=FIRST, name="Ann"), CustomerRow(phone=SECOND, name="Ann")))
    await imported(owner, town, HEADINGS + ROWS[FIRST])
    numbers = await known(database, town)
    await asyncio.gather(
        imported(owner, town, HEADINGS + ROWS[SECOND]), merge(owner, numbers[FIRST], numbers[SECOND])
    )
    await merge(owner, numbers[FIRST], numbers[SECOND])  # where the first was told to try it again
    assert sum(state == "uncalled" for state, _ in (await places(owner, town)).values()) == 1


async def test_whoever_comes_in_has_nobody_else_taken_out(
    owner: httpx.AsyncClient, town: Town, database: Database, numbers: dict[str, str]
) -> None:
    bo, cy = b"+12125550003,Bo Lee,May\n", b"+12125550004,Cy Lee,May\n"
    await imported(owner, town, HEADINGS + bo)
    await merged_before(database, town, numbers)
    entry = await put(database, town, SECOND, state="uncalled")
    async with database.system() as leader:  # plans one of Ann's numbers at this moment
        await leader.scalar(select(TaskCustomerRow).where(TaskCustomerRow.id == entry).with_for_update())
        nobody = await imported(owner, town, HEADINGS + bo)
        somebody = await imported(owner, town, HEADINGS + cy)
    assert [(one["state"], one["imported"]) for one in (nobody, somebody)] == [("done", 0), ("done", 1)]
    assert await places(owner, town) == {FIRST: ("uncalled", None), SECOND: ("uncalled", None)}


async def test_a_move_is_undone_whoever_else_is_being_planned(
    owner: httpx.AsyncClient, town: Town, database: Database, numbers: dict[str, str]
) -> None:
    await imported(owner, town, HEADINGS + b"+12125550003,Bo Lee,May\n")
    await merged_before(database, town, numbers)
    entry = await put(database, town, SECOND, state="uncalled")
    task = f"/api/v1/tasks/{town.ours.ids['task_id']}"
    asked = await owner.post(f"{task}/moves", json={"act": "out", "chosen": {"text": "Bo Lee"}})
    job, move = move_job(database, HandSetClock()), asked.json()["id"]
    await job.run(town.ours.tenant_id, UUID(move))
    await owner.post(f"{task}/moves/{move}/undo")
    async with database.system() as leader:
        await leader.scalar(select(TaskCustomerRow).where(TaskCustomerRow.id == entry).with_for_update())
        await job.run(town.ours.tenant_id, UUID(move))
    undone = (await owner.get(f"{task}/moves/{move}")).json()
    assert (undone["state"], undone["put_back"]) == ("undone", 1)


async def test_a_row_that_is_refused_leaves_no_trace_in_the_task(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        session.add_all((CustomerRow(phone=FIRST, name="Ann Lee"), CustomerRow(phone=SECOND)))
    numbers = await known(database, town)
    await merge(owner, numbers[FIRST], numbers[SECOND])
    await imported(owner, town, HEADINGS + ROWS[FIRST])
    done = await imported(owner, town, HEADINGS + ROWS[SECOND] + b"+12125550003,Bo Lee,May\n")
    assert [(one["row"], one["code"]) for one in done["faults"]] == [(2, "same-person")]
    assert (done["imported"], done["already_in_task"]) == (1, 0)
    assert await places(owner, town) == {FIRST: ("uncalled", None)}
    line = (await owner.get(f"{BOOK}/{numbers[FIRST]}/timeline", params={"kind": "task"})).json()["items"]
    assert [one["phone"] for one in line] == [FIRST]


async def test_whoever_is_refused_stays_as_they_were(
    owner: httpx.AsyncClient, town: Town, database: Database, numbers: dict[str, str]
) -> None:
    await merge(owner, numbers[FIRST], numbers[SECOND])
    entry = await put(database, town, SECOND, state="denied", taken_out_why=None)
    async with database.tenant(town.ours.tenant_id) as session:
        assert (await call_again_those(session, town.ours.ids["task_id"], [entry])).put_back == 0
    async with database.tenant(town.ours.tenant_id) as session:
        row = await session.get_one(TaskCustomerRow, entry)
    assert (row.state, row.taken_out_why) == ("denied", None)


async def test_a_number_taken_out_between_tries_comes_in_by_hand_once_the_other_was_called(
    owner: httpx.AsyncClient, town: Town, database: Database, numbers: dict[str, str]
) -> None:
    later = START + timedelta(hours=1)
    await put(database, town, SECOND, state="waiting", due_at=later, last_called_at=START)
    await put(database, town, FIRST, state="calling")
    await merge(owner, numbers[FIRST], numbers[SECOND])
    assert (await places(owner, town))[SECOND] == ("called", "same-person")
    task = f"/api/v1/tasks/{town.ours.ids['task_id']}"
    body = {"phone": SECOND, "variables": {"customer_name": "Ann", "last_visit": "May"}}
    refused = await owner.post(f"{task}/customers", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "same-person")
    await put(database, town, FIRST, state="called", last_called_at=START)
    assert (await owner.post(f"{task}/customers", json=body)).status_code == 201
    assert (await places(owner, town))[SECOND] == ("uncalled", None)


async def test_nobody_reached_is_called_again_for_what_became_of_their_other_number(
    owner: httpx.AsyncClient, town: Town, database: Database, numbers: dict[str, str]
) -> None:
    task_id, tenant_id = town.ours.ids["task_id"], town.ours.tenant_id
    entry = await put(database, town, SECOND, state="called", last_called_at=START, taken_out_why="same-person")
    await put(database, town, FIRST, state="called", last_called_at=START)
    async with database.tenant(tenant_id) as session:
        of_task = select(AttemptRow).where(AttemptRow.task_id == task_id).limit(1)
        session.add(ended_like((await session.scalars(of_task)).one(), entry, "busy"))
    async with database.tenant(tenant_id) as session:
        assert (await call_again_after(session, task_id, "busy")).put_back == 0
    assert (await places(owner, town))[SECOND] == ("called", "same-person")


def ended_like(attempt: AttemptRow, entry_id: UUID, phone_state: str) -> AttemptRow:
    return AttemptRow(
        task_id=attempt.task_id,
        task_customer_id=entry_id,
        line_id=attempt.line_id,
        number=1,
        state="ended",
        planned_at=START,
        dialled_at=START,
        ended_at=START,
        phone_state=phone_state,
    )


async def test_numbers_merged_before_tasks_were_seen_to_are_settled(
    owner: httpx.AsyncClient, town: Town, database: Database, numbers: dict[str, str]
) -> None:
    later = START + timedelta(hours=1)
    await put(database, town, SECOND, state="waiting", due_at=later, last_called_at=START)
    await merged_before(database, town, numbers)
    await asyncio.to_thread(_migrate_from, "0054", town.url)
    assert await places(owner, town) == {FIRST: ("withdrawn", "same-person"), SECOND: ("waiting", None)}


def _migrate_from(version: str, url: str) -> None:
    engine = create_engine(sqlalchemy_url(url))
    with engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, version)
        command.upgrade(config, "head")
    engine.dispose()
