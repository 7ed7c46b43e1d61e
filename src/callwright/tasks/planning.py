"""The facts that the leader plans by."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.lines import LineRow
from callwright.db.tables.seats import AiSeatPackRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow, TaskRow
from callwright.dialing.attempt import IN_FLIGHT
from callwright.dialing.lifecycle import TaskState
from callwright.dialing.outcome import CustomerState
from callwright.dialing.pacing import Supply, TaskFacts
from callwright.tasks.nodes import get_total_capacity

Facts = tuple[list[TaskFacts[UUID]], Supply[UUID]]


async def get_facts(session: AsyncSession, now: datetime, *, stale_s: float, look_ahead: int) -> Facts:
    """Return the running tasks and what is free. ``waiting`` is counted to ``look_ahead`` only."""
    under_way = await _get_under_way(session)
    tasks = await _get_running(session, under_way, look_ahead)
    by_tenant: Counter[UUID] = Counter()
    by_line: Counter[UUID] = Counter()
    for (_, tenant_id, line_id), count in under_way.items():
        by_tenant[tenant_id] += count
        by_line[line_id] += count
    seats = await _get_seats(session, now)
    channels = await _get_channels(session, {task.line for task in tasks})
    capacity = await get_total_capacity(session, stale_s)
    supply = Supply(
        seats={tenant: total - by_tenant[tenant] for tenant, total in seats.items()},
        channels={line: total - by_line[line] for line, total in channels.items()},
        nodes=capacity - under_way.total(),
    )
    return tasks, supply


async def _get_under_way(session: AsyncSession) -> Counter[tuple[UUID, UUID, UUID]]:
    key = (AttemptRow.task_id, AttemptRow.tenant_id, AttemptRow.line_id)
    rows = await session.execute(select(*key, func.count()).where(AttemptRow.state.in_(IN_FLIGHT)).group_by(*key))
    return Counter({(task_id, tenant_id, line_id): count for task_id, tenant_id, line_id, count in rows})


async def _get_running(
    session: AsyncSession, under_way: Counter[tuple[UUID, UUID, UUID]], look_ahead: int
) -> list[TaskFacts[UUID]]:
    next_ones = (
        select(literal(1))
        .where(TaskCustomerRow.task_id == TaskRow.id, TaskCustomerRow.state == CustomerState.UNCALLED)
        .limit(look_ahead)
        .correlate(TaskRow)
        .subquery()
    )
    waiting = select(func.count()).select_from(next_ones).scalar_subquery()
    rows = await session.execute(
        select(TaskRow.id, TaskRow.tenant_id, TaskRow.line_id, TaskRow.concurrency, waiting).where(
            TaskRow.state == TaskState.RUNNING
        )
    )
    by_task: Counter[UUID] = Counter()
    for (task_id, _, _), count in under_way.items():
        by_task[task_id] += count
    return [
        TaskFacts(task_id, tenant_id, line_id, concurrency, by_task[task_id], count)
        for task_id, tenant_id, line_id, concurrency, count in rows
    ]


async def _get_seats(session: AsyncSession, now: datetime) -> dict[UUID, int]:
    rows = await session.execute(
        select(AiSeatPackRow.tenant_id, func.sum(AiSeatPackRow.seats))
        .where(AiSeatPackRow.opens_at <= now, func.coalesce(AiSeatPackRow.expires_at > now, True))
        .group_by(AiSeatPackRow.tenant_id)
    )
    return dict(iter(rows))


async def _get_channels(session: AsyncSession, line_ids: set[UUID]) -> dict[UUID, int]:
    rows = await session.execute(select(LineRow.id, LineRow.channels).where(LineRow.id.in_(line_ids)))
    return dict(iter(rows))
