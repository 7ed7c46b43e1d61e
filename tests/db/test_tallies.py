"""What tasks count is what is in them, however it came about."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from alembic import command
from sqlalchemy import create_engine, delete, func, select, text

from callwright.db.engine import sqlalchemy_url
from callwright.db.migrations import configuration
from callwright.db.session import Database
from callwright.db.tables.billing import LedgerEntryRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow, TaskRow, TaskTallyRow
from callwright.tasks.calling_again import call_again_after
from callwright.tasks.tallies import Tally, fold_tallies, get_tallies
from tests.factories.calling import Caller, make_caller
from tests.factories.calls import answered_call, claim, close_call, dial, failed_call, make_node, plan_now


async def _count(caller: Caller, database: Database) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Return what the tally of the tenant's tasks says, and what their rows do."""
    async with database.tenant(caller.tenant_id) as session:
        said: dict[str, Counter[str]] = {kind: Counter() for kind in Tally}
        for kind, key, amount in await session.execute(
            select(TaskTallyRow.kind, TaskTallyRow.key, func.sum(TaskTallyRow.amount)).group_by(
                TaskTallyRow.kind, TaskTallyRow.key
            )
        ):
            said[kind][key] += int(amount)
        attempts = (await session.scalars(select(AttemptRow))).all()
        calls = (await session.scalars(select(CallRow))).all()
        charged = LedgerEntryRow.kind == "charge"
        charges = (
            await session.execute(select(LedgerEntryRow.line_id, -LedgerEntryRow.amount).where(charged))
        ).all()
        over = [one for one in attempts if one.dialled_at and one.ended_at]
        found: dict[str, Counter[str]] = {
            Tally.CUSTOMERS: Counter(await session.scalars(select(TaskCustomerRow.state))),
            Tally.DIALLED: Counter("" for one in attempts if one.dialled_at),
            Tally.ENDED: Counter(one.phone_state or "interrupted" for one in over),
            Tally.GRADED: Counter(one.grade for one in calls if one.grade),
            Tally.TALK_MS: Counter({"": sum(one.talk_ms for one in calls if one.ended_at)}),
            Tally.SPENT: Counter({"": sum(amount for _, amount in charges)}),
            Tally.LINE_CALLS: Counter(str(one.line_id) for one in over),
            Tally.LINE_CONNECTED: Counter(str(one.line_id) for one in over if one.phone_state == "connected"),
            Tally.LINE_LOST: Counter(str(one.line_id) for one in over if one.phone_state == "lost"),
            Tally.LINE_TALK_MS: _summed((one.line_id, one.talk_ms) for one in calls if one.ended_at),
            Tally.LINE_SPENT: _summed((line_id, amount) for line_id, amount in charges),
        }
    return {kind: +said[kind] for kind in Tally}, {kind: +found[kind] for kind in Tally}


def _summed(parts: Iterable[tuple[UUID | None, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line_id, amount in parts:
        found[str(line_id)] += amount
    return found


async def _same(caller: Caller, database: Database) -> dict[str, Counter[str]]:
    said, found = await _count(caller, database)
    assert said == found
    return said


async def test_tasks_count_what_is_in_them(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(5, concurrency=5)
    assert (await _same(caller, database))[Tally.CUSTOMERS] == {"uncalled": 5}
    node = await make_node(database)
    await plan_now(database)
    attempts = await claim(database, node)
    for attempt in attempts:
        await dial(database, attempt, node)
    await _same(caller, database)
    await close_call(database, answered_call(attempts[0].id))
    await close_call(database, replace(answered_call(attempts[1].id), grade="C"))
    await close_call(database, failed_call(attempts[2].id, "busy", 486))
    counted = await _same(caller, database)
    assert counted[Tally.ENDED] == {"connected": 2, "busy": 1}
    async with database.system() as session:
        await fold_tallies(session)
        assert await session.scalar(select(func.count()).where(~TaskTallyRow.folded)) == 0
    assert await _same(caller, database) == counted
    async with database.tenant(caller.tenant_id) as session:
        await call_again_after(session, task.id, "busy")
        assert (await get_tallies(session, task.id)).of(Tally.CUSTOMERS) == {
            "called": 2,
            "calling": 2,
            "uncalled": 1,
        }
    await _same(caller, database)
    async with database.system() as session:
        await fold_tallies(session)
    await _same(caller, database)


async def test_what_was_there_before_a_line_was_counted_by_is_counted(
    database: Database, database_url: str
) -> None:
    caller = await make_caller(database)
    await caller.running_task(3, concurrency=3)
    node = await make_node(database)
    await plan_now(database)
    for attempt in await claim(database, node):
        await dial(database, attempt, node)
        await close_call(database, answered_call(attempt.id))
    counted = await _same(caller, database)
    assert [sum(counted[kind].values()) for kind in (Tally.LINE_CONNECTED, Tally.LINE_TALK_MS)] == [3, 18_000]
    engine = create_engine(sqlalchemy_url(database_url))
    with engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "0043")
        assert connection.scalar(select(func.count()).where(TaskTallyRow.kind.startswith("line_"))) == 0
        command.upgrade(config, "head")
    engine.dispose()
    assert await _same(caller, database) == counted


async def test_nothing_is_counted_of_a_task_that_is_gone(database: Database) -> None:
    caller = await make_caller(database)
    task, other = await caller.make_task(3), await caller.make_task(2, name="Other")
    async with database.system() as session:
        await fold_tallies(session)
    async with database.tenant(caller.tenant_id) as session:
        await session.execute(delete(TaskRow).where(TaskRow.id == task.id))
    async with database.system() as session:
        await fold_tallies(session)
        left = (await session.scalars(select(TaskTallyRow))).all()
    assert [(row.task_id, row.amount) for row in left] == [(other.id, 2)]


async def test_who_counts_waits_for_nobody(database: Database) -> None:
    """An import that is still under way holds up neither the calls of its task nor the folding."""
    caller = await make_caller(database)
    task = await caller.make_task(2)
    async with database.tenant(caller.tenant_id) as importing:
        await importing.execute(delete(TaskCustomerRow).where(TaskCustomerRow.task_id == task.id))
        async with database.system() as session:
            await session.execute(text("SET LOCAL lock_timeout = '1s'"))
            await fold_tallies(session)
        async with database.tenant(caller.tenant_id) as session:
            assert (await get_tallies(session, task.id)).of(Tally.CUSTOMERS) == {"uncalled": 2}
    await _same(caller, database)
