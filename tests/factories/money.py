"""A company's money as its ledger has it."""

from collections import Counter

from sqlalchemy import select

from callwright.billing.ledger import Balance, get_balance, top_up
from callwright.db.tables.billing import LedgerEntryRow
from callwright.db.tables.lines import LineRow
from tests.factories.calling import Caller

PRICE = 60_000
"""Micros a minute."""
HELD = 10 * PRICE
"""What one call of at most ten minutes holds."""


async def pay(caller: Caller, amount: int) -> None:
    """Top the company's balance up."""
    async with caller.database.system() as session:
        await top_up(session, caller.tenant_id, amount, user_id=None, note="")


async def price_line(caller: Caller, per_minute: int = PRICE) -> None:
    """Let the company's line cost something."""
    async with caller.database.system() as session:
        line = await session.get_one(LineRow, caller.line_id)
        line.price_per_minute = per_minute


async def balance_of(caller: Caller) -> Balance:
    """Return the balance, having checked that it is the sum of the ledger."""
    async with caller.database.system() as session:
        kept = await get_balance(session, caller.tenant_id)
        found = await session.execute(
            select(LedgerEntryRow.kind, LedgerEntryRow.amount).where(LedgerEntryRow.tenant_id == caller.tenant_id)
        )
        entries = [(kind, amount) for kind, amount in found]
    held = -sum(amount for kind, amount in entries if kind in ("hold", "release"))
    assert kept == Balance(sum(amount for _, amount in entries), held)
    return kept


async def movements(caller: Caller) -> Counter[str]:
    """Return how many movements of each kind the ledger has."""
    async with caller.database.tenant(caller.tenant_id) as session:
        return Counter(await session.scalars(select(LedgerEntryRow.kind)))
