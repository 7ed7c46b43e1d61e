"""A call node and its lines: dead carriers, lines that can't be read, and what pages hear of them."""

import asyncio
from uuid import UUID

from sqlalchemy import func, update

from callwright.calls.schemas import CallFilter, CallSummary
from callwright.calls.service import list_calls
from callwright.db.news import Channel, Reconnected, listen
from callwright.db.tables.lines import LineRow
from callwright.db.tables.tasks import TaskCustomerRow
from callwright.kit.secrets import SecretBox, new_key
from callwright.lines.status import LineStatus, get_statuses
from callwright.telephony.port import TrunkState, TrunkStatus
from tests.factories.calling import BOX, NOW, Caller, make_caller
from tests.factories.house import House, nothing_under_way, task_is
from tests.fakes.crowd import busy, out_of_order
from tests.waiting import until


async def _calls(caller: Caller) -> list[CallSummary]:
    async with caller.database.tenant(caller.tenant_id) as session:
        return await list_calls(session, CallFilter())


async def test_a_dead_carrier_makes_the_task_wait_with_its_reason_and_burns_nobody(house: House) -> None:
    house.engine.callee = out_of_order
    caller = await make_caller(house.database)
    task = await caller.running_task(20, concurrency=3)
    async with house.open():
        await until(lambda: _waits(caller, task.id, "lines", "faulty"), "the wait")
        await until(lambda: nothing_under_way(caller), "the end of what was under way")
        assert len(house.engine.calls) < 12
        calls = {(call.phone_state, call.sip_code, call.sip_reason) for call in await _calls(caller)}
        assert calls == {("line_fault", 503, "Service Unavailable")}
        assert await _called(caller, task.id) == 0
        house.engine.callee = busy
        before = len(house.engine.calls)
        await _let_probe(house)
        await until(lambda: task_is(caller, task.id, "running"))

        async def calling_again() -> bool:
            return len(house.engine.calls) >= before + 4

        await until(calling_again, "calling after the probe")
    assert (await caller.view(task.id)).waiting.reason in {"", "due"}


async def _let_probe(house: House) -> None:
    """Let the moment of the next probe have come, as if a minute had passed."""
    async with house.database.system() as session:
        due = func.jsonb_set(LineRow.health, ["next_probe_at"], func.to_jsonb(NOW.isoformat()))
        await session.execute(update(LineRow).values(health=due))
        await session.execute(update(TaskCustomerRow).where(TaskCustomerRow.state == "waiting").values(due_at=NOW))


async def _called(caller: Caller, task_id: UUID) -> int:
    return (await caller.view(task_id)).called


async def _waits(caller: Caller, task_id: UUID, reason: str, standing: str) -> bool:
    waiting = (await caller.view(task_id)).waiting
    return (waiting.reason, waiting.detail) == (reason, {"standing": standing})


async def test_a_line_that_can_not_be_read_is_a_line_that_is_off(house: House) -> None:
    caller = await make_caller(house.database)
    async with house.database.tenant(caller.tenant_id) as session:
        sealed = SecretBox(new_key()).seal("lost")
        await session.execute(update(LineRow).values(username="us", secret=sealed, register=True))
    task = await caller.running_task(9)
    async with house.open():
        await until(lambda: _waits(caller, task.id, "lines", "off"), "the wait")
        status = await _status(caller)
    assert house.engine.dialled.total() == 0
    assert status is not None
    assert (status.state, status.sip_code) == ("refused", None)
    assert "secret key" in status.detail


async def _status(caller: Caller) -> LineStatus | None:
    async with caller.database.tenant(caller.tenant_id) as session:
        return (await get_statuses(session, [caller.line_id])).get(caller.line_id)


async def test_lines_are_kept_in_step(house: House) -> None:
    caller = await make_caller(house.database)
    async with house.open(dialer=False):

        async def known() -> bool:
            return str(caller.line_id) in house.engine.trunks

        await until(known, "the trunk")
        async with house.database.tenant(caller.tenant_id) as session:
            await session.execute(update(LineRow).values(username="us", secret=BOX.seal("pw"), register=True))

        async def registered() -> bool:
            status = await _status(caller)
            return status is not None and status.state == "registered"

        await until(registered, "the registration")
    assert house.engine.trunks[str(caller.line_id)].password == "pw"
    assert await _status(caller) is None, "a node that is gone knows nothing of its lines"


async def test_pages_hear_when_a_line_stands_otherwise_and_only_then(house: House) -> None:
    caller = await make_caller(house.database)
    heard: list[dict[str, object]] = []

    async def hear() -> None:
        async for news in listen(house.database.url, Channel.BROWSER):
            if not isinstance(news, Reconnected):
                heard.append(news[1])

    hearing = asyncio.create_task(hear())
    async with house.open(dialer=False):
        await until(lambda: _stands(caller, "ready", 200))
        house.engine.stands = TrunkStatus("x", TrunkState.UNREACHABLE, 503, "Service Unavailable")
        await until(lambda: _stands(caller, "unreachable", 503))
        await asyncio.sleep(0.5)
    hearing.cancel()
    await asyncio.gather(hearing, return_exceptions=True)
    told = {"kind": "line", "line": str(caller.line_id), "tenant": str(caller.tenant_id)}
    assert [news for news in heard if news["kind"] == "line"] == [told] * 2


async def _stands(caller: Caller, state: str, code: int) -> bool:
    status = await _status(caller)
    return status is not None and (status.state, status.sip_code) == (state, code)
