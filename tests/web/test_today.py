"""The day so far: what a company sees of its calls, and how it is led to its first one."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text, update

from callwright.accounts.roles import Role
from callwright.accounts.service import create_tenant, create_user
from callwright.accounts.sign_in import sign_in
from callwright.accounts.throttle import SignInThrottle
from callwright.calls.today import quarters_since
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import TaskRow
from tests.factories.finished_calls import add_finished_call
from tests.web.conftest import HandSetClock, Open, Town, client_of

MIDNIGHT = datetime(2026, 3, 2, 5, tzinfo=UTC)
"""In New York."""


async def _call(database: Database, town: Town, at: datetime, state: str, number: int, position: int = 1) -> UUID:
    company = town.ours
    call = await add_finished_call(
        database, company.tenant_id, company.ids["task_id"], position=position, number=number
    )
    async with database.tenant(town.ours.tenant_id) as session:
        changed = update(CallRow).where(CallRow.id == call).returning(CallRow.customer_id)
        return (await session.scalars(changed.values(dialled_at=at, phone_state=state, talk_ms=1000))).one()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AGENT])
async def test_the_day_is_the_company_s_and_everybody_s(
    town: Town, database: Database, open_app: Open, clock: HandSetClock, role: Role
) -> None:
    async with database.system() as session:
        await session.execute(update(TenantRow).values(time_zone="America/New_York"))
        await session.execute(update(TaskRow).values(state="running", waiting_reason="seats"))
    for number, (hours, state) in enumerate(
        [(-0.1, "connected"), (0, "lost"), (9.2, "connected"), (9.9, "busy"), (9.9, "connected")], 2
    ):
        await _call(database, town, MIDNIGHT + timedelta(hours=hours), state, number)
    clock.moment = MIDNIGHT + timedelta(hours=10)
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(
            update(CallRow).where(CallRow.id == town.ours.ids["call_id"]).values(phone_state=None)
        )
    async with client_of(open_app(town), town.ours.tokens[role]) as client:
        found: dict[str, Any] = (await client.get("/api/v1/today")).json()
    beginning = found.pop("beginning")
    assert found == {
        "time_zone": "America/New_York",
        "own": False,
        "hours": [
            {"hour": 0, "calls": 1, "connected": 0, "lost": 1, "talk_ms": 1000},
            {"hour": 9, "calls": 3, "connected": 2, "lost": 0, "talk_ms": 3000},
        ],
        "calls": 4,
        "connected": 2,
        "lost": 1,
        "lost_percent": pytest.approx(100 / 3),
        "talk_ms": 4000,
        "running": 1,
        "waiting": 1,
    }
    leads = role in (Role.OPERATOR, Role.OWNER, Role.SUPERVISOR)
    assert beginning == ({"line": True, "seats": True, "script": True, "task": True} if leads else None)


async def test_an_agent_sees_how_the_day_goes_with_their_own_customers(
    town: Town, database: Database, agent: httpx.AsyncClient, clock: HandSetClock
) -> None:
    me = UUID((await agent.get("/api/v1/session")).json()["user"]["id"])
    at = MIDNIGHT + timedelta(hours=9)
    await _call(database, town, at, "connected", 2)
    called = [await _call(database, town, at, state, number, 2) for number, state in enumerate(("busy", "lost"), 1)]
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(CustomerRow).where(CustomerRow.id.in_(called)).values(owner_id=me))
    clock.moment = MIDNIGHT + timedelta(hours=10)
    found: dict[str, Any] = (await agent.get("/api/v1/today")).json()
    assert (found["own"], found["calls"], found["connected"], found["lost"]) == (True, 2, 0, 1)


async def test_whoever_was_not_heard_counts_among_those_who_answered(
    town: Town, database: Database, owner: httpx.AsyncClient, clock: HandSetClock
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(CallRow).values(phone_state=None))
    states = ["lost", "technical_fault", "connected", "technical_fault", "busy"]
    for number, state in enumerate(states, 2):
        await _call(database, town, MIDNIGHT + timedelta(hours=9), state, number)
    clock.moment = MIDNIGHT + timedelta(hours=10)
    found: dict[str, Any] = (await owner.get("/api/v1/today")).json()
    assert (found["calls"], found["connected"], found["lost"], found["lost_percent"]) == (5, 1, 1, 25)


async def test_the_figures_of_a_day_are_read_off_one_index_alone(town: Town, database: Database) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        whole = {"literal_binds": True}
        asked = quarters_since(MIDNIGHT).compile(dialect=session.get_bind().dialect, compile_kwargs=whole)
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        await session.execute(text("SET LOCAL enable_bitmapscan = off"))
        plan = "\n".join(await session.scalars(text(f"EXPLAIN {asked}")))
    assert "Index Only Scan using ix_calls_newest" in plan, plan


async def test_a_company_without_anything_sees_nobodys(town: Town, database: Database, open_app: Open) -> None:
    token = await _newcomer(database)
    async with client_of(open_app(town), token) as client:
        found: dict[str, Any] = (await client.get("/api/v1/today")).json()
    assert found["beginning"] == {"line": False, "seats": False, "script": False, "task": False}
    assert (found["hours"], found["lost_percent"], found["running"]) == ([], None, 0)


async def _newcomer(database: Database) -> str:
    async with database.system() as session:
        tenant = await create_tenant(session, name="Fresh")
    about = {"email": "owner@fresh.example", "password": "a long enough password"}
    async with database.system() as session:
        await create_user(session, tenant_id=tenant.id, name="Owner", role=Role.OWNER, **about)
    async with database.system() as session:
        throttle, now = SignInThrottle(), HandSetClock().now()
        return (await sign_in(session, throttle, **about, address="", now=now))[1]
