"""Closing what dead nodes leave behind."""

from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.callroom.closing import interrupt
from callwright.tasks.nodes import end_stale_nodes
from callwright.tasks.reserving import free_forgotten_seats

log = structlog.get_logger(__name__)


async def reap(session: AsyncSession, now: datetime, *, stale_s: float) -> int:
    """Give up nodes not heard of for ``stale_s``, and what nodes that are gone had under way; return how many."""
    for node_id in await end_stale_nodes(session, stale_s):
        log.warning("call node is gone", node=str(node_id), silent_for_s=stale_s)
    left = await interrupt(session, now)
    await free_forgotten_seats(session)
    return len(left)
