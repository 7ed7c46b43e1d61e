"""Test calls, carried out by a call node with a real database and a phone engine without a network."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import func, select, update

from callwright.accounts.roles import Role
from callwright.billing.statement import EntryFilter, list_entries
from callwright.callroom.opening import Dialling, Refused
from callwright.callroom.test_gate import Judged, TestDialling, judge
from callwright.calls import test_calls
from callwright.calls.errors import TestCallTooSoonError
from callwright.calls.test_calls import NOBODY_TOOK_IT, NODE_STOPPED, ClaimedTestCall, TestCallEnd, TestCallView
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.contacts import CustomerRow, DoNotCallEverywhereRow, DoNotCallRow
from callwright.db.tables.lines import LineRow, LineStatusRow
from callwright.db.tables.tasks import AttemptRow
from callwright.dialing.gate import GateRule
from callwright.dialing.line_health import Health, LineFault, to_data
from callwright.kit.clock import SystemClock
from callwright.kit.phone_region import region_of
from callwright.lines.drafts import LineDraft
from callwright.lines.service import create_line
from callwright.lines.standing import region_to_text
from callwright.tasks.nodes import end_node
from callwright.tasks.removing_lines import remove_line
from callwright.telephony.errors import NoMediaPortError
from callwright.telephony.port import FRAME_SAMPLES, Answered
from tests.factories.accounts import make_user
from tests.factories.calling import BOX, NOW, Caller, make_caller
from tests.factories.calls import claim, close_call, failed_call, make_node, open_call, plan_now
from tests.factories.house import House
from tests.factories.money import balance_of, movements, pay, price_line
from tests.fakes.crowd import busy
from tests.fakes.telephony import FakeCall
from tests.waiting import until

COLLEAGUE = "+12025550143"


async def ask(caller: Caller, *, to: str = COLLEAGUE, now: datetime | None = None) -> TestCallView:
    """Ask for a test call, as a person does."""
    asking = await make_user(caller.database, caller.tenant_id, role=Role.SUPERVISOR)
    region = region_to_text(region_of(to))
    async with caller.database.tenant(caller.tenant_id) as session:
        return await test_calls.ask_for(
            session, caller.line_id, to, asked_by=asking, region=region, now=now or SystemClock().now()
        )


async def judged(caller: Caller, now: datetime, *, to: str = COLLEAGUE) -> Judged:
    """Bring a test call to the gate as a node does, at a moment of the test's choice."""
    test = TestDialling(caller.tenant_id, caller.line_id, to, region_to_text(region_of(to)))
    async with caller.database.system() as session:
        return await judge(session, test, now)


async def latest(caller: Caller, now: datetime | None = None) -> TestCallView:
    async with caller.database.tenant(caller.tenant_id) as session:
        found = await test_calls.get_latest(session, caller.line_id, now=now or SystemClock().now())
    assert found is not None
    return found


async def over(caller: Caller) -> TestCallView:
    async def ended() -> bool:
        return (await latest(caller)).ended_at is not None

    await until(ended, "the end of the test call")
    return await latest(caller)


@asynccontextmanager
async def colleague(house: House, *, heard: bool) -> AsyncIterator[list[np.ndarray]]:
    """Somebody answers every call, keeps what they hear, and is heard or not."""
    said: list[np.ndarray] = []
    talks: list[asyncio.Task[None]] = []

    async def talk(call: FakeCall) -> None:
        while call.handler is None:  # noqa: ASYNC110 - attached at once, or the test fails
            await asyncio.sleep(0)
        call.tell(Answered())
        while not call.hang_ups:
            await asyncio.sleep(0.001)
            frame = call.handler.say()
            if frame is not None:
                said.append(frame)
            if heard:
                call.handler.heard(np.zeros(FRAME_SAMPLES, np.int16))

    house.engine.callee = lambda call: talks.append(asyncio.create_task(talk(call)))
    try:
        yield said
    finally:
        await asyncio.gather(*talks)


