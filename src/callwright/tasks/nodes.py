"""Call nodes as the house knows them: who is there, how much they hold, who stopped beating.

All but :func:`get_trouble` in system transactions. Times are PostgreSQL's own, so that the clocks of the machines
need not agree.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.news import Channel, publish
from callwright.db.tables.nodes import NodeRow
from callwright.kit.ids import new_id
from callwright.tasks.schemas import Trouble

_NOW = func.clock_timestamp()
LONGEST_PAUSE_S = 10 * 365 * 86_400.0
"""Longer than any installation was away; nobody having looked ever counts as much."""
# Writes down that somebody looks now. Returns for how many seconds before that nobody did, where it still matters.
WATCH = text("""
    INSERT INTO leader_watch AS watch (one, looked_at, watched_since, unwatched_s)
    VALUES (true, clock_timestamp(), clock_timestamp(), 'infinity')
    ON CONFLICT (one) DO UPDATE SET
        looked_at = clock_timestamp(),
        watched_since = CASE WHEN extract(epoch FROM clock_timestamp() - watch.looked_at) > :pause
            THEN clock_timestamp() ELSE watch.watched_since END,
        unwatched_s = CASE WHEN extract(epoch FROM clock_timestamp() - watch.looked_at) > :pause
            THEN extract(epoch FROM clock_timestamp() - watch.looked_at) + CASE
                WHEN extract(epoch FROM watch.looked_at - watch.watched_since) < :stale THEN watch.unwatched_s
                ELSE 0 END
            ELSE watch.unwatched_s END
    RETURNING CASE WHEN extract(epoch FROM clock_timestamp() - watched_since) < :stale THEN unwatched_s ELSE 0 END
""")


async def register_node(
    session: AsyncSession, *, host: str, pid: int, capacity: int, node_id: UUID | None = None
) -> UUID:
    """Enter a node that begins to work; return its identity, a fresh one unless it is given."""
    node_id = node_id or new_id()
    now = await session.scalar(select(_NOW))
    session.add(NodeRow(id=node_id, host=host, pid=pid, capacity=capacity, heartbeat_at=now, ended_at=None))
    await session.flush()
    return node_id


async def beat(session: AsyncSession, node_id: UUID, capacity: int, trouble: Trouble | None = None) -> bool:
    """Keep a node alive, holding ``capacity`` calls from now on; ``False`` if it was given up meanwhile.

    ``trouble`` is why it places no calls at the moment; open pages are told where that changes.
    """
    code, detail = (trouble.code, trouble.detail) if trouble is not None else (None, None)
    before = (
        select(NodeRow.id, NodeRow.trouble)
        .where(NodeRow.id == node_id, NodeRow.ended_at.is_(None))
        .with_for_update()
        .cte("before")
    )
    beaten = await session.execute(
        update(NodeRow)
        .where(NodeRow.id == before.c.id)
        .values(heartbeat_at=_NOW, capacity=capacity, trouble=detail, trouble_code=code)
        .returning(before.c.trouble)
        .execution_options(synchronize_session=False)
    )
    row = beaten.one_or_none()
    if row is not None and row.trouble != detail:
        await publish(session, Channel.BROWSER, {"kind": "nodes"})
    return row is not None


async def get_trouble(session: AsyncSession) -> Trouble | None:
    """Return why no call node places calls, ``None`` while one is well; every tenant may know."""
    living = (
        await session.execute(
            select(NodeRow.trouble_code, NodeRow.trouble).where(NodeRow.ended_at.is_(None)).order_by(NodeRow.id)
        )
    ).all()
    troubles = [Trouble(code, detail) for code, detail in living if code is not None and detail is not None]
    if not living:
        return Trouble("no-call-node", "No call node is running. Start one with callwright node")
    return troubles[0] if len(troubles) == len(living) else None


async def end_node(session: AsyncSession, node_id: UUID) -> None:
    """Sign a node off."""
    await session.execute(
        update(NodeRow)
        .where(NodeRow.id == node_id, NodeRow.ended_at.is_(None))
        .values(ended_at=_NOW)
        .execution_options(synchronize_session=False)
    )


async def end_stale_nodes(session: AsyncSession, stale_s: float) -> Sequence[UUID]:
    """Give up the nodes that have not been heard of for ``stale_s`` in which they could have been; return them.

    While nobody looked, as the database was away, they may have had nobody to beat to: that time doesn't count.
    """
    unwatched_s = await session.scalar(WATCH, {"pause": stale_s / 2, "stale": stale_s})
    silent = timedelta(seconds=stale_s + min(unwatched_s, LONGEST_PAUSE_S))
    stale = await session.scalars(
        update(NodeRow)
        .where(NodeRow.ended_at.is_(None), NodeRow.heartbeat_at < _NOW - silent)
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
