"""A dry run against the real thing: leader, gate, seats and ledger on PostgreSQL, in simulated time."""

import heapq
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from callwright.billing.ledger import get_balance, top_up
from callwright.callroom.opening import Dialling
from callwright.calls.dry_run.answering import answer
from callwright.calls.dry_run.gathering import gather
from callwright.calls.dry_run.recorded import Basis
from callwright.calls.dry_run.schemas import DryRun
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow, DoNotCallEverywhereRow, DoNotCallRow
from callwright.db.tables.lines import LineRow
from callwright.db.tables.tasks import TaskRow
from callwright.dialing.concurrency import ConcurrencyMode
from callwright.dialing.gate import GateRule
from callwright.dialing.lifecycle import TaskStateError
from callwright.dialing.rehearsal.assumed import assumed_draws
from callwright.dialing.rehearsal.facts import LOST, PICKED_UP, Draw
from callwright.tasks import service
from callwright.tasks.errors import TaskEmptyError
from callwright.tasks.nodes import beat
from callwright.tasks.reserving import take_seats
from callwright.tasks.schemas import ClaimedAttempt
from tests.factories.calling import NOW, Caller, make_caller, phone
from tests.factories.calls import Leader, claim, close_call, failed_call, make_node, open_call

CUSTOMERS, SEATS = 100, 6
LOOK_S = 0.25
PRICE = 6_000

Event = Callable[[float], Awaitable[int]]


class Crowd:
    """A call node and the people it calls, each call going as a draw says, by the clock of this test."""

    def __init__(self, database: Database, node_id: UUID, draws: list[Draw], hold_s: float) -> None:
        self._database, self._node, self._draws, self._hold_s = database, node_id, draws, hold_s
        self._leader = Leader(database, at_most=100)
        self._events: list[tuple[float, int, Event]] = []
        self._order = 0
        self.finished_s = 0.0

    async def call_all(self, customers: int) -> None:
        """Look, claim and dial until so many calls have ended."""
        now, ended = 0.0, 0
        while ended < customers:
            async with self._database.system() as session:
                await beat(session, self._node, 50)
            await self._leader.look(NOW + timedelta(seconds=now))
            for attempt in await claim(self._database, self._node, limit=100):
                await self._dial(attempt, now)
            now = max(now, self._events[0][0] if self._events else 0.0) + LOOK_S
            while self._events and self._events[0][0] <= now:
                at, _, happens = heapq.heappop(self._events)
                ended += await happens(at)

    async def _dial(self, attempt: ClaimedAttempt, now: float) -> None:
        opened = await open_call(self._database, attempt, self._node, now=NOW + timedelta(seconds=now))
        assert isinstance(opened, Dialling)
        draw = self._draws.pop()
        self._expect(now + draw.ring_s, partial(self._rang, attempt, draw))

    def _expect(self, at: float, happens: Event) -> None:
        self._order += 1
        heapq.heappush(self._events, (at, self._order, happens))

    async def _rang(self, attempt: ClaimedAttempt, draw: Draw, now: float) -> int:
        if draw.phone_state not in PICKED_UP:
            return await self._end(attempt, draw.phone_state, now, now)
        return await self._seat(attempt, draw, now, now)

    async def _seat(self, attempt: ClaimedAttempt, draw: Draw, answered: float, now: float) -> int:
        async with self._database.system() as session:
            seated = await take_seats(session, [(attempt.task_id, attempt.id)])
        if not seated and now - answered >= self._hold_s:
            return await self._end(attempt, LOST, answered, now)
        if seated:
            self._expect(now + draw.talk_s, partial(self._end, attempt, draw.phone_state, answered))
        else:
            self._expect(now + LOOK_S, partial(self._seat, attempt, draw, answered))
        return 0

    async def _end(self, attempt: ClaimedAttempt, state: str, answered: float, now: float) -> int:
        over = replace(failed_call(attempt.id, state, rang=True), ended_at=NOW + timedelta(seconds=now))
        if state in (*PICKED_UP, LOST):
            talk_ms = max(1, round((now - answered) * 1000))
            over = replace(over, answered_at=NOW + timedelta(seconds=answered), talk_ms=talk_ms)
        await close_call(self._database, over)
        self.finished_s = now
        return 1


async def ask(caller: Caller, task_id: UUID, now: datetime = NOW) -> DryRun:
    async with caller.database.tenant(caller.tenant_id) as session:
        found = await gather(session, task_id, now, nodes=50)
        balance = await get_balance(session, caller.tenant_id)
    return answer(found, balance.available)