@pytest.mark.parametrize("heard", [True, False])
async def test_a_test_call_speaks_listens_and_says_whether_it_was_heard(
    house: House, caller: Caller, heard: bool
) -> None:
    async with colleague(house, heard=heard) as said, house.open(dialer=False):
        asked = await ask(caller)
        done = await over(caller)
    assert (done.id, done.state, done.phone_state) == (asked.id, "ended", "connected")
    assert (done.audio_back, done.sip_code, done.phone) == (heard, None, COLLEAGUE)
    assert done.dialled_at is not None
    assert done.answered_at is not None
    assert done.seconds is not None
    assert np.concatenate(said).any()
    assert dict(house.engine.dialled) == {COLLEAGUE: 1}
    assert house.engine.calls[0].request.caller_number == "+12125550100"
    async with house.database.system() as session:
        assert await session.scalar(select(func.count(AttemptRow.id))) == 0


async def test_what_the_network_says_is_shown(house: House, caller: Caller) -> None:
    house.engine.callee = busy
    async with house.open(dialer=False):
        await ask(caller)
        done = await over(caller)
    assert (done.state, done.phone_state, done.sip_code, done.reason) == ("ended", "busy", 486, "Busy Here")
    assert (done.audio_back, done.answered_at, done.seconds) == (None, None, None)


async def test_a_tone_does_where_speech_is_away(house: House, caller: Caller) -> None:
    house.speech.broken = True
    async with colleague(house, heard=True) as said, house.open(dialer=False):
        await ask(caller)
        done = await over(caller)
    assert done.phone_state == "connected"
    assert np.abs(np.concatenate(said)).max() > 3000


async def test_why_no_call_could_be_placed_is_shown(house: House, caller: Caller) -> None:
    house.engine.error = NoMediaPortError(first=1, last=2)
    async with house.open(dialer=False):
        await ask(caller)
        done = await over(caller)
    assert (done.state, done.reason) == ("not_placed", str(house.engine.error))


async def test_a_node_that_stops_says_so_on_its_test_call(house: House, caller: Caller) -> None:
    async with house.open(dialer=False) as node:
        await ask(caller)
        await house.engine.someone_dialled.wait()
        node.cancel()
        await asyncio.gather(node, return_exceptions=True)
    done = await latest(caller)
    assert (done.state, done.reason) == ("ended", NODE_STOPPED)


async def test_no_two_nodes_take_one_test_call(caller: Caller) -> None:
    await ask(caller, now=NOW)
    nodes = [await make_node(caller.database) for _ in range(4)]

    async def take(node_id: UUID) -> bool:
        async with caller.database.system() as session:
            return await test_calls.claim(session, node_id, NOW) is not None

    assert sorted(await asyncio.gather(*(take(node) for node in nodes))) == [False, False, False, True]


async def test_nobody_s_phone_rings_long_after_it_was_asked_for(caller: Caller) -> None:
    await ask(caller, now=NOW)
    node_id = await make_node(caller.database)
    late = NOW + test_calls.WAITS
    async with caller.database.system() as session:
        assert await test_calls.claim(session, node_id, late) is None
        await test_calls.close_orphans(session, late)
    done = await latest(caller, late)
    assert (done.state, done.reason, done.ended_at) == ("not_placed", NOBODY_TOOK_IT, late)


@pytest.mark.parametrize("dead", [True, False])
async def test_what_a_dead_node_left_is_ended(caller: Caller, dead: bool) -> None:
    await ask(caller, now=NOW)
    node_id = await make_node(caller.database)
    async with caller.database.system() as session:
        assert await test_calls.claim(session, node_id, NOW) is not None
        await test_calls.close_orphans(session, NOW + timedelta(minutes=1))
    assert (await latest(caller, NOW)).state == "dialling"
    async with caller.database.system() as session:
        if dead:
            await end_node(session, node_id)
        await test_calls.close_orphans(session, NOW + timedelta(minutes=1 if dead else 6))
    assert ((await latest(caller, NOW)).state, (await latest(caller, NOW)).reason) == ("ended", NODE_STOPPED)


