"""What dead nodes leave behind: closed, so that nobody is dialled twice and nobody is forgotten (CALL-6)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.nodes import NodeRow
from callwright.db.tables.tasks import AttemptRow
from callwright.db.written_out import is_one_of
from callwright.dialing.attempt import AttemptState
from callwright.dialing.outcome import customer_after_interruption
from callwright.tasks.attempts import CARRIED
from callwright.tasks.news import tell_browsers
from callwright.tasks.reserving import free_seats
from callwright.tasks.schemas import InterruptedAttempt
from callwright.tasks.sql import SET_CUSTOMERS


async def interrupt_orphans(
    session: AsyncSession, now: datetime, node_ids: Collection[UUID] | None = None
) -> list[InterruptedAttempt]:
    """Give up what nodes that are gone, or just those of ``node_ids`` that are, had under way.

    Whoever may have been dialled is not dialled again.
    """
    ended = select(NodeRow.id).where(NodeRow.ended_at.is_not(None))
    if node_ids is not None:
        ended = ended.where(NodeRow.id.in_(node_ids))
    carried = select(AttemptRow.id).where(AttemptRow.node_id.in_(ended), is_one_of(AttemptRow.state, CARRIED))
    rows = await session.scalars(
        update(AttemptRow)
        # One that somebody ends at this moment needs no closing; else the leader comes by again.
        .where(AttemptRow.id.in_(carried.with_for_update(key_share=True, skip_locked=True, of=AttemptRow)))
        .values(state=AttemptState.INTERRUPTED, ended_at=now)
        .returning(AttemptRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    orphans = rows.all()
    left = [InterruptedAttempt(row.id, row.tenant_id, row.task_id, row.dialled_at is not None) for row in orphans]
    states = [customer_after_interruption(dialled=attempt.dialled).value for attempt in left]
    await session.execute(
        SET_CUSTOMERS,
        {"ids": [row.task_customer_id for row in orphans], "states": states, "dues": [None] * len(states)},
    )
    await free_seats(session, [attempt.id for attempt in left])
    for tenant_id, task_id in {(attempt.tenant_id, attempt.task_id) for attempt in left}:
        await tell_browsers(session, tenant_id, task_id)
    return left