async def priced_caller(database: Database) -> Caller:
    caller = await make_caller(database)
    async with database.tenant(caller.tenant_id) as session:
        await session.execute(update(LineRow).values(price_per_minute=PRICE))
        await top_up(session, caller.tenant_id, 10**9, user_id=None, note="")
    return caller


@pytest.mark.parametrize(("mode", "concurrency"), [(ConcurrencyMode.PLAIN, SEATS), (ConcurrencyMode.MULTI, 10)])
async def test_it_foretells_what_then_happens(mode: ConcurrencyMode, concurrency: int, database: Database) -> None:
    """The forecast is made first; then the leader, the gate, the seats and the ledger really call everybody."""
    caller = await priced_caller(database)
    node_id = await make_node(database)
    task = await caller.make_task(CUSTOMERS, concurrency=SEATS)
    async with database.tenant(caller.tenant_id) as session:
        await session.execute(update(TaskRow).values(mode=mode, concurrency=concurrency))
    told = await ask(caller, task.id)
    async with database.tenant(caller.tenant_id) as session:
        before = (await get_balance(session, caller.tenant_id)).available
        await service.start_task(session, task.id, now=NOW)
    draws = assumed_draws()[::2]
    random.Random(3).shuffle(draws)
    crowd = Crowd(database, node_id, draws, task.hold_s)
    await crowd.call_all(CUSTOMERS)

    assert told.finish is not None
    assert crowd.finished_s / (told.finish.typical - NOW).total_seconds() == pytest.approx(1, abs=0.1)
    async with database.tenant(caller.tenant_id) as session:
        spent = before - (await get_balance(session, caller.tenant_id)).available
        states = dict(
            iter(await session.execute(select(CallRow.phone_state, func.count()).group_by(CallRow.phone_state)))
        )
    assert told.cost.least <= spent <= told.cost.most
    assert told.calls.typical == sum(states.values()) == CUSTOMERS
    assert abs(told.lost.typical - states.get(LOST, 0)) <= 6

    again = await caller.make_task(10, name="Again", first=CUSTOMERS)
    rested = await ask(caller, again.id, NOW + timedelta(hours=2))
    assert (rested.basis, rested.basis_calls) == (Basis.SCRIPT, CUSTOMERS)


async def test_a_large_task_is_drawn_from_and_its_lists_are_counted(database: Database) -> None:
    caller = await priced_caller(database)
    await make_node(database)
    task = await caller.make_task(4_000)
    async with database.tenant(caller.tenant_id) as session:
        session.add_all(DoNotCallRow(phone=phone(number), source="person") for number in range(0, 4_000, 4))
    told = await ask(caller, task.id)
    (barrier,) = told.cannot_be_called
    assert (barrier.rule, barrier.count, barrier.exact) == (GateRule.DO_NOT_CALL, 1_000, True)
    assert told.customers == 4_000
    assert told.reached_out == pytest.approx(3_000, abs=2)
    assert not told.one_by_one
    assert [one.phone for one in barrier.customers[:2]] == [phone(0), phone(4)]


async def test_the_installations_list_and_held_numbers_are_told(database: Database) -> None:
    caller = await priced_caller(database)
    task = await caller.make_task(6)
    async with database.system() as session:
        session.add(DoNotCallEverywhereRow(phone=phone(1), source="person"))
        await session.execute(update(TenantRow).values(consent_policy="always"))
        await session.execute(update(CustomerRow).where(CustomerRow.phone == phone(2)).values(consent=True))
        await session.execute(update(CustomerRow).where(CustomerRow.phone == phone(3)).values(consent=False))
    told = await ask(caller, task.id)
    found = {(one.rule, one.final): one.count for one in told.cannot_be_called}
    assert found == {
        (GateRule.DO_NOT_CALL_INSTALLATION, True): 1,
        (GateRule.NO_CONSENT, True): 1,
        (GateRule.UNKNOWN_CONSENT, False): 3,
    }
    assert told.reached_out == 1


async def test_a_task_without_customers_or_over_is_not_tried(database: Database) -> None:
    caller = await priced_caller(database)
    task = await caller.make_task(0)
    with pytest.raises(TaskEmptyError):
        await ask(caller, task.id)
    async with database.tenant(caller.tenant_id) as session:
        await session.execute(update(TaskRow).values(state="finished"))
    with pytest.raises(TaskStateError):
        await ask(caller, task.id)
