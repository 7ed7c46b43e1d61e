"""Calls that are over, into the database with what they cost, those of one moment together."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.ledger import CallMoney, charge, release
from callwright.calls.keeping import abandon_call, close_calls, interrupt_calls
from callwright.calls.schemas import FinishedCall
from callwright.lines.standing import get_line_facts
from callwright.rating import tariff
from callwright.tasks.interrupting import interrupt_orphans
from callwright.tasks.schemas import InterruptedAttempt

log = structlog.get_logger(__name__)


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


async def interrupt(
    session: AsyncSession, now: datetime, node_ids: Collection[UUID] | None = None
) -> list[InterruptedAttempt]:
    """Close what nodes that are gone, or just those of ``node_ids`` that are, had under way, and return it.

    What was not dialled yet goes back to be called; what may have been is closed as interrupted, what it held is
    given back, and nobody is called twice for it.
    """
    left = await interrupt_orphans(session, now, node_ids)
    await interrupt_calls(session, left, now)
    await release(session, [attempt.id for attempt in left])
    if left:
        log.warning("attempts interrupted", dialled=sum(attempt.dialled for attempt in left), attempts=len(left))
    return left


async def abandon(session: AsyncSession, attempt_id: UUID, reason: str, now: datetime) -> None:
    """Close a call that failed on our side after it may have been dialled, and give back what it held."""
    await abandon_call(session, attempt_id, reason, now)
    await release(session, [attempt_id])


def _talk_ms(finished: FinishedCall) -> int:
    """Return what the carrier bills: from the answer on, at least a moment; nothing where nobody answered."""
    return 0 if finished.answered_at is None else max(1, finished.talk_ms)
