"""What the call nodes do with attempts, one by one; ``dialing.attempt`` says what may follow what.

Batches of them are planned, dialled and ended in ``planning``, ``dialling`` and ``ending``.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.db.written_out import is_one_of
from callwright.dialing.attempt import AttemptState, before, move
from callwright.dialing.outcome import CustomerState
from callwright.dialing.redial import is_called_again
from callwright.kit.errors import NotFoundError
from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.redialling import redial_from_json
from callwright.tasks.reserving import free_seats
from callwright.tasks.schemas import CarriedAttempt, ClaimedAttempt
from callwright.tasks.sql import CLAIM

log = structlog.get_logger(__name__)

CARRIED = before(AttemptState.INTERRUPTED) - {AttemptState.PLANNED}
"""The states of what a node has under way."""


async def claim_attempts(
    session: AsyncSession, node_id: UUID, *, limit: int, now: datetime
) -> list[ClaimedAttempt]:
    """Give the node up to ``limit`` planned attempts, the oldest first; no two nodes ever get the same one."""
    claimed = await session.execute(CLAIM, {"node": node_id, "limit": limit, "now": now})
    return [
        replace(ClaimedAttempt(*row), calls_again=is_called_again(redial_from_json(redial), faults=faults))
        for *row, redial, faults in claimed
    ]


async def give_back(session: AsyncSession, attempt_id: UUID, node_id: UUID, now: datetime) -> bool:
    """Return an attempt that surely never left this node; its customer waits again, in the old place.

    Nothing happens, and ``False`` is returned, where the node does not have it any more.
    """
    attempt = await get_for_change(session, attempt_id)
    if attempt.node_id != node_id or attempt.state not in (AttemptState.CLAIMED, AttemptState.DIALLING):
        return False
    attempt.state = move(AttemptState(attempt.state), AttemptState.INTERRUPTED)
    attempt.dialled_at, attempt.ended_at = None, now
    await _let_customers(session, [attempt.task_customer_id], CustomerState.UNCALLED)
    await free_seats(session, [attempt.id])
    await _tell(session, attempt)
    return True


async def give_up(session: AsyncSession, attempt_id: UUID, reason: str, now: datetime) -> AttemptRow:
    """End an attempt that failed on our side, for ``reason``; its customer is not dialled again."""
    attempt = await get_for_change(session, attempt_id)
    attempt.state = move(AttemptState(attempt.state), AttemptState.INTERRUPTED)
    attempt.ended_at, attempt.sip_reason = now, reason
    await _let_customers(session, [attempt.task_customer_id], CustomerState.CALLED)
    await free_seats(session, [attempt.id])
    await _tell(session, attempt)
    return attempt


async def get_carried(session: AsyncSession, node_id: UUID) -> list[CarriedAttempt]:
    """Return what the node has under way as far as the database knows."""
    carried = select(AttemptRow.id, AttemptRow.dialled_at.is_not(None)).where(
        AttemptRow.node_id == node_id, is_one_of(AttemptRow.state, CARRIED)
    )
    return [CarriedAttempt(attempt_id, dialled) for attempt_id, dialled in await session.execute(carried)]


async def withdraw_planned(session: AsyncSession, task_id: UUID, now: datetime) -> None:
    """Take back what no node has claimed; the customers wait again."""
    planned = select(AttemptRow.id).where(
        AttemptRow.task_id == task_id, is_one_of(AttemptRow.state, [AttemptState.PLANNED])
    )
    withdrawn = await session.scalars(
        update(AttemptRow)
        # One that a node claims at this moment is given back by the node, which finds its task stopped.
        .where(AttemptRow.id.in_(planned.with_for_update(key_share=True, skip_locked=True)))
        .values(state=AttemptState.INTERRUPTED, ended_at=now)
        .returning(AttemptRow.task_customer_id)
    )
    await _let_customers(session, withdrawn.all(), CustomerState.UNCALLED)


async def get_for_change(session: AsyncSession, attempt_id: UUID) -> AttemptRow:
    """Return the attempt, locked until the transaction ends. Raises NotFoundError."""
    attempt = await session.scalar(
        select(AttemptRow)
        .where(AttemptRow.id == attempt_id)
        # Not against a seat being taken, which refers to the attempt.
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if attempt is None:
        raise NotFoundError(thing="attempt", key=attempt_id)
    return attempt


async def _let_customers(session: AsyncSession, task_customer_ids: Sequence[UUID], state: CustomerState) -> None:
    await session.execute(
        update(TaskCustomerRow)
        .where(TaskCustomerRow.id.in_(task_customer_ids))
        .values(state=state, due_at=None)
        .execution_options(synchronize_session=False)
    )


async def _tell(session: AsyncSession, attempt: AttemptRow) -> None:
    await wake_leader(session, attempt.task_id)
    await tell_browsers(session, attempt.tenant_id, attempt.task_id)
