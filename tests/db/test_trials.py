"""Scripts tried on one's own phone: a call node with a real database and an engine without a network."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update

from callwright.accounts.roles import Role
from callwright.accounts.service import create_user
from callwright.calls import own_phone, test_calls, trial_limits, trials
from callwright.calls.errors import (
    TooManyPhonesError,
    TooManyTrialsError,
    TrialTooSoonError,
    TrialUnderWayError,
)
from callwright.calls.trials import TrialView
from callwright.db.embedded import EmbeddedPostgres
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow, DoNotCallRow
from callwright.db.tables.lines import TestCallRow
from callwright.db.tables.nodes import NodeRow
from callwright.db.tables.trials import TrialCallRow
from callwright.dialing.gate import GateRule, Verdict
from callwright.kit.clock import SystemClock
from callwright.kit.errors import NotFoundError
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import answered_call, make_node
from tests.factories.house import House
from tests.factories.money import balance_of, movements, pay, price_line
from tests.factories.outage import come_back, go_away
from tests.factories.trials import (
    OWN,
    WishfulSpeech,
    ask,
    ask_in,
    listed,
    listener,
    look,
    over,
)
from tests.fakes.crowd import busy
from tests.waiting import until


async def let_pass(caller: Caller, trial: TrialView) -> None:
    """Let a trial be over without anybody having been rung."""
    async with caller.database.tenant(caller.tenant_id) as session:
        row = await session.get_one(TestCallRow, trial.call.id)
        row.state, row.ended_at = "not_placed", row.asked_at


@pytest.mark.usefixtures("known")
async def test_the_script_is_played_and_kept_and_counts_nowhere(house: House, caller: Caller, person: UUID) -> None:
    await price_line(caller, 60_000)
    await pay(caller, 1_000_000)
    async with listener(house), house.open(dialer=False):
        done = await over(caller, await ask(caller, person))
    assert (done.call.state, done.call.phone_state) == ("ended", "connected")
    assert dict(house.engine.dialled) == {OWN: 1}
    assert done.row.turns[0]["who"] == "ai"
    assert "Maria" in done.row.turns[0]["text"]
    assert done.row.path[0]["node"] == "greeting"
    assert (done.row.caller_number, done.row.hung_up_by) == ("+12125550100", "us")
    assert done.row.grade is not None
    assert done.row.grade_reasons[0].keys() == {"rule", "quote", "kind", "values"}
    async with caller.database.tenant(caller.tenant_id) as session:
        assert await session.scalar(select(func.count(CallRow.id))) == 0
        assert await session.scalar(select(func.count(CustomerRow.id))) == 0
        assert await test_calls.get_latest(session, caller.line_id, now=NOW) is None, "it tested no line"
        assert await own_phone.get_own_phone(session, person) == OWN
    assert await house.blobs.size(done.recording) > 1000
    assert (await balance_of(caller)).held == 0
    assert await movements(caller) == {"top_up": 1, "hold": 1, "release": 1, "charge": 1}


@pytest.mark.usefixtures("known")
async def test_the_recordings_of_trials_are_let_go_with_their_script(
    house: House, caller: Caller, person: UUID
) -> None:
    async with listener(house), house.open(dialer=False):
        asked = await ask(caller, person)
        with pytest.raises(TrialUnderWayError):
            async with caller.database.tenant(caller.tenant_id) as session:
                await trials.let_go(session, caller.script_id, now=SystemClock().now())
        done = await over(caller, asked)
    async with caller.database.tenant(caller.tenant_id) as session:
        assert await trials.let_go(session, caller.script_id, now=SystemClock().now()) == [done.recording]


async def test_a_script_that_is_tried_at_this_moment_is_not_deleted(caller: Caller, person: UUID) -> None:
    async def delete_script() -> None:
        async with caller.database.tenant(caller.tenant_id) as session:
            await trials.let_go(session, caller.script_id, now=SystemClock().now())

    async with caller.database.tenant(caller.tenant_id) as session:
        await ask_in(session, caller, person)
        deleting = asyncio.create_task(delete_script())
        await asyncio.wait({deleting}, timeout=0.3)  # not before we are through
    with pytest.raises(TrialUnderWayError):
        await deleting


async def test_what_the_network_says_is_shown(house: House, caller: Caller, person: UUID) -> None:
    house.engine.callee = busy
    async with house.open(dialer=False):
        done = await over(caller, await ask(caller, person))
    assert (done.call.phone_state, done.call.sip_code, done.row.turns, done.row.grade) == ("busy", 486, [], None)


async def test_the_gate_is_asked_again_at_the_moment_of_dialling(
    house: House, caller: Caller, person: UUID
) -> None:
    asked = await ask(caller, person)
    async with caller.database.system() as session:
        session.add(DoNotCallRow(tenant_id=caller.tenant_id, phone=OWN, source="person"))
    async with house.open(dialer=False):
        done = await over(caller, asked)
    assert done.call.state == "not_placed"
    assert done.call.gate is not None
    assert (done.call.gate.verdict, done.call.gate.rule) == (Verdict.DENY, GateRule.DO_NOT_CALL)
    assert not house.engine.dialled


async def test_it_holds_what_its_longest_time_may_cost(house: House, caller: Caller, person: UUID) -> None:
    await price_line(caller, 60_000)
    await pay(caller, 599_999)
    async with house.open(dialer=False):
        done = await over(caller, await ask(caller, person))
    assert done.call.gate is not None
    assert done.call.gate.rule == GateRule.OUT_OF_CREDIT


async def test_without_speech_nobody_is_rung(house: House, caller: Caller, person: UUID) -> None:
    house.speech.broken = True
    async with house.open(dialer=False):
        done = await over(caller, await ask(caller, person))
    assert (done.call.state, done.call.dialled_at) == ("not_placed", None)
    assert not house.engine.dialled


@pytest.mark.usefixtures("known")
async def test_a_node_that_stops_keeps_what_was_said(house: House, caller: Caller, person: UUID) -> None:
    house.config = replace(house.config, grace_s=0.0)
    async with listener(house), house.open(dialer=False) as node:
        asked = await ask(caller, person)
        await house.engine.someone_dialled.wait()

        async def answered() -> bool:
            return (await look(caller, asked)).call.state == "answered"

        await until(answered, "the answer")
        node.cancel()
        await over(caller, asked)
    assert (await look(caller, asked)).row.turns


@pytest.mark.usefixtures("known")
async def test_a_spoken_wish_not_to_be_called_again_is_kept_at_once(
    house: House, caller: Caller, person: UUID
) -> None:
    house.speech = WishfulSpeech()
    async with listener(house, "stop"), house.open(dialer=False):
        asked = await ask(caller, person)

        async def kept() -> bool:
            return await listed(caller) == [OWN]

        await until(kept, "the number on the list")
        seen = await look(caller, asked)
        assert (seen.call.ended_at, seen.row.listed) == (None, True), "while they still talk"
        assert ("customer", "stop") in {(turn["who"], turn["text"]) for turn in seen.row.turns}
        await over(caller, asked)


@pytest.mark.usefixtures("known")
async def test_a_spoken_wish_outlives_the_database_and_the_node(
    house: House, caller: Caller, person: UUID, database_url: str, postgres: EmbeddedPostgres
) -> None:
    house.speech = WishfulSpeech()
    await price_line(caller, 60_000)
    await pay(caller, 1_000_000)
    async with house.open(dialer=False) as node:
        gone = asyncio.Event()
        async with listener(house, "stop", once=gone):
            asked = await ask(caller, person)

            async def talking() -> bool:
                return (await look(caller, asked)).call.state == "answered"

            await until(talking, "the answer")
            await go_away(postgres, database_url)
            gone.set()
        spool = house.config.work / "results"

        async def waiting() -> bool:
            return any(spool.glob("*.json"))

        await until(waiting, "the result in a file")
        house.stop.set()
        await node
    assert len(list(spool.iterdir())) == 1
    await come_back(postgres, database_url)
    assert await listed(caller) == []
    async with caller.database.system() as session:
        # As another node's leader sees it meanwhile: what a node that is gone had under way is over.
        await session.execute(update(NodeRow).values(ended_at=SystemClock().now()))
        await test_calls.close_orphans(session, SystemClock().now())
    house.stop = asyncio.Event()
    async with house.open(dialer=False):

        async def kept() -> bool:
            return not any(spool.iterdir())

        await until(kept, "the result in the database")
    assert await listed(caller) == [OWN]
    done = await look(caller, asked)
    assert (done.call.state, done.call.phone_state, done.row.listed) == ("ended", "connected", True)
    assert (await balance_of(caller)).held == 0
    assert await movements(caller) == {"top_up": 1, "hold": 1, "release": 1, "charge": 1}


async def test_a_wish_outlives_the_script_that_was_played(house: House, caller: Caller, person: UUID) -> None:
    await ask(caller, person)
    node = await make_node(caller.database)
    async with caller.database.system() as session:
        claimed = await trials.claim(session, node, SystemClock().now())
        assert claimed is not None
        await session.execute(delete(TrialCallRow))
    finished = replace(answered_call(claimed.id), do_not_call=True)
    async with caller.database.system() as session:
        assert await trials.end(session, claimed, finished, caller_number="+12125550100")
        assert not await trials.end(session, claimed, finished, caller_number="+12125550100"), "twice"
    assert await listed(caller) == [OWN]


async def test_nobody_is_pestered_by_it(caller: Caller, person: UUID) -> None:
    first = await ask(caller, person, now=NOW)
    with pytest.raises(TrialUnderWayError):
        await ask(caller, person, now=NOW + timedelta(seconds=20))
    await let_pass(caller, first)
    with pytest.raises(TrialTooSoonError):
        await ask(caller, person, now=NOW + timedelta(seconds=29))
    later = NOW
    for phone in ("+12025550144", "+12025550145"):
        later += trial_limits.BETWEEN
        await let_pass(caller, await ask(caller, person, phone=phone, now=later))
    later += trial_limits.BETWEEN
    with pytest.raises(TooManyPhonesError):
        await ask(caller, person, phone="+12025550146", now=later)
    for _ in range(trial_limits.MOST_A_DAY - 3):
        await let_pass(caller, await ask(caller, person, now=later))
        later += trial_limits.BETWEEN
    with pytest.raises(TooManyTrialsError):
        await ask(caller, person, now=later)
    await let_pass(caller, await ask(caller, person, phone="+12025550146", now=NOW + timedelta(days=2)))


async def test_a_phone_is_spared_whoever_of_the_company_asks(caller: Caller, person: UUID) -> None:
    async with caller.database.system() as session:
        colleague = await create_user(
            session,
            tenant_id=caller.tenant_id,
            email="colleague@callwright.example",
            name="Colleague",
            role=Role.SUPERVISOR,
            password="a long enough password",
        )
    first = await ask(caller, person, now=NOW)
    with pytest.raises(TrialUnderWayError):
        await ask(caller, colleague.id, now=NOW + timedelta(seconds=1))
    await let_pass(caller, first)
    with pytest.raises(TrialTooSoonError):
        await ask(caller, colleague.id, now=NOW + timedelta(seconds=29))
    await ask(caller, colleague.id, phone="+12025550144", now=NOW + timedelta(seconds=29))


async def test_a_neighbours_trial_is_not_there(caller: Caller, person: UUID) -> None:
    asked = await ask(caller, person)
    other = await make_caller(caller.database, name="Blue Door")
    async with other.database.tenant(other.tenant_id) as session:
        with pytest.raises(NotFoundError):
            await trials.get(session, asked.call.id, now=NOW)
