"""Whole tasks through leader and gate, without a phone: redial, calling order, policy groups, fairness."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from callwright.accounts.service import get_tenant
from callwright.callroom.closing import close
from callwright.callroom.opening import Dialling, Opener, ToOpen
from callwright.calls.customers import list_customers
from callwright.calls.progress import get_progress
from callwright.calls.schemas import CustomerFilter, FinishedCall
from callwright.contacts.drafts import CustomerDraft
from callwright.db.session import Database
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.dialing.concurrency import ConcurrencyMode
from callwright.dialing.line_health import FIRST_PROBE
from callwright.dialing.redial import Redialled, RedialRule
from callwright.kit.phone_region import region_of
from callwright.lines.drafts import LineDraft
from callwright.lines.groups import bind_lines, create_group
from callwright.lines.service import create_line
from callwright.lines.standing import region_to_text
from callwright.tasks import service
from callwright.tasks.drafts import Outbound, TaskDraft
from callwright.tasks.entering import enter
from callwright.tasks.reserving import get_held
from callwright.tasks.schemas import ClaimedAttempt
from tests.factories.calling import BOX, NOW, VARIABLES, Caller, make_caller, phone
from tests.factories.calls import Leader, answered_call, claim, failed_call, make_node
from tests.fakes.clock import ManualClock

Answer = Callable[[ClaimedAttempt], str]


class Crew:
    """A leader and a node that carries out at once whatever is planned, everybody answering as ``answer`` says."""

    def __init__(self, database: Database, node_id: UUID, answer: Answer) -> None:
        self.database = database
        self.node_id = node_id
        self.answer = answer
        self.leader = Leader(database)
        self.dialled: list[ClaimedAttempt] = []

    async def work(self, now: datetime, *, looks: int = 3) -> list[ClaimedAttempt]:
        """Look and carry out ``looks`` times; return what was dialled."""
        before = len(self.dialled)
        for _ in range(looks):
            await self.leader.look(now)
            await self._carry_out(await claim(self.database, self.node_id, 1000), now)
        return self.dialled[before:]

    async def _carry_out(self, attempts: Sequence[ClaimedAttempt], now: datetime) -> None:
        opener = Opener(self.database, ManualClock(now), max_call_s=600)
        wishes = [ToOpen(attempt, "+12125550100", self.node_id) for attempt in attempts]
        opened = await asyncio.gather(*(opener.open(wish) for wish in wishes))
        dialled = [one for one, said in zip(attempts, opened, strict=True) if isinstance(said, Dialling)]
        self.dialled += dialled
        async with self.database.system() as session:
            await close(session, [self._end(one, now) for one in dialled])

    def _end(self, attempt: ClaimedAttempt, now: datetime) -> FinishedCall:
        phone_state = self.answer(attempt)
        if phone_state == "connected":
            return replace(answered_call(attempt.id), ended_at=now)
        return replace(failed_call(attempt.id, phone_state, rang=phone_state != "line_fault"), ended_at=now)


async def _crew(database: Database, answer: Answer, *, capacity: int = 1000) -> Crew:
    return Crew(database, await make_node(database, capacity), answer)


async def _states(database: Database, task_id: UUID) -> Counter[str]:
    async with database.system() as session:
        return Counter(
            await session.scalars(select(TaskCustomerRow.state).where(TaskCustomerRow.task_id == task_id))
        )


async def test_customers_are_dialled_again_by_outcome_after_the_interval_and_no_more_often(
    database: Database,
) -> None:
    caller = await make_caller(database)
    redial = {Redialled.BUSY: RedialRule(Decimal("0.5"), 2), Redialled.NO_ANSWER: RedialRule(Decimal(2), 1)}
    task = await caller.running_task(4, concurrency=4, redial=redial)
    outcomes = {phone(0): "busy", phone(1): "no_answer", phone(2): "refused", phone(3): "connected"}
    crew = await _crew(database, lambda attempt: outcomes[attempt.phone])
    said = []
    for minutes in (0, 29, 30, 59, 60, 90, 119, 120, 300):
        dialled = await crew.work(NOW + timedelta(minutes=minutes))
        said.append([attempt.phone for attempt in dialled])
    everybody = [phone(number) for number in range(4)]
    assert said == [everybody, [], [phone(0)], [], [phone(0)], [], [], [phone(1)], []]
    assert await _states(database, task.id) == {"called": 4}
    waited = (await caller.view(task.id)).waiting
    assert waited.reason in {"", "due"}


async def test_who_was_told_that_we_call_again_is_called_again_once_unless_the_task_says_otherwise(
    database: Database,
) -> None:
    caller = await make_caller(database)
    usual = await caller.running_task(1, concurrency=1)
    never = await caller.running_task(1, concurrency=1, name="Once", first=1, redial={})
    crew = await _crew(database, lambda _: "technical_fault")
    said = []
    for minutes in (0, 29, 30, 60, 300):
        dialled = await crew.work(NOW + timedelta(minutes=minutes))
        said.append(sorted((attempt.phone, attempt.calls_again) for attempt in dialled))
    assert said == [[(phone(0), True), (phone(1), False)], [], [(phone(0), False)], [], []]
    for task, calls in ((usual, 2), (never, 1)):
        assert await _states(database, task.id) == {"called": 1}
        async with database.tenant(caller.tenant_id) as session:
            progress = await get_progress(session, task.id, now=NOW)
            (customer,) = await list_customers(session, task.id, CustomerFilter())
        assert progress.by_phone_state == {"technical_fault": calls}
        assert (progress.lost_percent, customer.last_phone_state) == (0.0, "technical_fault")


async def test_who_waits_to_be_called_again_keeps_the_task_running_and_is_told(database: Database) -> None:
    caller = await make_caller(database)
    redial = {Redialled.BUSY: RedialRule(Decimal("0.5"), 1)}
    task = await caller.running_task(1, concurrency=1, redial=redial)
    crew = await _crew(database, lambda _: "busy")
    await crew.work(NOW)
    await crew.leader.look(NOW)
    async with database.system() as session:
        assert await service.finish_tasks_with_nobody_left(session, NOW) == 0
        assert await get_held(session) == {}, "its seats are for others meanwhile"
    view = await caller.view(task.id)
    assert (view.waiting.reason, view.waiting.until) == ("due", NOW + timedelta(minutes=30))
    assert len(await crew.work(NOW + timedelta(minutes=30))) == 1
    async with database.system() as session:
        assert await service.finish_tasks_with_nobody_left(session, NOW) == 1


async def test_scrambled_neighbours_are_not_called_in_a_row(database: Database) -> None:
    caller = await make_caller(database)
    plain = await caller.running_task(90, name="Plain", concurrency=20)
    mixed = await caller.running_task(90, name="Mixed", concurrency=20, first=100, scramble=True)
    crew = await _crew(database, lambda _: "connected")
    await crew.work(NOW, looks=8)
    order = {
        task.id: [int(attempt.phone[-4:]) for attempt in crew.dialled if attempt.task_id == task.id]
        for task in (plain, mixed)
    }
    assert order[plain.id] == sorted(order[plain.id])
    assert sorted(order[mixed.id]) == order[plain.id]
    steps = [abs(one - other) for one, other in zip(order[mixed.id], order[mixed.id][1:], strict=False)]
    assert min(steps) > 10


async def _add_line(caller: Caller, name: str, home: str, channels: int = 10) -> UUID:
    async with caller.database.tenant(caller.tenant_id) as session:
        draft = LineDraft(name=name, carrier_host="127.0.0.1", caller_number="+12125550100", channels=channels)
        line = await create_line(session, draft, region="US", box=BOX)
        line.home_region, line.calls_per_second = home, 1000
        await session.flush()
        return line.id


async def test_a_policy_group_calls_by_region_then_priority_and_a_faulty_line_s_share_moves_and_returns(
    database: Database,
) -> None:
    caller = await make_caller(database)
    home = region_to_text(region_of(phone(0)))
    near = await _add_line(caller, "Near", home)
    first, second = await _add_line(caller, "First", "", 6), await _add_line(caller, "Second", "")
    async with database.tenant(caller.tenant_id) as session:
        group = await create_group(session, caller.tenant_id, "Everywhere")
        await bind_lines(session, group, [(near, 9), (first, 1), (second, 2)])
        draft = TaskDraft(
            name="Spring", script_id=caller.script_id, outbound=Outbound.GROUP, policy_group_id=group, seats=10
        )
        tenant = await get_tenant(session, caller.tenant_id)
        task = await service.create_task(session, draft, tenant=tenant, now=NOW)
    await caller.add_customers(task.id, 50)
    await caller.add_customers(task.id, 40, first=700)
    await caller.start(task.id)
    crew = await _crew(database, lambda _: "busy")
    names = {near: "near", first: "first", second: "second"}

    async def used(now: datetime, looks: int) -> tuple[Counter[str], Counter[str]]:
        """Return how often each line was used for those who live where ``near`` is at home, and for the others."""
        dialled = [(attempt.phone[:5] == phone(0)[:5], attempt) for attempt in await crew.work(now, looks=looks)]
        near_by = Counter(names[attempt.line_id] for at_home, attempt in dialled if at_home)
        return near_by, Counter(names[attempt.line_id] for at_home, attempt in dialled if not at_home)

    assert await used(NOW, 3) == ({"near": 10}, {}), "region first, whatever the priority"
    crew.answer = lambda attempt: "line_fault" if attempt.line_id == near else "busy"
    assert await used(NOW, 1) == ({"near": 10}, {})
    assert await used(NOW, 2) == ({"first": 12, "second": 8}, {}), "by priority, as far as channels go"
    crew.answer = lambda _: "busy"
    later = NOW + FIRST_PROBE
    assert await used(later, 1) == ({"near": 1, "first": 6, "second": 3}, {}), "one call tries it"
    assert await used(later, 5) == ({"near": 10}, {"first": 24, "second": 16}), "well again, its share is back"


async def test_one_tenant_s_large_task_does_not_delay_another_s_ten(database: Database) -> None:
    large = await make_caller(database, name="Large")
    small = await make_caller(database, name="Small")
    many = await large.running_task(200, concurrency=50)
    crew = await _crew(database, lambda _: "busy", capacity=20)
    assert len(await crew.work(NOW)) == 20
    few = await small.running_task(10, concurrency=10)
    dialled = await crew.work(NOW, looks=4)
    ours = [number for number, attempt in enumerate(dialled) if attempt.task_id == few.id]
    assert len(ours) == 10
    assert ours[-1] < 70, "within the looks that a new task needs and one more"
    assert await _states(database, few.id) == {"called": 10}
    assert (await _states(database, many.id))["uncalled"] > 0


async def test_fifty_tasks_of_twenty_tenants_share_seats_lines_and_nodes(database: Database) -> None:
    callers = [await make_caller(database, name=f"Tenant {number}", seats=6, channels=5) for number in range(20)]
    tasks = [
        (
            callers[number % 20],
            await callers[number % 20].running_task(4, name=f"Task {number}", concurrency=2, first=4 * number),
        )
        for number in range(50)
    ]
    crew = await _crew(database, lambda _: "busy", capacity=60)
    at_once: list[Counter[UUID]] = []
    for _ in range(30):
        dialled = await crew.work(NOW, looks=1)
        at_once.append(Counter(attempt.line_id for attempt in dialled))
        assert len(dialled) <= 60
        assert all(calls <= 5 for calls in at_once[-1].values())
        async with database.system() as session:
            await service.finish_tasks_with_nobody_left(session, NOW)
        if len(crew.dialled) == 200:
            break
    assert len(crew.dialled) == 200
    assert len({(attempt.task_id, attempt.phone) for attempt in crew.dialled}) == 200
    half = Counter(attempt.task_id for attempt in crew.dialled[:100])
    assert len(half) == 50, "each has its turn before half of the work is done"
    assert max(half.values()) - min(half.values()) <= 2
    assert {(await caller.view(task.id)).state for caller, task in tasks} == {"finished"}
    async with database.system() as session:
        assert await get_held(session) == {}
        assert await session.scalar(select(func.max(AttemptRow.number))) == 1


async def test_an_adaptive_task_begins_without_a_burst_learns_from_its_calls_and_keeps_its_ceiling(
    database: Database,
) -> None:
    caller = await make_caller(database)
    adaptive: dict[str, Any] = {"mode": ConcurrencyMode.ADAPTIVE, "lost_limit_percent": 3.0}
    task = await caller.running_task(190, concurrency=5, **adaptive)
    assert (task.mode, task.seats, task.concurrency) == ("adaptive", 5, 10)
    crew = await _crew(database, lambda _: "no_answer")
    started = [len(await crew.work(NOW + timedelta(seconds=second), looks=1)) for second in range(20)]
    assert 0 < max(started) <= 2, "half the seats' worth of calls a second: no burst"

    async def under_way(since_s: int) -> int:
        """Let calls ring on for ten seconds; return how many do then."""
        leader = Leader(database)
        looks = [await leader.look(NOW + timedelta(seconds=since_s + second)) for second in range(12)]
        return sum(looks)

    first = await under_way(20)
    assert first > 5, "people rarely answer, which whoever leads next learns from the calls"
    assert first + await under_way(40) <= 10, "the ceiling holds, whoever leads"


async def test_an_import_that_takes_long_holds_up_nobody_s_calls(database: Database) -> None:
    caller, other = await make_caller(database), await make_caller(database, name="Blue Door")
    task = await caller.running_task(2, concurrency=5)
    await other.running_task(2, concurrency=2, first=20)
    node, leader = await make_node(database), Leader(database)
    late = CustomerDraft(phone=phone(9), name="Late", variables=VARIABLES)
    async with database.tenant(caller.tenant_id) as session:
        await enter(session, task.id, [late])
        assert await leader.settle() == 4
        opener = Opener(database, ManualClock(NOW), max_call_s=600)
        opened = [await opener.open(ToOpen(one, "+1", node)) for one in await claim(database, node)]
        assert all(isinstance(one, Dialling) for one in opened)
    assert await leader.look() == 1
