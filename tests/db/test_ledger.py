"""Money: every movement once, never changed, and never more held than there is."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from callwright.billing.errors import AmountError, LedgerKeyError
from callwright.billing.ledger import Balance, correct, get_balance, top_up
from callwright.billing.statement import EntryFilter, list_entries
from callwright.callroom.closing import abandon
from callwright.callroom.opening import Dialling, Opener, ToOpen
from callwright.db.errors import ForeignTenantError
from callwright.db.roles import APP_ROLE, SYSTEM_ROLE
from callwright.db.session import Database
from callwright.db.tables.billing import BalanceRow
from callwright.db.tables.nodes import NodeRow
from callwright.dialer.reaper import reap
from callwright.dialing.gate import GateRule
from callwright.kit.ids import new_id
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import (
    Leader,
    answered_call,
    claim,
    close_call,
    dial,
    failed_call,
    make_node,
    plan_now,
)
from tests.factories.money import HELD, PRICE, balance_of, movements, pay, price_line
from tests.fakes.clock import ManualClock


async def _priced_caller(database: Database, calls: int, *, paid_for: int | None = None) -> tuple[Caller, UUID]:
    """Make a company whose calls cost money, with a task of ``calls`` under way; return it and its node."""
    caller = await make_caller(database)
    await price_line(caller)
    await pay(caller, HELD * (calls if paid_for is None else paid_for))
    await caller.running_task(calls, concurrency=calls)
    node = await make_node(database)
    assert await plan_now(database) == calls
    return caller, node


async def test_a_call_holds_while_it_lasts_and_costs_what_was_talked_once(database: Database) -> None:
    caller, node = await _priced_caller(database, 4)
    talked, busy, never_left, failed = await claim(database, node)
    for attempt in (talked, busy, never_left, failed):
        await dial(database, attempt, node)
    assert await balance_of(caller) == Balance(0, 4 * HELD)
    for _ in range(2):
        await close_call(database, answered_call(talked.id))
        await close_call(database, failed_call(busy.id, "busy", 486))
        async with database.system() as session:
            await session.execute(update(NodeRow).values(ended_at=NOW))
            await reap(session, NOW, stale_s=10)
    assert await balance_of(caller) == Balance(4 * HELD - PRICE, 0), "six seconds are billed as a minute"
    assert await movements(caller) == {"top_up": 1, "hold": 4, "release": 4, "charge": 1}

    await close_call(database, answered_call(failed.id))
    assert await balance_of(caller) == Balance(4 * HELD - 2 * PRICE, 0), "a late result is charged all the same"
    assert (await movements(caller))["release"] == 4


async def test_an_attempt_given_up_releases_what_it_held(database: Database) -> None:
    caller, node = await _priced_caller(database, 1)
    (attempt,) = await claim(database, node)
    await dial(database, attempt, node)
    async with database.tenant(caller.tenant_id) as session:
        await abandon(session, attempt.id, "lost", NOW)
    assert await balance_of(caller) == Balance(HELD, 0)


async def test_nodes_that_open_calls_at_the_same_moment_hold_no_more_than_there_is(database: Database) -> None:
    caller, node = await _priced_caller(database, 8, paid_for=3)
    attempts = await claim(database, node)
    openers = [Opener(database, ManualClock(NOW), max_call_s=600) for _ in range(4)]
    opened = await asyncio.gather(
        *(openers[number % 4].open(ToOpen(attempt, "+1", node)) for number, attempt in enumerate(attempts))
    )
    refused = [one.decision.rule for one in opened if not isinstance(one, Dialling)]
    assert refused == [GateRule.OUT_OF_CREDIT] * 5
    assert await balance_of(caller) == Balance(0, 3 * HELD)


async def test_out_of_credit_a_task_waits_and_a_top_up_resumes_it(database: Database) -> None:
    caller = await make_caller(database)
    await price_line(caller)
    await pay(caller, HELD - 1)
    task = await caller.running_task(2)
    await make_node(database)
    leader = Leader(database)
    assert [await leader.look() for _ in range(3)] == [0, 0, 0]
    waiting = (await caller.view(task.id)).waiting
    assert (waiting.reason, (await caller.view(task.id)).state) == ("credit", "running")
    await pay(caller, 1)
    assert await leader.look() == 2
    assert (await caller.view(task.id)).waiting.reason == ""


@pytest.mark.parametrize("role", [APP_ROLE, SYSTEM_ROLE])
async def test_what_is_entered_stays_for_every_role(database: Database, role: str) -> None:
    caller = await make_caller(database)
    await pay(caller, 500)
    statements = (
        "UPDATE ledger_entries SET amount = 1000",
        "DELETE FROM ledger_entries",
        "TRUNCATE ledger_entries",
        "UPDATE balances SET available = 1000000",
        "INSERT INTO balances VALUES (gen_random_uuid(), 1, 0)",
        "DELETE FROM balances",
    )
    for statement in statements:
        opening = database.tenant(caller.tenant_id) if role == APP_ROLE else database.system()
        with pytest.raises(DBAPIError, match="permission denied"):
            async with opening as session:
                await session.execute(text(statement))
    assert await balance_of(caller) == Balance(500, 0)


async def test_the_database_refuses_a_movement_that_can_not_be(database: Database) -> None:
    caller = await make_caller(database)
    enter = text(
        "INSERT INTO ledger_entries (id, tenant_id, kind, amount, attempt_id, note)"
        " VALUES (:id, :tenant, :kind, :amount, :attempt, '')"
    )
    attempt = new_id()
    movements_that_can_not_be = [
        ("hold", 5, attempt),
        ("charge", 0, attempt),
        ("release", -5, attempt),
        ("top_up", -5, None),
        ("correction", 0, None),
        ("hold", -5, None),
        ("top_up", 5, attempt),
        ("gift", 5, None),
    ]
    for kind, amount, of in movements_that_can_not_be:
        row = {"id": new_id(), "tenant": caller.tenant_id, "kind": kind, "amount": amount, "attempt": of}
        with pytest.raises(IntegrityError):
            async with database.system() as session:
                await session.execute(enter, row)
    assert await balance_of(caller) == Balance()


async def test_people_s_movements_are_checked_summed_and_listed_newest_first(database: Database) -> None:
    caller = await make_caller(database)
    for amount in (0, -1, 10**15 + 1):
        with pytest.raises(AmountError):
            await pay(caller, amount)
    async with database.system() as session:
        with pytest.raises(AmountError):
            await correct(session, caller.tenant_id, 0, user_id=None, note="")
        await top_up(session, caller.tenant_id, 700, user_id=None, note=" paid by card ")
    for _ in range(2):
        async with database.system() as session:
            await correct(session, caller.tenant_id, -900, user_id=None, note="paid back", key="once")
    with pytest.raises(LedgerKeyError):
        async with database.system() as session:
            await correct(session, caller.tenant_id, -901, user_id=None, note="paid back", key="once")
    assert await balance_of(caller) == Balance(-200, 0)
    async with database.tenant(caller.tenant_id) as session:
        entries = await list_entries(session)
        assert [(one.kind, one.amount, one.note) for one in entries] == [
            ("correction", -900, "paid back"),
            ("top_up", 700, "paid by card"),
        ]
        assert await list_entries(session, after=entries[0].id) == entries[1:]
        assert await list_entries(session, EntryFilter("top_up"), limit=1) == entries[1:]


async def test_a_company_sees_its_own_money_alone(database: Database) -> None:
    ours, theirs = await make_caller(database), await make_caller(database, name="Blue Door")
    await pay(theirs, 300)
    async with database.tenant(ours.tenant_id) as session:
        assert await get_balance(session, theirs.tenant_id) == Balance()
        assert await list_entries(session) == []
    with pytest.raises(ForeignTenantError):
        async with database.tenant(ours.tenant_id) as session:
            await top_up(session, theirs.tenant_id, 5, user_id=None, note="")
    assert await balance_of(theirs) == Balance(300, 0)
    async with database.system() as session:
        assert (await session.scalars(select(BalanceRow.tenant_id))).all() == [theirs.tenant_id]