async def test_two_people_can_not_ask_in_the_same_moment(caller: Caller) -> None:
    first = await ask(caller, now=NOW)

    async def again() -> bool:
        try:
            await ask(caller, now=first.asked_at + test_calls.BETWEEN)
        except TestCallTooSoonError:
            return False
        return True

    assert sorted(await asyncio.gather(again(), again(), again())) == [False, False, True]


async def _set(caller: Caller, row: type[Any], **values: Any) -> None:
    async with caller.database.system() as session:
        await session.execute(update(row).values(**values).execution_options(synchronize_session=False))


NEW_YORK = "+12122345678"
NOON_THERE = NOW.replace(day=3, hour=17)


async def test_a_test_call_is_under_the_rules_of_every_call(caller: Caller) -> None:
    await make_node(caller.database)

    async def rule(now: datetime = NOON_THERE, to: str = NEW_YORK) -> GateRule:
        return (await judged(caller, now, to=to)).decision.rule

    assert await rule() is GateRule.ALL_CLEAR
    assert await rule(now=NOON_THERE.replace(hour=23)) is GateRule.ALL_CLEAR, "six in the evening there"
    late = (await judged(caller, NOON_THERE.replace(day=4, hour=3), to=NEW_YORK)).decision
    assert (late.rule, late.until) == (GateRule.CALLING_HOURS, NOON_THERE.replace(day=4, hour=13))
    await _set(caller, TenantRow, calling_hours={"opens": "20:00", "closes": "21:00"})
    assert await rule() is GateRule.ALL_CLEAR, "the company's hours say when it calls its customers"
    async with caller.database.system() as session:
        session.add(DoNotCallRow(tenant_id=caller.tenant_id, phone="+12122345670", source="person"))
        session.add(DoNotCallEverywhereRow(phone="+12122345671", source="person"))
        session.add(CustomerRow(tenant_id=caller.tenant_id, phone="+12122345672", consent=False))
    assert await rule(to="+12122345670") is GateRule.DO_NOT_CALL
    assert await rule(to="+12122345671") is GateRule.DO_NOT_CALL_INSTALLATION
    assert await rule(to="+12122345672") is GateRule.NO_CONSENT
    await _set(caller, LineRow, health=to_data(Health(fault=LineFault.LINE, faulty_since=NOW)))
    assert await rule() is GateRule.ALL_CLEAR, "a test call is how one sees whether a faulty line is well again"
    await _set(caller, LineStatusRow, state="refused")
    assert await rule() is GateRule.LINE_OFF
    await _set(caller, LineStatusRow, state="ready")
    await _set(caller, LineRow, expires_at=NOON_THERE)
    assert await rule() is GateRule.LINE_EXPIRED
    await _set(caller, LineRow, expires_at=None, price_per_minute=60_000)
    assert await rule() is GateRule.OUT_OF_CREDIT
    await _set(caller, TenantRow, number_caps={"fortnight": 1})
    assert await rule() is GateRule.UNKNOWN_RULES


