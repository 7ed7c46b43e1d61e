"""Calls that are over, into the database with what they cost, those of one moment together."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.ledger import CallMoney, charge, release
from callwright.calls.keeping import abandon_call, close_calls
from callwright.calls.schemas import FinishedCall
from callwright.lines.standing import get_line_facts
from callwright.rating import tariff


async def close(session: AsyncSession, finished: Sequence[FinishedCall]) -> None:
    """Keep calls that are over, give back what they held, and charge what they cost by their lines' tariffs."""
    ended = await close_calls(session, finished)
    lines = await get_line_facts(session, {attempt.line_id for attempt in ended.values()})
    await release(session, ended.keys())
    await charge(
        session,
        [
            CallMoney(
                attempt.tenant_id,
                attempt.task_id,
                attempt.line_id,
                attempt.id,
                tariff.charge(lines[attempt.line_id].tariff, _talk_ms(one)),
            )
            for one in finished
            if (attempt := ended.get(one.attempt_id)) is not None
        ],
    )


async def abandon(session: AsyncSession, attempt_id: UUID, reason: str, now: datetime) -> None:
    """Close a call that failed on our side after it may have been dialled, and give back what it held."""
    await abandon_call(session, attempt_id, reason, now)
    await release(session, [attempt_id])


def _talk_ms(finished: FinishedCall) -> int:
    """Return what the carrier bills: from the answer on, at least a moment; nothing where nobody answered."""
    return 0 if finished.answered_at is None else max(1, finished.talk_ms)
