"""The gate before a test call: the rules of every call, as they hold for one that belongs to no task.

It needs no AI seat and no consent, as nothing is sold to anybody, though whoever took consent back is not called:
a script is played only to whoever asked for it, as a code shows that they key in on the phone. Before that the
phone may be anybody's, so that it is rung only in the hours in which the company calls its customers. Other test
calls are not held to those, so that a colleague can be called at lunch time, but to the hours of the called
person's country. The number of a customer is never rung for a script. A faulty line, and one on which no call node
has looked yet, may be tried: that is what a test call is for.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.ledger import Balance, get_balances, lock_balances
from callwright.calls.earlier import get_earlier_calls, lock_earlier_calls
from callwright.calls.test_calls import SENTENCE_S
from callwright.contacts.do_not_call import Barred, barred_in_tenants
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.contacts import CustomerRow
from callwright.dialing.gate import Decision, GateFacts, GateRule, GateRules, Verdict, decide
from callwright.dialing.routing import LineStanding, standing
from callwright.kit.phone import is_callable
from callwright.kit.phone_fiction import is_fictional
from callwright.kit.phone_place import time_zones_of
from callwright.lines.standing import LineFacts, get_line_facts, region_from_text
from callwright.rating.tariff import Tariff, hold
from callwright.tasks.rules import test_rules_of
from callwright.tasks.running import count_under_way_by_line


class Says(Enum):
    """What a test call says: a ``SENTENCE``; a script, or that only once the code was keyed in."""

    SENTENCE = auto()
    SCRIPT = auto()
    CODE_FIRST = auto()


@dataclass(frozen=True, slots=True)
class TestDialling:
    """A test call that somebody wants to place; ``region`` is where the number is at home, as lines keep it.

    It is ended after ``longest_s``, so that this is what it holds of the balance.
    """

    __test__ = False

    tenant_id: UUID
    line_id: UUID
    phone: str
    region: str
    longest_s: int = SENTENCE_S
    says: Says = Says.SENTENCE


@dataclass(frozen=True, slots=True)
class Judged:
    """What the gate says of a test call, and what the call is to hold of the balance by its line's ``tariff``."""

    decision: Decision
    longest_s: int
    tariff: Tariff | None = None

    @property
    def amount(self) -> int:
        """What to hold, 0 where the call isn't placed."""
        allowed = self.decision.verdict is Verdict.ALLOW
        return hold(self.tariff, self.longest_s) if allowed and self.tariff is not None else 0


async def foresee(session: AsyncSession, test: TestDialling, now: datetime) -> Decision:
    """Say what the gate would say of a test call now (in a system transaction)."""
    return (await _judge(session, test, now, locked=False)).decision


async def judge(session: AsyncSession, test: TestDialling, now: datetime) -> Judged:
    """Decide of a test call about to be dialled, its number and the balance locked (in a system transaction)."""
    return await _judge(session, test, now, locked=True)


async def _judge(session: AsyncSession, test: TestDialling, now: datetime, *, locked: bool) -> Judged:
    tenant = await session.get_one(TenantRow, test.tenant_id)
    line = (await get_line_facts(session, [test.line_id])).get(test.line_id)
    try:
        own_hours = test.says is Says.CODE_FIRST
        rules = test_rules_of(tenant, own_hours=own_hours, fictional=is_fictional(test.phone))
    except ValueError:
        return Judged(Decision(Verdict.HOLD, GateRule.UNKNOWN_RULES), test.longest_s)
    facts = await _gather(session, test, rules, line, now, locked=locked)
    decision = decide(rules, facts, now)
    plays = test.says is not Says.SENTENCE
    if plays and decision.verdict is not Verdict.DENY and await _is_customers(session, test):
        decision = Decision(Verdict.DENY, GateRule.CUSTOMERS_NUMBER)
    return Judged(decision, test.longest_s, line.tariff if line is not None else None)


async def _gather(
    session: AsyncSession,
    test: TestDialling,
    rules: GateRules,
    line: LineFacts | None,
    now: datetime,
    *,
    locked: bool,
) -> GateFacts:
    number = (test.tenant_id, test.phone)
    look = lock_earlier_calls if locked else get_earlier_calls
    # Before the lists: what was wished in a call that is over by now stands on them.
    earlier = (await look(session, [number], now, most=rules.calls_needed))[number]
    barred = (await barred_in_tenants(session, [number])).get(number)
    return GateFacts(
        number_valid=is_callable(test.phone),
        do_not_call=barred is Barred.BY_TENANT,
        do_not_call_installation=barred is Barred.EVERYWHERE,
        region=region_from_text(test.region),
        zones=time_zones_of(test.phone),
        consent=await _get_consent(session, test),
        calls=earlier.calls,
        own_calls=earlier.own_calls,
        lost=earlier.lost,
        in_a_call=earlier.under_way,
        line=None if line is None else await _standing(session, line, now),
        seat_free=True,
        money_covers=None if line is None else await _is_covered(session, line, test.longest_s, locked=locked),
    )


async def _get_consent(session: AsyncSession, test: TestDialling) -> bool | None:
    known = select(CustomerRow.consent).where(
        CustomerRow.tenant_id == test.tenant_id, CustomerRow.phone == test.phone
    )
    return await session.scalar(known)


async def _is_customers(session: AsyncSession, test: TestDialling) -> bool:
    known = select(CustomerRow.id).where(CustomerRow.tenant_id == test.tenant_id, CustomerRow.phone == test.phone)
    return await session.scalar(known.limit(1)) is not None


async def _standing(session: AsyncSession, line: LineFacts, now: datetime) -> LineStanding:
    free = line.row.channels - (await count_under_way_by_line(session)).get(line.row.id, 0)
    route = line.route(now, priority=1, free=free, paid=True)  # money has a rule of its own
    return standing(replace(route, on=line.on is not False, faulty=False), now)


async def _is_covered(session: AsyncSession, line: LineFacts, longest_s: int, *, locked: bool) -> bool:
    needed = hold(line.tariff, longest_s)
    if not needed:
        return True
    tenant_id = line.row.tenant_id
    balances = await (lock_balances if locked else get_balances)(session, [tenant_id])
    return balances.get(tenant_id, Balance()).available >= needed