async def test_calls_of_tasks_and_tests_of_all_companies_count_together(caller: Caller) -> None:
    """New York lets two calls an hour through: one of a task, and one of another company's test."""
    other = await make_caller(caller.database, name="Blue Door")
    task = await caller.make_task()
    await caller.add_number(task.id, NEW_YORK)
    await caller.start(task.id)
    node = await make_node(caller.database)
    assert await plan_now(caller.database, now=NOON_THERE) == 1
    await ask(other, to=NEW_YORK, now=NOON_THERE)
    async with caller.database.system() as session:
        claimed = await test_calls.claim(session, node, NOON_THERE)
        assert claimed is not None
        decision = (await judge(session, TestDialling(*_parts(claimed)), NOON_THERE)).decision
        assert await test_calls.mark_gated(session, claimed, decision, NOON_THERE)
    assert (await judged(caller, NOON_THERE, to=NEW_YORK)).decision.rule is GateRule.NUMBER_IN_A_CALL
    (attempt,) = await claim(caller.database, node)
    held = await open_call(caller.database, attempt, node, now=NOON_THERE)
    assert isinstance(held, Refused)
    assert held.decision.rule is GateRule.NUMBER_IN_A_CALL
    async with other.database.tenant(other.tenant_id) as session:
        await test_calls.end(session, claimed, TestCallEnd(None, "busy", 486, "Busy"), NOON_THERE)
        await remove_line(session, other.line_id)
    soon = NOON_THERE + timedelta(minutes=1)
    assert await plan_now(caller.database, now=soon) == 1
    (attempt,) = await claim(caller.database, node)
    assert isinstance(await open_call(caller.database, attempt, node, now=soon), Dialling)
    await close_call(caller.database, replace(failed_call(attempt.id, "busy", 486), dialled_at=soon, ended_at=soon))
    third = (await judged(caller, soon, to=NEW_YORK)).decision
    assert (third.rule, third.until) == (GateRule.CALLS_TO_NUMBER, NOON_THERE + timedelta(hours=1))


def _parts(claimed: ClaimedTestCall) -> tuple[UUID, UUID, str, str]:
    return claimed.tenant_id, claimed.line_id, claimed.phone, claimed.region


async def test_removing_a_line_does_not_take_its_minute_back(caller: Caller) -> None:
    await ask(caller, now=NOW)
    async with caller.database.tenant(caller.tenant_id) as session:
        await remove_line(session, caller.line_id)
        draft = LineDraft(name="Another", carrier_host="127.0.0.1", caller_number="+12125550101")
        another = replace(caller, line_id=(await create_line(session, draft, region="US", box=BOX)).id)
    with pytest.raises(TestCallTooSoonError):
        await ask(another, now=NOW + timedelta(seconds=59))
    await ask(another, now=NOW + test_calls.BETWEEN)


async def test_a_test_call_holds_and_costs_what_its_line_costs(house: House, caller: Caller) -> None:
    await price_line(caller, 60_000)
    await pay(caller, 100_000)
    async with colleague(house, heard=True), house.open(dialer=False):
        await ask(caller)
        assert (await over(caller)).phone_state == "connected"
    assert (await balance_of(caller)).available == 40_000, "one minute begun"
    assert await movements(caller) == {"top_up": 1, "hold": 1, "release": 1, "charge": 1}
    async with caller.database.tenant(caller.tenant_id) as session:
        entries = await list_entries(session, EntryFilter("charge"))
    assert [(one.is_for_test_call, one.line) for one in entries] == [(True, "Line")]


async def test_the_rule_that_stops_a_test_call_at_the_last_moment_is_shown(house: House, caller: Caller) -> None:
    asked = await ask(caller)
    async with caller.database.tenant(caller.tenant_id) as session:
        session.add(DoNotCallRow(phone=COLLEAGUE, source="person"))
    async with house.open(dialer=False):
        done = await over(caller)
    assert (done.id, done.state, done.dialled_at) == (asked.id, "not_placed", None)
    assert done.gate is not None
    assert (done.gate.verdict, done.gate.rule) == ("deny", "do-not-call")
    assert not house.engine.dialled


async def test_what_a_dead_node_s_test_call_held_is_given_back(house: House, caller: Caller) -> None:
    await price_line(caller)
    await pay(caller, 100_000)
    async with house.open(dialer=False) as node:
        await ask(caller)
        await house.engine.someone_dialled.wait()
        assert (await balance_of(caller)).held > 0
        node.cancel()
        await asyncio.gather(node, return_exceptions=True)
    assert (await balance_of(caller)).held == 0
    assert await movements(caller) == {"top_up": 1, "hold": 1, "release": 1}
