"""Who waits for whom: leader, nodes and people at work on the same rows at the same moment, none in a circle."""

import asyncio

from sqlalchemy import select, text

from callwright.callroom.opening import Dialling, Opener, Refused, ToOpen
from callwright.db.locks import Lock, take
from callwright.db.session import Database
from callwright.db.tables.contacts import DoNotCallRow
from callwright.db.tables.tasks import AttemptRow
from callwright.dialer.reaper import reap
from callwright.dialing.gate import GateRule
from callwright.tasks import service
from callwright.tasks.attempts import claim_attempts
from callwright.tasks.dialling import lock_attempts
from callwright.tasks.nodes import end_node
from callwright.tasks.repository import get_task_for_change
from tests.factories.calling import NOW, make_caller
from tests.factories.calls import Leader, claim, close_call, failed_call, make_node, open_call, plan_now
from tests.fakes.clock import ManualClock
from tests.waiting import until

AT_ONCE_S = 20.0
"""Far longer than anything here takes that waits for nobody."""
WAITS = text("SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")


async def test_the_leader_goes_on_with_others_while_somebody_changes_a_task(database: Database) -> None:
    caller = await make_caller(database, seats=3)
    held = await caller.running_task(1, name="Held", concurrency=1)
    await caller.running_task(1, name="Other", concurrency=1, first=1)
    await make_node(database)
    leader = Leader(database)
    async with database.tenant(caller.tenant_id) as session, asyncio.timeout(AT_ONCE_S):
        await get_task_for_change(session, held.id)
        assert await leader.settle() == 1, "of the other task"
    assert await leader.settle() == 1, "once nobody holds it"


async def test_a_pause_leaves_alone_what_is_claimed_at_that_moment(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(2)
    node = await make_node(database)
    await plan_now(database)
    async with database.system() as claiming, asyncio.timeout(AT_ONCE_S):
        (claimed,) = await claim_attempts(claiming, node, limit=1, now=NOW)
        async with database.tenant(caller.tenant_id) as session:
            await service.pause_task(session, task.id, now=NOW)
    assert await claim(database, node) == [], "the other is withdrawn"
    opened = await asyncio.gather(open_call(database, claimed, node), return_exceptions=True)
    assert not isinstance(opened[0], Dialling)


async def test_what_ends_by_itself_is_not_waited_for_when_its_node_is_gone(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(2)
    node = await make_node(database)
    await plan_now(database)
    ending, _ = await claim(database, node)
    async with database.system() as session:
        await end_node(session, node)
    async with database.system() as closing, asyncio.timeout(AT_ONCE_S):
        await lock_attempts(closing, [ending.id])
        async with database.system() as session:
            assert await reap(session, NOW, stale_s=3600) == 1
    async with database.system() as session:
        assert await reap(session, NOW, stale_s=3600) == 1, "it didn't end"
        assert set(await session.scalars(select(AttemptRow.state))) == {"interrupted"}


async def test_a_wish_uttered_while_the_gate_waits_for_the_number_is_heard(database: Database) -> None:
    """Another call to the number ends with it just as the gate looks."""
    caller = await make_caller(database)
    for name in ("Spring", "Summer"):
        await caller.running_task(1, name=name)
    node = await make_node(database)
    assert await plan_now(database) == 2
    first, second = await claim(database, node)
    await open_call(database, first, node)
    opener = Opener(database, ManualClock(NOW), max_call_s=600)
    async with database.system() as session:
        await take(session, Lock.NUMBER, second.phone)
        opening = asyncio.create_task(opener.open(ToOpen(second, "+1", node)))

        async def waits() -> bool:
            async with database.system() as looking:
                return bool(await looking.scalar(WAITS))

        await until(waits)
        await close_call(database, failed_call(first.id, "busy", 486))
        session.add(DoNotCallRow(tenant_id=caller.tenant_id, phone=second.phone, source="call"))
    refused = await opening
    assert isinstance(refused, Refused)
    assert refused.decision.rule is GateRule.DO_NOT_CALL
