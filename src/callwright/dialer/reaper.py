"""Closing what dead nodes leave behind."""

from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.ledger import release
from callwright.calls.keeping import interrupt_calls
from callwright.tasks.interrupting import interrupt_orphans
from callwright.tasks.nodes import end_stale_nodes
from callwright.tasks.reserving import free_forgotten_seats

log = structlog.get_logger(__name__)


async def reap(session: AsyncSession, now: datetime, *, stale_s: float) -> int:
    """Give up nodes not heard of for ``stale_s``, and whatever nodes that are gone had under way; return how many.

    What was not dialled yet goes back to be called; what may have been is closed as interrupted, and nobody is
    called twice for it.
    """
    for node_id in await end_stale_nodes(session, stale_s):
        log.warning("call node is gone", node=str(node_id), silent_for_s=stale_s)
    left = await interrupt_orphans(session, now)
    await interrupt_calls(session, left, now)
    await release(session, [attempt.id for attempt in left])
    await free_forgotten_seats(session)
    if left:
        log.warning("attempts interrupted", dialled=sum(attempt.dialled for attempt in left), attempts=len(left))
    return len(left)
