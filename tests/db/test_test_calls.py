"""Test calls, carried out by a call node with a real database and a phone engine without a network."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import func, select

from callwright.accounts.roles import Role
from callwright.accounts.service import create_user
from callwright.calls import test_calls
from callwright.calls.errors import TestCallTooSoonError
from callwright.calls.test_calls import NOBODY_TOOK_IT, NODE_STOPPED, TestCallView
from callwright.db.session import Database
from callwright.db.tables.tasks import AttemptRow
from callwright.kit.clock import SystemClock
from callwright.tasks.nodes import end_node
from callwright.telephony.errors import NoMediaPortError
from callwright.telephony.port import FRAME_SAMPLES, Answered
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import make_node
from tests.factories.house import House
from tests.fakes.crowd import busy
from tests.fakes.telephony import FakeCall
from tests.waiting import until

COLLEAGUE = "+12025550143"


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> House:
    return House(database, tmp_path)


@pytest.fixture
async def caller(house: House) -> Caller:
    return await make_caller(house.database)


async def ask(caller: Caller, *, now: datetime | None = None) -> TestCallView:
    """Ask for a test call, as a person does."""
    async with caller.database.system() as session:
        asking = await create_user(
            session,
            tenant_id=caller.tenant_id,
            email="someone@ours.example",
            name="Someone",
            role=Role.SUPERVISOR,
            password="a long enough password",
        )
    async with caller.database.tenant(caller.tenant_id) as session:
        return await test_calls.ask_for(
            session, caller.line_id, COLLEAGUE, asked_by=asking.id, region="US", now=now or SystemClock().now()
        )


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
        await test_calls.close_orphans(session, NOW + timedelta(minutes=1 if dead else 5))
    assert ((await latest(caller, NOW)).state, (await latest(caller, NOW)).reason) == ("ended", NODE_STOPPED)


async def test_two_people_can_not_ask_in_the_same_moment(caller: Caller) -> None:
    first = await ask(caller, now=NOW)

    async def again() -> bool:
        async with caller.database.tenant(caller.tenant_id) as session:
            try:
                await test_calls.ask_for(
                    session,
                    caller.line_id,
                    COLLEAGUE,
                    asked_by=asked_by,
                    region="US",
                    now=first.asked_at + test_calls.BETWEEN,
                )
            except TestCallTooSoonError:
                return False
            return True

    async with caller.database.system() as session:
        asked_by = (
            await create_user(
                session,
                tenant_id=caller.tenant_id,
                email="two@ours.example",
                name="Two",
                role=Role.OWNER,
                password="a long enough password",
            )
        ).id
    assert sorted(await asyncio.gather(again(), again(), again())) == [False, False, True]
