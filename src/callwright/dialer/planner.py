"""One look of the leader at every running task: whom each calls now, over which line, or why nobody."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.ledger import Balance, get_balances
from callwright.db.session import is_away
from callwright.dialer.calendar import CLOSED, Hours, hours_now, next_opening
from callwright.dialer.pacer import Pacer, forget_others
from callwright.dialer.waits import Wait, why_nobody, why_stuck
from callwright.dialing import call_rate
from callwright.dialing.call_rate import CallRate
from callwright.dialing.concurrency import Concurrency, ConcurrencyMode
from callwright.dialing.lifecycle import Waiting
from callwright.dialing.line_health import after_probe_began
from callwright.dialing.placing import Demand, Placed, Placement, place
from callwright.dialing.routing import RouteLine, Why
from callwright.dialing.seating import SeatWish, grant, take_back
from callwright.kit.clock import Clock
from callwright.kit.phone_region import region_of
from callwright.lines.health import note_probes
from callwright.lines.standing import LineFacts, get_line_facts, region_to_text
from callwright.rating.tariff import hold
from callwright.tasks import reserving, running
from callwright.tasks.dialling import lock_running_tasks
from callwright.tasks.news import wake_leader_for_all
from callwright.tasks.nodes import get_total_capacity
from callwright.tasks.planning import plan_attempts
from callwright.tasks.running import RunningTask
from callwright.tasks.schemas import NextCustomer, PlannedStart

log = structlog.get_logger(__name__)

Customers = list[NextCustomer] | None

LET_GO_AFTER = timedelta(seconds=60)
"""A task that will dial nobody for so long gives its seats back until then."""


@dataclass(frozen=True, slots=True)
class PlannerConfig:
    """``at_most`` calls are planned at a look; a node silent for ``stale_s`` takes none.

    A call lasts ``max_call_s`` at the most, which is what it holds of the balance.
    """

    at_most: int = 200
    stale_s: float = 10.0
    max_call_s: int = 600


@dataclass(frozen=True, slots=True)
class _Sight:
    """Everything that one look sees."""

    tasks: Mapping[UUID, RunningTask]
    hours: Mapping[UUID, Hours]
    held: Mapping[UUID, reserving.Held]
    lines: Mapping[UUID, LineFacts]
    under_way: Mapping[UUID, int]
    balances: Mapping[UUID, Balance]
    nodes: int
    at_most: int

    @property
    def seated(self) -> frozenset[UUID]:
        """The tasks that have AI seats."""
        return frozenset(task_id for task_id, held in self.held.items() if held.reserved)

    def with_started(self, calls: Sequence[Placement[UUID]], now: datetime) -> "_Sight":
        """Return what there is to see once these calls were planned, too."""
        of_tasks, of_lines = Counter(call.task for call in calls), Counter(call.line for call in calls)
        probed = {call.line for call in calls if call.why is Why.PROBE}
        return replace(
            self,
            tasks={
                task_id: replace(task, under_way=task.under_way + of_tasks[task_id])
                for task_id, task in self.tasks.items()
            },
            lines={
                line_id: replace(line, health=after_probe_began(line.health, now)) if line_id in probed else line
                for line_id, line in self.lines.items()
            },
            under_way=Counter(self.under_way) + of_lines,
            nodes=self.nodes - len(calls),
            at_most=self.at_most - len(calls),
        )


class Planner:
    """Plans for as long as its process leads. What it learns of lines and tasks meanwhile is its own."""

    def __init__(self, clock: Clock, config: PlannerConfig) -> None:
        self._clock = clock
        self._config = config
        self._pacers: dict[UUID, Pacer] = {}
        self._rates: dict[UUID, CallRate] = {}
        self._waits: list[tuple[RunningTask, Wait]] = []
        self._failing: set[UUID] = set()

    async def plan(self, session: AsyncSession, now: datetime) -> int:
        """Plan what may start now; return how many calls were planned. Why the rest waits stands in ``waits``."""
        sight = await self._look(session, now)
        forget_others(self._pacers, sight.tasks)
        next_ones = {
            task_id: await self._next_customers(session, sight, task, now) for task_id, task in sight.tasks.items()
        }
        waits = await self._why_nobody(session, sight, next_ones, now)
        waits |= {task_id: Wait(Waiting.ERROR) for task_id in self._failing}
        let_go = await self._idle(session, sight, waits, now)
        wishes = self._wishes(sight, next_ones)
        await self._let_go(session, let_go, wishes)
        waits |= await self._reserve(session, sight, wishes, now)
        callable_ones = {
            task_id: customers
            for task_id, customers in next_ones.items()
            if customers and task_id in sight.seated - let_go
        }
        started = await self._start_all(session, sight, callable_ones, now)
        waits |= self._why_stuck(sight, callable_ones, started)
        self._waits = [(task, waits.get(task_id, Wait())) for task_id, task in sight.tasks.items()]
        return len(started.calls)

    async def tell_waits(self, session: AsyncSession) -> None:
        """Write down why each task waits that dials nobody now, as the last look found it.

        In a transaction of its own, task by task in the order of their ids: whoever plans or dials holds several
        tasks still at once, in that order too.
        """
        for task, wait in sorted(self._waits, key=lambda one: one[0].row.id):
            await running.set_waiting(session, task, wait.reason or "", wait.until, wait.detail)

    async def _look(self, session: AsyncSession, now: datetime) -> _Sight:
        tasks = {task.row.id: task for task in await running.get_running(session)}
        self._failing &= tasks.keys()
        under_way = await running.count_under_way_by_line(session)
        capacity = await get_total_capacity(session, self._config.stale_s)
        return _Sight(
            tasks=tasks,
            hours={task_id: self._hours(task, now) for task_id, task in tasks.items()},
            held=await reserving.get_held(session),
            lines=await get_line_facts(session, {line for task in tasks.values() for line in task.priorities}),
            under_way=under_way,
            balances=await get_balances(session, {task.row.tenant_id for task in tasks.values()}),
            nodes=capacity - sum(under_way.values()),
            at_most=self._config.at_most,
        )

    def _hours(self, task: RunningTask, now: datetime) -> Hours:
        try:
            return hours_now(task, now)
        except Exception as error:
            self._fails(task, error)
            return CLOSED

    async def _next_customers(
        self, session: AsyncSession, sight: _Sight, task: RunningTask, now: datetime
    ) -> list[NextCustomer] | None:
        """Return whom the task would call now, ``None`` where it wants nobody as it has its calls under way.

        What can't be read of one task keeps no other from calling.
        """
        if sight.hours[task.row.id] is CLOSED:
            return []
        try:
            async with session.begin_nested():
                found = await self._find_customers(session, sight, task, now)
        except Exception as error:
            if isinstance(error, DBAPIError) and (error.connection_invalidated or is_away(error.orig)):
                raise
            self._fails(task, error)
            return []
        self._failing.discard(task.row.id)
        return found

    def _fails(self, task: RunningTask, error: Exception) -> None:
        if task.row.id not in self._failing:
            log.error("a task can't be planned", task=str(task.row.id), exc_info=error)
        self._failing.add(task.row.id)

    async def _find_customers(
        self, session: AsyncSession, sight: _Sight, task: RunningTask, now: datetime
    ) -> list[NextCustomer] | None:
        zones = sight.hours[task.row.id].open_zones
        wanted = min(await self._wanted(session, sight, task, now), self._config.at_most)
        if wanted <= 0:
            return None
        return await running.get_next_customers(session, task.row.id, zones, limit=wanted, now=now)

    async def _wanted(self, session: AsyncSession, sight: _Sight, task: RunningTask, now: datetime) -> int:
        row, seats = task.row, sight.held.get(task.row.id, reserving.NONE).reserved
        if not seats:
            return 1  # enough to see whether it needs seats at all
        if row.mode != ConcurrencyMode.ADAPTIVE:
            return row.concurrency - task.under_way
        pacer = self._pacers.get(row.id)
        if pacer is None:
            pacer = self._pacers[row.id] = await Pacer.begin(session, row.id, now)
        chosen = Concurrency(
            ConcurrencyMode.ADAPTIVE,
            seats,
            ceiling=row.concurrency / seats,
            lost_limit=row.lost_limit_percent / 100,
        )
        return await pacer.calls_to_start(session, chosen, now, hold_s=row.hold_s)

    async def _why_nobody(
        self, session: AsyncSession, sight: _Sight, next_ones: Mapping[UUID, Customers], now: datetime
    ) -> dict[UUID, Wait]:
        """Return the wait of each task that has nobody to call now and nothing under way."""
        waits = {}
        for task_id, task in sight.tasks.items():
            if next_ones[task_id] == [] and not task.under_way and task_id not in self._failing:
                waits[task_id] = why_nobody(
                    sight.hours[task_id], await running.get_next_due(session, task_id, now), next_opening(task, now)
                )
        return waits

    async def _idle(
        self, session: AsyncSession, sight: _Sight, waits: Mapping[UUID, Wait], now: datetime
    ) -> set[UUID]:
        """Return the tasks with seats that will dial nobody for a while, or whose tenant owns them no more."""
        idle = {
            task_id
            for task_id, wait in waits.items()
            if task_id in sight.seated and (wait.until is None or wait.until > now + LET_GO_AFTER)
        }
        holders = [
            SeatWish(task_id, task.row.tenant_id, sight.held[task_id].reserved)
            for task_id, task in sight.tasks.items()
            if task_id in sight.seated - idle
        ]
        return idle | take_back(holders, await reserving.get_totals(session, now)) if holders else idle

    def _wishes(self, sight: _Sight, next_ones: Mapping[UUID, Customers]) -> list[SeatWish[UUID]]:
        """Return what seats tasks want that have none, in the order in which they were started."""
        return [
            # Those that it is still leaving are its own again, and need not be free.
            SeatWish(task_id, task.row.tenant_id, task.row.seats - sight.held.get(task_id, reserving.NONE).leaving)
            for task_id, task in sight.tasks.items()
            if next_ones[task_id] and task_id not in sight.seated
        ]

    async def _let_go(self, session: AsyncSession, idle: set[UUID], wishes: Sequence[SeatWish[UUID]]) -> None:
        """Take the seats of ``idle`` tasks."""
        if idle or wishes:
            # All at once, and before any: a call that ends meanwhile frees the seats of several tasks, too.
            await reserving.lock_seats(session, idle | {wish.task for wish in wishes})
        if idle:
            await reserving.let_go(session, list(idle))

    async def _reserve(
        self, session: AsyncSession, sight: _Sight, wishes: Sequence[SeatWish[UUID]], now: datetime
    ) -> dict[UUID, Wait]:
        """Give seats to tasks that have none; return who waits. They call from the next look on."""
        if not wishes:
            return {}
        free = await reserving.get_free(session, now)
        granted = grant(wishes, free)
        # A task that was stopped since it was looked at has let its seats go, and nobody would take back new ones.
        calling = await lock_running_tasks(session, granted, wait=False)
        for wish in wishes:
            if wish.task in calling:
                await reserving.reserve(session, wish.tenant, wish.task, sight.tasks[wish.task].row.seats)
        if calling:
            await wake_leader_for_all(session)
        return {
            wish.task: Wait(Waiting.SEATS, detail={"seats": wish.seats, "free": max(0, free.get(wish.tenant, 0))})
            for wish in wishes
            if wish.task not in granted
        }

    def _demand(
        self, sight: _Sight, task: RunningTask, customers: Sequence[NextCustomer], now: datetime
    ) -> Demand[UUID]:
        return Demand(
            task=task.row.id,
            under_way=task.under_way,
            customers=[(one.id, region_of(one.phone)) for one in customers],
            lines=[
                self._route(sight, sight.lines[line_id], priority, now)
                for line_id, priority in task.priorities.items()
                if line_id in sight.lines
            ],
        )

    def _route(self, sight: _Sight, line: LineFacts, priority: int, now: datetime) -> RouteLine[UUID]:
        """Return a line as it is free now: by its channels, and by how many calls a second it may start."""
        row = line.row
        known = self._rates.get(row.id) or call_rate.begin(self._clock.monotonic())
        rate = self._rates[row.id] = call_rate.refill(known, row.calls_per_second, self._clock.monotonic())
        free = min(row.channels - sight.under_way.get(row.id, 0), int(rate.allowed))
        available = sight.balances.get(row.tenant_id, Balance()).available
        paid = available >= hold(line.tariff, self._config.max_call_s)
        return line.route(now, priority=priority, free=free, paid=paid)

    async def _start_all(
        self, session: AsyncSession, sight: _Sight, next_ones: Mapping[UUID, Sequence[NextCustomer]], now: datetime
    ) -> Placed[UUID]:
        """Plan what may start of the next ones; return that, and who is stuck."""
        placed = self._place(sight, next_ones, now)
        started = await self._start(session, placed.calls, now)
        if len(started) == len(placed.calls):
            return placed
        # Whom somebody holds was given a line that others may have: those are looked for among whom nobody does.
        sight = sight.with_started(started, now)
        placed = self._place(sight, await self._hold_others(session, sight, next_ones, started, now), now)
        return Placed([*started, *await self._start(session, placed.calls, now)], placed.stuck)

    async def _hold_others(
        self,
        session: AsyncSession,
        sight: _Sight,
        next_ones: Mapping[UUID, Sequence[NextCustomer]],
        started: Sequence[Placement[UUID]],
        now: datetime,
    ) -> dict[UUID, list[NextCustomer]]:
        """Return, held, whom tasks that nobody holds call besides those ``started``, as many as were looked up."""
        others = {}
        calls = Counter(call.task for call in started)
        running_ones = await lock_running_tasks(session, next_ones, wait=False)
        for task_id in [task_id for task_id in next_ones if task_id in running_ones]:
            zones, limit = sight.hours[task_id].open_zones, len(next_ones[task_id]) - calls[task_id]
            if limit > 0:
                others[task_id] = await running.hold_next_customers(session, task_id, zones, limit=limit, now=now)
        return others

    def _place(
        self, sight: _Sight, next_ones: Mapping[UUID, Sequence[NextCustomer]], now: datetime
    ) -> Placed[UUID]:
        demands = [self._demand(sight, sight.tasks[task_id], ones, now) for task_id, ones in next_ones.items()]
        return place(demands, nodes=sight.nodes, at_most=sight.at_most, now=now)

    async def _start(
        self, session: AsyncSession, calls: Sequence[Placement[UUID]], now: datetime
    ) -> list[Placement[UUID]]:
        """Plan calls; return which were planned: none to whoever is held, or waits no more."""
        if not calls:
            return []
        starts = [PlannedStart(call.task, call.customer, call.line, region_to_text(call.region)) for call in calls]
        planned = await plan_attempts(session, starts, now)
        started = [call for call in calls if call.customer in planned]
        for line_id, count in Counter(call.line for call in started).items():
            self._rates[line_id] = call_rate.use(self._rates[line_id], count)
        await note_probes(session, {call.line for call in started if call.why is Why.PROBE}, now)
        return started

    def _why_stuck(self, sight: _Sight, next_ones: Iterable[UUID], placed: Placed[UUID]) -> dict[UUID, Wait]:
        """Return the wait of each task that has customers and seats, but neither a line nor a node for them."""
        served = {call.task for call in placed.calls}
        waits = {}
        for task_id in next_ones:
            if task_id in served or sight.tasks[task_id].under_way:
                continue
            if task_id in placed.stuck:
                waits[task_id] = why_stuck(placed.stuck[task_id])
            elif sight.nodes <= 0:
                waits[task_id] = Wait(Waiting.NODES)
        return waits
