"""The gate's rules through the database: what is decided as a call is about to be dialled, and where it is kept."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update

from callwright.billing.ledger import correct, get_balance
from callwright.callroom.opening import Dialling, Opener, Refused, ToOpen
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.contacts import DoNotCallEverywhereRow, DoNotCallRow
from callwright.db.tables.lines import LineRow, LineStatusRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.dialing.gate import GateRule
from callwright.tasks.reserving import let_go, reserve
from callwright.tasks.schemas import ClaimedAttempt
from tests.factories.calling import NOW, Caller, make_caller, phone
from tests.factories.calls import Leader, claim, close_call, failed_call, make_node, open_call, plan_now
from tests.factories.money import HELD, pay, price_line
from tests.fakes.clock import ManualClock

Kept = tuple[str | None, str, str, datetime | None]
SOON, LATER = NOW + timedelta(seconds=5), NOW + timedelta(minutes=10)


async def _set(database: Database, row: type[Any], **values: Any) -> None:
    async with database.system() as session:
        await session.execute(update(row).values(**values).execution_options(synchronize_session=False))


async def _kept(database: Database, attempt: ClaimedAttempt) -> Kept:
    """Return what is kept of a decision: verdict and rule, the customer's state, and when they are due."""
    async with database.system() as session:
        decided = await session.get_one(AttemptRow, attempt.id)
        customer = await session.get_one(TaskCustomerRow, attempt.task_customer_id)
        return decided.gate_verdict, decided.gate_rule, customer.state, customer.due_at


async def _planned(caller: Caller, customers: int) -> tuple[UUID, list[ClaimedAttempt]]:
    await caller.running_task(customers, concurrency=customers)
    node = await make_node(caller.database)
    assert await plan_now(caller.database) == customers
    return node, await claim(caller.database, node)


async def test_each_rule_stops_a_call_at_the_last_moment_and_is_kept(database: Database) -> None:
    """All was fine when the leader looked; what changed since stops one attempt after the other."""
    caller = await make_caller(database)
    await price_line(caller)
    await pay(caller, 20 * HELD)
    node, attempts = await _planned(caller, 12)
    left = iter(attempts)

    async def judged() -> Kept:
        attempt = next(left)
        await open_call(database, attempt, node)
        return await _kept(database, attempt)

    assert await judged() == ("allow", "all-clear", "calling", None)

    async with database.system() as session:
        session.add(DoNotCallRow(tenant_id=caller.tenant_id, phone=attempts[1].phone, source="person"))
        session.add(DoNotCallEverywhereRow(phone=attempts[2].phone, source="person"))
        await session.execute(update(AttemptRow).where(AttemptRow.id == attempts[3].id).values(region=None))
    assert await judged() == ("deny", "do-not-call", "do_not_call", None)
    assert await judged() == ("deny", "do-not-call-installation", "do_not_call", None)
    assert await judged() == ("hold", "unknown-place", "waiting", LATER)

    await _set(database, TenantRow, consent_policy="always")
    assert await judged() == ("hold", "unknown-consent", "waiting", NOW + timedelta(days=1))
    evening = {"opens": "20:00", "closes": "21:00"}
    await _set(database, TenantRow, consent_policy="not_checked", calling_hours=evening)
    assert await judged() == ("hold", "calling-hours", "waiting", NOW.replace(day=3, hour=1))

    await _set(database, TenantRow, calling_hours={"opens": "00:00", "closes": "00:00"})
    await _set(database, LineRow, expires_at=NOW)
    assert await judged() == ("hold", "line-expired", "waiting", SOON)
    await _set(database, LineRow, expires_at=NOW + timedelta(seconds=1))
    await _set(database, LineStatusRow, state="unresolved")
    assert await judged() == ("hold", "line-off", "waiting", SOON)
    await _set(database, LineStatusRow, state="unreachable")
    assert await judged() == ("allow", "all-clear", "calling", None)

    async with database.system() as session:
        await let_go(session, [attempts[0].task_id])
    assert await judged() == ("hold", "no-free-seat", "waiting", SOON)
    async with database.system() as session:
        await reserve(session, caller.tenant_id, attempts[0].task_id, 12)
        rest = (await get_balance(session, caller.tenant_id)).available
        await correct(session, caller.tenant_id, 1 - rest, user_id=None, note="")
    assert await judged() == ("hold", "out-of-credit", "waiting", SOON)
    await pay(caller, HELD - 1)
    assert await judged() == ("allow", "all-clear", "calling", None)


async def test_two_tasks_that_want_one_number_at_the_same_moment_are_held_to_the_cap(database: Database) -> None:
    caller = await make_caller(database)
    await _set(database, TenantRow, number_caps={"day": 1})
    for name in ("Spring", "Summer"):
        await caller.running_task(6, name=name, concurrency=6)
    node = await make_node(database)
    assert await plan_now(database) == 12
    openers = [Opener(database, ManualClock(NOW), max_call_s=600) for _ in range(6)]
    attempts = await claim(database, node)
    opened = await asyncio.gather(
        *(openers[number % 6].open(ToOpen(attempt, "+1", node)) for number, attempt in enumerate(attempts))
    )
    dialled = [one for one, outcome in zip(attempts, opened, strict=True) if isinstance(outcome, Dialling)]
    assert len(dialled) == len({one.phone for one in dialled}) == 6
    held = [outcome.decision for outcome in opened if isinstance(outcome, Refused)]
    assert {(one.rule, one.until) for one in held} == {(GateRule.CALLS_TO_NUMBER, NOW + timedelta(days=1))}

    for attempt in dialled:
        await close_call(database, failed_call(attempt.id, "busy", 486))
    leader, tomorrow = Leader(database), NOW + timedelta(days=1)
    assert await leader.settle(tomorrow - timedelta(minutes=1)) == 0
    assert await leader.settle(tomorrow) == 6, "whoever was held is called once the cap allows it"


