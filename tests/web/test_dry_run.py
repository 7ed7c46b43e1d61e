"""Dry runs over the API."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select, update

from callwright.accounts.roles import Role
from callwright.billing.ledger import get_available
from callwright.calls.dry_run import service
from callwright.calls.dry_run.jobs import dry_run_job
from callwright.contacts.do_not_call import put_on_list
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.dry_runs import DryRunRow
from callwright.db.tables.lines import LineRow, LineStatusRow
from callwright.db.tables.nodes import NodeRow
from callwright.db.tables.tasks import TaskCustomerRow, TaskRow
from tests.factories.calling import phone
from tests.factories.jobs import work_off
from tests.web.conftest import HandSetClock, Open, Town, client_of

PRICE = 12_000


def address(town: Town) -> str:
    return f"/api/v1/tasks/{town.ours.ids['task_id']}/dry-run"


@pytest.fixture(autouse=True)
async def heard_of(database: Database) -> None:
    """Let the town's call node be alive however long ago the town was made."""
    async with database.system() as session:
        await session.execute(update(NodeRow).values(heartbeat_at=func.now() + timedelta(hours=1)))


async def ask(client: httpx.AsyncClient, town: Town) -> dict[str, Any]:
    response = await client.post(address(town))
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    assert (told["state"], told["progress"], told["failure"]) == ("done", 1, None)
    assert (await client.get(address(town))).json() == told
    answer: dict[str, Any] = told["answer"]
    return answer


async def put_in(database: Database, town: Town, count: int) -> list[str]:
    """Put ``count`` more customers into our task, with a line that works and has a price; return their numbers."""
    numbers = [phone(number) for number in range(500, 500 + count)]
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(LineRow).values(price_per_minute=PRICE))
        await session.execute(update(LineStatusRow).values(state="ready"))
        people = [CustomerRow(phone=number, name="Ann") for number in numbers]
        session.add_all(people)
        await session.flush()
        session.add_all(
            TaskCustomerRow(
                task_id=town.ours.ids["task_id"],
                customer_id=person.id,
                position=1_000 + place,
                zones="America/New_York",
            )
            for place, person in enumerate(people)
        )
    return numbers


