"""The gate at work: a batch of attempts about to be dialled, the facts of each, and what is decided of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.ledger import Balance, lock_balances
from callwright.calls.earlier import Earlier, Number, lock_earlier_calls
from callwright.contacts.consent import get_consents
from callwright.contacts.do_not_call import Barred, barred_in_tenants
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.tasks import TaskRow
from callwright.dialing.gate import Decision, GateFacts, GateRule, GateRules, Verdict, decide
from callwright.dialing.line_health import probing
from callwright.dialing.routing import LineStanding, standing
from callwright.kit.phone import is_callable
from callwright.kit.phone_fiction import is_fictional
from callwright.kit.phone_place import time_zones_of
from callwright.lines.standing import LineFacts, get_line_facts, region_from_text
from callwright.rating.tariff import hold
from callwright.tasks.dialling import Gated
from callwright.tasks.reserving import get_held
from callwright.tasks.rules import rules_of
from callwright.tasks.schemas import ClaimedAttempt, LockedAttempt

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a batch, so that each attempt of it can be judged."""

    tasks: Mapping[UUID, TaskRow]
    tenants: Mapping[UUID, TenantRow]
    lines: Mapping[UUID, LineFacts]
    barred: Mapping[Number, Barred]
    consents: Mapping[UUID, bool | None]
    earlier: Mapping[Number, Earlier]
    balances: Mapping[UUID, Balance]
    seated: frozenset[UUID]
    """The tasks that have AI seats."""
    max_call_s: int
    _rules: dict[tuple[UUID, bool], GateRules] = field(default_factory=dict)

    def rules(self, task: TaskRow, tenant: TenantRow, *, fictional: bool) -> GateRules:
        """Return the rules for a task, read once for its whole batch. Raises what can't be read."""
        key = (task.id, fictional)
        if key not in self._rules:
            self._rules[key] = rules_of(task, tenant, fictional=fictional)
        return self._rules[key]


@dataclass(frozen=True, slots=True)
class _Dialled:
    """How often each number was allowed in this batch so far."""

    by_anybody: Counter[str] = field(default_factory=Counter)
    by_tenant: Counter[Number] = field(default_factory=Counter)


async def gather(
    session: AsyncSession,
    attempts: Sequence[tuple[ClaimedAttempt, LockedAttempt]],
    tasks: Mapping[UUID, TaskRow],
    now: datetime,
    *,
    max_call_s: int,
) -> Facts:
    """Look up what the gate asks about ``attempts``, and hold it still until the transaction ends."""
    numbers = [(claimed.tenant_id, claimed.phone) for claimed, _ in attempts]
    tenant_ids = {tenant_id for tenant_id, _ in numbers}
    lines = await get_line_facts(session, {claimed.line_id for claimed, _ in attempts})
    held = await get_held(session, set(tasks))
    tenants = await session.scalars(select(TenantRow).where(TenantRow.id.in_(tenant_ids)))
    known = {tenant.id: tenant for tenant in tenants}
    priced = {line.row.tenant_id for line in lines.values() if line.row.price_per_minute}
    # First of all: a call that ends after this was seen under way, and what was wished in one before stands below.
    earlier = await lock_earlier_calls(session, numbers, now, most=_calls_needed(tasks, known))
    return Facts(
        tasks=tasks,
        tenants=known,
        lines=lines,
        barred=await barred_in_tenants(session, numbers),
        consents=await get_consents(session, [claimed.customer_id for claimed, _ in attempts]),
        earlier=earlier,
        balances=await lock_balances(session, priced) if priced else {},
        seated=frozenset(task_id for task_id, seats in held.items() if seats.reserved),
        max_call_s=max_call_s,
    )


def _calls_needed(tasks: Mapping[UUID, TaskRow], tenants: Mapping[UUID, TenantRow]) -> int:
    """Return how many earlier calls to a number the caps of these tasks count, those of countries included.

    Rules that can't be read hold their calls anyway.
    """
    needed = 0
    for task in tasks.values():
        with suppress(ValueError):
            needed = max(needed, rules_of(task, tenants[task.tenant_id], fictional=False).calls_needed)
    return needed


def judge(
    attempts: Iterable[tuple[ClaimedAttempt, LockedAttempt]], facts: Facts, now: datetime
) -> list[tuple[Gated, int]]:
    """Return of each attempt what the gate says and what money its call is to hold, 0 where it isn't dialled.

    One after the other: each allowed one is an earlier call, and money spent, to those behind it.
    """
    dialled = _Dialled()
    spent: Counter[UUID] = Counter()
    judged = []
    for claimed, locked in attempts:
        amount = _amount(claimed, facts)
        left = facts.balances.get(claimed.tenant_id, Balance()).available - spent[claimed.tenant_id]
        try:
            decision = _decide(claimed, locked, facts, dialled, left >= amount, now)
        except Exception:
            # What can't be read of one company or task holds its own calls, and nobody else's.
            log.exception("the gate can't read its rules", task=str(claimed.task_id))
            decision = Decision(Verdict.HOLD, GateRule.UNKNOWN_RULES)
        allowed = decision.verdict is Verdict.ALLOW
        if allowed:
            dialled.by_anybody[claimed.phone] += 1
            dialled.by_tenant[claimed.tenant_id, claimed.phone] += 1
            spent[claimed.tenant_id] += amount
        judged.append((Gated(locked, decision), amount if allowed else 0))
    return judged


def _amount(claimed: ClaimedAttempt, facts: Facts) -> int:
    line = facts.lines.get(claimed.line_id)
    return hold(line.tariff, facts.max_call_s) if line is not None else 0


def _decide(
    claimed: ClaimedAttempt,
    locked: LockedAttempt,
    facts: Facts,
    dialled: _Dialled,
    covered: bool,
    now: datetime,
) -> Decision:
    number = (claimed.tenant_id, claimed.phone)
    task, tenant = facts.tasks[claimed.task_id], facts.tenants[claimed.tenant_id]
    earlier, barred, line = facts.earlier.get(number), facts.barred.get(number), facts.lines.get(claimed.line_id)
    rules = facts.rules(task, tenant, fictional=is_fictional(claimed.phone))
    just_dialled = (now,) * dialled.by_anybody[claimed.phone]
    own_just_dialled = (now,) * dialled.by_tenant[number]
    return decide(
        rules,
        GateFacts(
            number_valid=is_callable(claimed.phone),
            do_not_call=barred is Barred.BY_TENANT,
            do_not_call_installation=barred is Barred.EVERYWHERE,
            region=region_from_text(locked.region),
            zones=time_zones_of(claimed.phone),
            consent=facts.consents.get(claimed.customer_id),
            calls=None if earlier is None else just_dialled + earlier.calls,
            own_calls=None if earlier is None else own_just_dialled + earlier.own_calls,
            lost=None if earlier is None else earlier.lost,
            in_a_call=None if earlier is None else earlier.under_way or bool(just_dialled),
            line=None if line is None else _standing(line, now),
            seat_free=claimed.task_id in facts.seated,
            money_covers=covered,
        ),
        now,
    )


def _standing(line: LineFacts, now: datetime) -> LineStanding:
    # The leader counted this very call among those that the line carries, and money has a rule of its own.
    route = line.route(now, priority=1, free=1, paid=True)
    return standing(replace(route, probe_due=probing(line.health, now)), now)