async def test_companies_that_want_one_person_at_the_same_moment_ring_them_once(database: Database) -> None:
    """Whoever comes first: a telephone rings for one of two companies, and its country's cap is for both."""
    companies = [await make_caller(database), await make_caller(database, name="Blue Door")]
    numbers = [f"+1212234560{number}" for number in range(8)]
    for company in companies:
        task = await company.make_task(concurrency=len(numbers))
        for number in numbers:
            await company.add_number(task.id, number)
        await company.start(task.id)
    node, noon = await make_node(database), NOW.replace(day=3, hour=17)
    assert await plan_now(database, now=noon) == 16
    first = await _open_all_at_once(database, await claim(database, node), node, noon)
    assert sorted(attempt.phone for attempt, outcome in first if isinstance(outcome, Dialling)) == numbers
    refused = [outcome.decision for _, outcome in first if isinstance(outcome, Refused)]
    assert {one.rule for one in refused} == {GateRule.NUMBER_IN_A_CALL}
    told = " ".join(str(one) for one in refused)
    assert not any(str(company.tenant_id) in told for company in companies), (
        "whose call it was is nobody's business"
    )

    for attempt, outcome in first:
        if isinstance(outcome, Dialling):
            await close_call(
                database, replace(failed_call(attempt.id, "busy", 486), dialled_at=noon, ended_at=noon)
            )
    leader, later = Leader(database), noon + timedelta(minutes=2)
    assert await leader.settle(later) == 8, "those whom the other company kept from being called"
    second = await _open_all_at_once(database, await claim(database, node), node, later)
    assert all(isinstance(outcome, Dialling) for _, outcome in second), "New York lets two calls an hour through"
    for attempt, _ in second:
        await close_call(database, replace(failed_call(attempt.id, "busy", 486), dialled_at=later, ended_at=later))
    third = [await company.make_task(name="Third") for company in companies]
    for company, task in zip(companies, third, strict=True):
        await company.add_number(task.id, numbers[0])
        await company.start(task.id)
    assert await leader.settle(later) == 2
    capped = await _open_all_at_once(database, await claim(database, node), node, later)
    decisions = [outcome.decision for _, outcome in capped if isinstance(outcome, Refused)]
    assert [(one.rule, one.until) for one in decisions] == [
        (GateRule.CALLS_TO_NUMBER, noon + timedelta(hours=1))
    ] * 2
    assert [one.detail["asked_by"] for one in decisions] == ["country"] * 2


async def _open_all_at_once(
    database: Database, attempts: list[ClaimedAttempt], node: UUID, now: datetime
) -> list[tuple[ClaimedAttempt, Dialling | Refused]]:
    """Bring attempts to the gate as several nodes do, in different orders."""
    openers = [Opener(database, ManualClock(now), max_call_s=600) for _ in range(4)]
    opened = await asyncio.gather(
        *(openers[number % 4].open(ToOpen(attempt, "+1", node)) for number, attempt in enumerate(attempts))
    )
    return list(zip(attempts, opened, strict=True))


async def test_nobody_who_answered_to_no_one_is_called_again_by_another_task_too_soon(database: Database) -> None:
    """A country's rule, over a number that somebody may have: after a lost call there is a day of quiet."""
    caller = await make_caller(database)
    node = await make_node(database)
    noon = NOW.replace(day=3, hour=17)
    for name in ("Spring", "Summer"):
        task = await caller.make_task(name=name)
        await caller.add_number(task.id, "+12122345678")
        await caller.start(task.id)
    assert await plan_now(database, now=noon) == 2
    first, second = await claim(database, node)
    assert isinstance(await open_call(database, first, node, now=noon), Dialling)
    await close_call(database, replace(failed_call(first.id, "lost", rang=True), ended_at=noon))
    refused = await open_call(database, second, node, now=noon)
    assert isinstance(refused, Refused)
    assert refused.decision.rule is GateRule.AFTER_LOST_CALL
    assert (await _kept(database, second))[2] == "waiting"


async def test_the_dialled_are_those_whom_the_gate_allowed(database: Database) -> None:
    caller = await make_caller(database)
    node, attempts = await _planned(caller, 8)
    async with database.system() as session:
        for number in (1, 4):
            session.add(DoNotCallRow(tenant_id=caller.tenant_id, phone=phone(number), source="person"))
    opener = Opener(database, ManualClock(NOW), max_call_s=600)
    opened = await asyncio.gather(*(opener.open(ToOpen(attempt, "+1", node)) for attempt in attempts))
    refused = {one.phone for one, said in zip(attempts, opened, strict=True) if isinstance(said, Refused)}
    assert refused == {phone(1), phone(4)}