async def test_it_tells_when_for_how_much_and_with_how_many(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    await put_in(database, town, 40)
    told = await ask(owner, town)
    assert told["finish"]["earliest"] <= told["finish"]["typical"] <= told["finish"]["latest"]
    assert told["begins"] < told["finish"]["earliest"]
    assert told["customers"] == told["reached_out"] == told["calls"]["typical"] == 41
    assert told["cost"]["least"] <= told["cost"]["typical"] <= told["cost"]["most"]
    assert told["cost"]["typical"] % PRICE == 0
    assert sum(hour["calls"] for hour in told["by_hour"]) == 41
    assert sum(hour["cost"] for hour in told["by_hour"]) == told["cost"]["typical"]
    assert 0 < told["seats_mean"] <= told["seats_peak"] <= told["seats"] == 5
    assert (told["basis"], told["basis_calls"], told["one_by_one"]) == ("assumed", 0, True)
    assert told["waits"] == [] == told["cannot_be_called"]
    assert await ask(owner, town) == told


async def test_it_tells_what_has_to_be_seen_to_first(owner: httpx.AsyncClient, town: Town) -> None:
    told = await ask(owner, town)  # the carrier refuses the town's line
    assert told["waits"] == [{"reason": "lines", "begins": told["begins"], "until": None}]
    assert told["finish"] is not None


async def test_it_names_whom_it_cannot_call_and_why(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    numbers = await put_in(database, town, 10)
    ours = town.ours.tenant_id
    async with database.tenant(ours) as session:
        for number in numbers[:3]:
            await put_on_list(session, ours, number, call_id=town.ours.ids["call_id"])
        await session.execute(
            update(CustomerRow).where(CustomerRow.phone == numbers[4]).values(phone="+12120000000")
        )
    told = await ask(owner, town)
    barriers = {one["rule"]: one for one in told["cannot_be_called"]}
    assert barriers.keys() == {"do-not-call", "invalid-number"}
    listed = barriers["do-not-call"]
    assert (listed["count"], listed["final"], listed["exact"], listed["until"]) == (3, True, True, None)
    assert [one["phone"] for one in listed["customers"]] == numbers[:3]
    assert barriers["invalid-number"]["customers"][0]["name"] == "Ann"
    assert told["reached_out"] == told["customers"] - 4


async def test_money_that_does_not_last_is_told(owner: httpx.AsyncClient, town: Town, database: Database) -> None:
    await put_in(database, town, 40)
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(LineRow).values(price_per_minute=500_000_000))
    told = await ask(owner, town)
    assert told["cost"]["typical"] > told["balance"]
    assert told["covered"] is False
    assert told["begins"] <= told["runs_out_at"] or told["runs_out_at"] in {hour["at"] for hour in told["by_hour"]}


async def test_hours_that_are_closed_are_waited_for(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    await put_in(database, town, 5)
    hours = {"opens": "20:00", "closes": "21:00"}
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(TaskRow).values(calling_hours=hours))
    told = await ask(owner, town)
    (wait,) = told["waits"][:1]
    assert wait["reason"] == "before_hours"
    opens = datetime.fromisoformat(wait["until"])
    assert datetime.fromisoformat(told["finish"]["earliest"]) - opens < timedelta(hours=1)


async def test_a_task_that_is_over_has_nothing_to_try(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(TaskRow).values(state="finished"))
    refused = await owner.post(address(town))
    assert (refused.status_code, refused.json()["code"]) == (409, "task-state")


async def test_only_those_who_may_start_it_and_only_their_own(town: Town, open_app: Open) -> None:
    app = open_app(town)
    for role, status in ((Role.SUPERVISOR, 200), (Role.AGENT, 403), (Role.INSPECTOR, 403)):
        async with client_of(app, town.ours.tokens[role]) as client:
            assert (await client.post(address(town))).status_code == status
    async with client_of(app, town.theirs.tokens[Role.OWNER]) as client:
        assert (await client.post(address(town))).status_code == 404
        assert (await client.get(address(town))).status_code == 404
        assert (await client.delete(address(town))).status_code == 404
        assert (await client.post(f"/api/v1/tasks/{uuid4()}/dry-run")).status_code == 404


async def test_a_large_task_is_tried_by_a_worker(
    owner: httpx.AsyncClient, town: Town, database: Database, clock: HandSetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 20)
    numbers = await put_in(database, town, 40)
    async with database.tenant(town.ours.tenant_id) as session:
        await put_on_list(session, town.ours.tenant_id, numbers[0], call_id=town.ours.ids["call_id"])
    asked = await owner.post(address(town))
    assert (asked.status_code, asked.json()["state"], asked.json()["answer"]) == (202, "waiting", None)
    assert (await owner.post(address(town))).json()["id"] == asked.json()["id"]
    await work_off(town.url, [dry_run_job(database, clock, get_available)])
    told = (await owner.get(address(town))).json()
    assert (told["id"], told["state"], told["progress"]) == (asked.json()["id"], "done", 1)
    assert told["answer"]["calls"]["typical"] == 40
    assert told["answer"]["cannot_be_called"][0]["customers"][0]["phone"] == numbers[0]
    async with database.tenant(town.ours.tenant_id) as session:
        assert numbers[0] not in str((await session.scalars(select(DryRunRow.result))).one())


async def test_one_that_is_called_off_is_made_no_further(
    owner: httpx.AsyncClient, town: Town, database: Database, clock: HandSetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 0)
    await owner.post(address(town))
    assert (await owner.delete(address(town))).json()["state"] == "cancelled"
    again = await owner.delete(address(town))
    assert (again.status_code, again.json()["code"]) == (409, "dry-run-over")
    await work_off(town.url, [dry_run_job(database, clock, get_available)])
    assert (await owner.get(address(town))).json()["state"] == "cancelled"
