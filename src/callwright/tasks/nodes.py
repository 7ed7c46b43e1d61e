"""Call nodes as the house knows them: who is there, how much they hold, who stopped beating.

All in system transactions. Times are PostgreSQL's own, so that the clocks of the machines need not agree.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.nodes import NodeRow
from callwright.kit.ids import new_id

_NOW = func.clock_timestamp()


async def register_node(session: AsyncSession, *, host: str, pid: int, capacity: int) -> UUID:
    """Enter a node that begins to work; return its identity."""
    node_id = new_id()
    now = await session.scalar(select(_NOW))
    session.add(NodeRow(id=node_id, host=host, pid=pid, capacity=capacity, heartbeat_at=now, ended_at=None))
    await session.flush()
    return node_id


async def beat(session: AsyncSession, node_id: UUID, capacity: int) -> bool:
    """Keep a node alive, holding ``capacity`` calls from now on; ``False`` if it was given up meanwhile."""
    beaten = await session.scalars(
        update(NodeRow)
        .where(NodeRow.id == node_id, NodeRow.ended_at.is_(None))
        .values(heartbeat_at=_NOW, capacity=capacity)
        .returning(NodeRow.id)
        .execution_options(synchronize_session=False)
    )
    return beaten.one_or_none() is not None


async def end_node(session: AsyncSession, node_id: UUID) -> None:
    """Sign a node off."""
    await session.execute(
        update(NodeRow)
        .where(NodeRow.id == node_id, NodeRow.ended_at.is_(None))
        .values(ended_at=_NOW)
        .execution_options(synchronize_session=False)
    )


async def end_stale_nodes(session: AsyncSession, stale_s: float) -> Sequence[UUID]:
    """Give up the nodes that have not been heard of for ``stale_s``; return them."""
    stale = await session.scalars(
        update(NodeRow)
        .where(NodeRow.ended_at.is_(None), NodeRow.heartbeat_at < _NOW - timedelta(seconds=stale_s))
        .values(ended_at=_NOW)
        .returning(NodeRow.id)
        .execution_options(synchronize_session=False)
    )
    return stale.all()


async def get_total_capacity(session: AsyncSession, stale_s: float) -> int:
    """Return how many calls the living nodes hold together."""
    total = select(func.coalesce(func.sum(NodeRow.capacity), 0)).where(
        NodeRow.ended_at.is_(None), NodeRow.heartbeat_at >= _NOW - timedelta(seconds=stale_s)
    )
    return await session.scalar(total) or 0
