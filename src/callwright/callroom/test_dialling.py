"""A test call before and after it is dialled: the gate's word, and the money it holds and costs."""

from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.ledger import CallMoney, charge, release
from callwright.billing.ledger import hold as hold_money
from callwright.callroom import test_gate
from callwright.callroom.test_gate import Says, TestDialling
from callwright.calls import test_calls
from callwright.calls.test_calls import ClaimedTestCall
from callwright.db.session import Database
from callwright.dialing.gate import Verdict
from callwright.rating import tariff
from callwright.rating.tariff import Tariff

log = structlog.get_logger(__name__)


async def pass_gate(
    database: Database, test: ClaimedTestCall, now: datetime, *, says: Says = Says.SENTENCE
) -> Tariff | None:
    """Ask the gate, and hold what the call may cost; return by what it costs, nothing where it may not be."""
    asked = TestDialling(test.tenant_id, test.line_id, test.phone, test.region, test.longest_s, says)
    async with database.system() as session:
        judged = await test_gate.judge(session, asked, now)
        kept = await test_calls.mark_gated(session, test, judged.decision, now)
        if not kept or judged.decision.verdict is not Verdict.ALLOW:
            log.info("test call not let through", test_call=str(test.id), rule=judged.decision.rule.value)
            return None
        await hold_money(session, [_money(test, judged.amount)])
    return judged.tariff


async def settle(session: AsyncSession, test: ClaimedTestCall, costs: Tariff, talk_ms: int) -> None:
    """Give back what a call held that is over, and charge what it cost."""
    await release(session, [test.id])
    await charge(session, [_money(test, tariff.charge(costs, talk_ms))])


async def give_up(database: Database, test: ClaimedTestCall, reason: str, now: datetime) -> None:
    """Write down that no call could be placed, and give back what it held."""
    async with database.tenant(test.tenant_id) as session:
        await test_calls.give_up(session, test, reason, now)
        await release(session, [test.id])


def _money(test: ClaimedTestCall, amount: int) -> CallMoney:
    return CallMoney(test.tenant_id, None, test.line_id, test.id, amount)
