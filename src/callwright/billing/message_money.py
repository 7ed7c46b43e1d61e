"""What messages cost: charged before they are handed over, given back where they were surely not sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.kit.ids import new_id

CHARGE = text("""
    INSERT INTO ledger_entries (id, tenant_id, kind, amount, message_id, task_id, note)
    SELECT id, tenant_id, 'message_charge', -amount, message_id, task_id, ''
    FROM unnest(CAST(:ids AS uuid[]), CAST(:tenants AS uuid[]), CAST(:amounts AS bigint[]),
                CAST(:messages AS uuid[]), CAST(:tasks AS uuid[]))
        AS given (id, tenant_id, amount, message_id, task_id)
    ON CONFLICT (message_id, kind) WHERE message_id IS NOT NULL DO NOTHING
""")
CHARGED = text("""
    SELECT message_id FROM ledger_entries
    WHERE message_id = ANY (CAST(:messages AS uuid[])) AND kind = 'message_charge'
""")
REFUND = text("""
    INSERT INTO ledger_entries (id, tenant_id, kind, amount, message_id, task_id, note)
    SELECT given.id, charged.tenant_id, 'message_refund', -charged.amount, message_id, charged.task_id, ''
    FROM unnest(CAST(:ids AS uuid[]), CAST(:messages AS uuid[])) AS given (id, message_id)
    JOIN ledger_entries AS charged USING (message_id) WHERE charged.kind = 'message_charge'
    ON CONFLICT (message_id, kind) WHERE message_id IS NOT NULL DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class MessageMoney:
    """What a message costs, above 0, in micros."""

    tenant_id: UUID
    task_id: UUID
    message_id: UUID
    amount: int


async def charge_messages(session: AsyncSession, costs: Sequence[MessageMoney]) -> None:
    """Charge what messages cost: once each, however often this is asked."""
    if not costs:
        return
    given = {
        "ids": [new_id() for _ in costs],
        "tenants": [cost.tenant_id for cost in costs],
        "amounts": [cost.amount for cost in costs],
        "messages": [cost.message_id for cost in costs],
        "tasks": [cost.task_id for cost in costs],
    }
    await session.execute(CHARGE, given)


async def charged_among(session: AsyncSession, message_ids: Collection[UUID]) -> set[UUID]:
    """Return which messages were charged already."""
    return set(await session.scalars(CHARGED, {"messages": list(message_ids)}))


async def refund_messages(session: AsyncSession, message_ids: Collection[UUID]) -> None:
    """Give back what messages cost: once each, and nothing for one that was never charged."""
    if message_ids:
        given = {"ids": [new_id() for _ in message_ids], "messages": list(message_ids)}
        await session.execute(REFUND, given)
