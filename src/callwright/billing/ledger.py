"""The ledger: top-ups and corrections by people, holds and charges by calls (MONEY-1).

Amounts are integers, in millionths of the tenant's currency; the balance is their sum, which the database keeps.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.amounts import AT_MOST, MOST, written
from callwright.billing.errors import AmountError, LedgerKeyError
from callwright.db.locks import Lock, take
from callwright.db.tables.billing import BalanceRow, LedgerEntryRow
from callwright.kit.ids import new_id
from callwright.tasks.news import wake_leader_for_all

# Whoever holds against a balance waits for the others that do, so that together they never hold more than there is.
ENTER = text("""
    INSERT INTO ledger_entries (id, tenant_id, kind, amount, attempt_id, task_id, line_id, note)
    SELECT id, tenant_id, kind, amount, attempt_id, task_id, line_id, ''
    FROM unnest(CAST(:ids AS uuid[]), CAST(:tenants AS uuid[]), CAST(:kinds AS text[]), CAST(:amounts AS bigint[]),
                CAST(:attempts AS uuid[]), CAST(:tasks AS uuid[]), CAST(:lines AS uuid[]))
        AS given (id, tenant_id, kind, amount, attempt_id, task_id, line_id)
    ON CONFLICT (attempt_id, kind) WHERE attempt_id IS NOT NULL DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class Balance:
    """What new calls may use, and what calls under way hold."""

    available: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class CallMoney:
    """An amount that a call holds or costs, 0 or more."""

    tenant_id: UUID
    task_id: UUID | None
    line_id: UUID | None
    attempt_id: UUID | None
    amount: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A movement that a person enters."""

    kind: str
    amount: int
    note: str


async def top_up(
    session: AsyncSession, tenant_id: UUID, amount: int, *, user_id: UUID | None, note: str, key: str | None = None
) -> UUID:
    """Add money to a tenant's balance, once for each ``key``; waiting tasks go on.

    Raises AmountError, LedgerKeyError.
    """
    if amount <= 0:
        raise AmountError(asked=written(amount), what="topped up", rule="above 0", where="amount")
    _check_most(amount)
    return await _enter(session, tenant_id, Wish("top_up", amount, note.strip()), user_id, key)


async def correct(
    session: AsyncSession, tenant_id: UUID, amount: int, *, user_id: UUID | None, note: str, key: str | None = None
) -> UUID:
    """Put a balance right by ``amount``, up or down, saying why; once for each ``key``.

    Raises AmountError, LedgerKeyError.
    """
    if amount == 0:
        raise AmountError(asked=written(amount), what="a correction", rule="other than 0", where="amount")
    _check_most(amount)
    return await _enter(session, tenant_id, Wish("correction", amount, note.strip()), user_id, key)


async def get_available(session: AsyncSession, tenant_id: UUID) -> int:
    """Return what a tenant's new calls may use, in micros."""
    return (await get_balance(session, tenant_id)).available


async def get_balance(session: AsyncSession, tenant_id: UUID) -> Balance:
    """Return a tenant's balance; nothing at all where nothing was ever entered."""
    return (await get_balances(session, [tenant_id])).get(tenant_id, Balance())


async def get_balances(session: AsyncSession, tenant_ids: Iterable[UUID]) -> dict[UUID, Balance]:
    """Return the balances of those tenants that have a ledger."""
    rows = await session.execute(
        select(BalanceRow.tenant_id, BalanceRow.available, BalanceRow.held).where(
            BalanceRow.tenant_id.in_(set(tenant_ids))
        )
    )
    return {tenant_id: Balance(available, held) for tenant_id, available, held in rows}


async def lock_balances(session: AsyncSession, tenant_ids: Iterable[UUID]) -> dict[UUID, Balance]:
    """Return the balances, and let no other transaction hold against them before this one ends."""
    tenants = set(tenant_ids)
    await take(session, Lock.BALANCE, *tenants)
    return await get_balances(session, tenants)


async def hold(session: AsyncSession, holds: Sequence[CallMoney]) -> None:
    """Set money aside for calls that are about to be dialled."""
    await _enter_many(session, [("hold", -held.amount, held) for held in holds if held.amount > 0])


async def release(session: AsyncSession, attempt_ids: Collection[UUID]) -> None:
    """Give back what calls held that are over: once each, however often this is asked."""
    row = LedgerEntryRow
    held = await session.execute(
        select(row.tenant_id, row.task_id, row.line_id, row.attempt_id, -row.amount).where(
            row.attempt_id.in_(attempt_ids), row.kind == "hold"
        )
    )
    await _enter_many(session, [("release", money.amount, money) for money in (CallMoney(*one) for one in held)])


async def charge(session: AsyncSession, charges: Sequence[CallMoney]) -> None:
    """Charge what calls cost: once each, however often this is asked."""
    await _enter_many(session, [("charge", -cost.amount, cost) for cost in charges if cost.amount > 0])


def _check_most(amount: int) -> None:
    if abs(amount) > MOST:
        raise AmountError(asked=written(amount), what="entered at once", rule=AT_MOST, where="amount")


async def _enter(session: AsyncSession, tenant_id: UUID, wish: Wish, user_id: UUID | None, key: str | None) -> UUID:
    if key is not None:
        await lock_balances(session, [tenant_id])
        entered = await _entered(session, tenant_id, wish, key)
        if entered is not None:
            return entered
    entry = LedgerEntryRow(
        tenant_id=tenant_id, kind=wish.kind, amount=wish.amount, user_id=user_id, note=wish.note, key=key
    )
    session.add(entry)
    await session.flush()
    await wake_leader_for_all(session)
    return entry.id


async def _entered(session: AsyncSession, tenant_id: UUID, wish: Wish, key: str) -> UUID | None:
    """Return the movement that was entered under ``key`` before. Raises LedgerKeyError if it was another one."""
    row = LedgerEntryRow
    entry = await session.scalar(select(row).where(row.tenant_id == tenant_id, row.key == key))
    if entry is None:
        return None
    if Wish(entry.kind, entry.amount, entry.note) != wish:
        raise LedgerKeyError(key=key)
    return entry.id


async def _enter_many(session: AsyncSession, movements: Sequence[tuple[str, int, CallMoney]]) -> None:
    if not movements:
        return
    await session.execute(
        ENTER,
        {
            "ids": [new_id() for _ in movements],
            "tenants": [money.tenant_id for _, _, money in movements],
            "kinds": [kind for kind, _, _ in movements],
            "amounts": [amount for _, amount, _ in movements],
            "attempts": [money.attempt_id for _, _, money in movements],
            "tasks": [money.task_id for _, _, money in movements],
            "lines": [money.line_id for _, _, money in movements],
        },
    )
