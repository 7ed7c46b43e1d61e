"""How much of the call nodes real calls take."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.tasks import AttemptRow
from callwright.db.written_out import is_one_of
from callwright.dialing.attempt import IN_FLIGHT
from callwright.tasks.nodes import get_total_capacity

STALE_S = 30.0
"""A node that said nothing for so long holds no calls."""


async def is_busy(session: AsyncSession) -> bool:
    """Say whether real calls take more than half of what the call nodes hold; ``session`` is the system's."""
    capacity = await get_total_capacity(session, STALE_S)
    under_way = select(func.count()).select_from(AttemptRow).where(is_one_of(AttemptRow.state, IN_FLIGHT))
    return 2 * (await session.scalar(under_way) or 0) > capacity
