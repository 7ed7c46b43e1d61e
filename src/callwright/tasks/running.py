"""The running tasks as the leader sees them, across tenants: what they call over, and what they have under way."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, func, literal, select, true, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.lines import PolicyGroupLineRow, TestCallRow
from callwright.db.tables.tasks import AttemptRow, TaskLineRow, TaskRow, TaskZonesRow
from callwright.db.written_out import is_one_of
from callwright.dialing.attempt import IN_FLIGHT
from callwright.dialing.lifecycle import TaskState
from callwright.tasks.news import tell_browsers
from callwright.tasks.schemas import NextCustomer
from callwright.tasks.sql import DUE_AND_FREE, DUE_CUSTOMERS, NEXT_AND_FREE, NEXT_CUSTOMERS, NEXT_DUE

ONLY_PRIORITY = 1
"""The priority of a line that a task was given itself."""


@dataclass(frozen=True, slots=True)
class RunningTask:
    """A running task with what decides whom it calls now. ``zones`` are its customers', as their rows have them."""

    row: TaskRow
    tenant: TenantRow
    zones: Sequence[str]
    priorities: dict[UUID, int]
    under_way: int


async def get_running(session: AsyncSession) -> list[RunningTask]:
    """Return the running tasks, the first started first."""
    rows = await session.execute(
        select(TaskRow, TenantRow)
        .join(TenantRow, TenantRow.id == TaskRow.tenant_id)
        .where(TaskRow.state == TaskState.RUNNING)
        .order_by(TaskRow.started_at, TaskRow.id)
        .execution_options(populate_existing=True)
    )
    pairs = [(task, tenant) for task, tenant in rows]
    ids = [task.id for task, _ in pairs]
    zones, priorities = await _get_zones(session, ids), await get_priorities(session, ids)
    under_way = await _count_under_way(session, ids)
    return [
        RunningTask(task, tenant, zones[task.id], priorities[task.id], under_way.get(task.id, 0))
        for task, tenant in pairs
    ]


async def get_next_customers(
    session: AsyncSession, task_id: UUID, zones: Sequence[str], *, limit: int, now: datetime
) -> list[NextCustomer]:
    """Return whom the task calls next of those in ``zones``: who is due again first, then in calling order."""
    asked = {"task": task_id, "zones": list(zones), "limit": limit, "now": now}
    return await _get_first(session, (DUE_CUSTOMERS, NEXT_CUSTOMERS), asked)


async def hold_next_customers(
    session: AsyncSession, task_id: UUID, zones: Sequence[str], *, limit: int, now: datetime
) -> list[NextCustomer]:
    """Return them in that order without those whom others hold, and hold them until the transaction ends."""
    asked = {"task": task_id, "zones": list(zones), "limit": limit, "now": now}
    return await _get_first(session, (DUE_AND_FREE, NEXT_AND_FREE), asked)


async def _get_first(
    session: AsyncSession, queries: Sequence[TextClause], asked: Mapping[str, Any]
) -> list[NextCustomer]:
    found: list[NextCustomer] = []
    for query in queries:
        if (left := asked["limit"] - len(found)) > 0:
            rows = await session.execute(query, {**asked, "limit": left})
            found += [NextCustomer(*row) for row in rows]
    return found


async def get_next_due(session: AsyncSession, task_id: UUID, now: datetime) -> datetime | None:
    """Return when the first of those is due who are not yet; whoever is and isn't called waits for their hours."""
    found: datetime | None = await session.scalar(NEXT_DUE, {"task": task_id, "now": now})
    return found


async def set_waiting(
    session: AsyncSession, task: RunningTask, reason: str, until: datetime | None, detail: dict[str, Any]
) -> None:
    """Say why the task dials nobody now, nothing where it does. Written and told only where it is new."""
    if (task.row.waiting_reason, task.row.waiting_until, task.row.waiting_detail) == (reason, until, detail):
        return
    running = select(TaskRow.id).where(TaskRow.id == task.row.id, TaskRow.state == TaskState.RUNNING)
    told = await session.scalars(
        update(TaskRow)
        # The leader waits for nobody: a task that somebody holds still is told of at the next look.
        .where(TaskRow.id.in_(running.with_for_update(key_share=True, skip_locked=True)))
        .values(waiting_reason=reason, waiting_until=until, waiting_detail=detail)
        .returning(TaskRow.id)
        .execution_options(synchronize_session=False)
    )
    if told.all():
        await tell_browsers(session, task.row.tenant_id, task.row.id)


async def count_under_way_by_line(session: AsyncSession) -> dict[UUID, int]:
    """Return how many calls each line has under way, of running tasks and of others, test calls among them."""
    of_tasks = select(AttemptRow.line_id).where(is_one_of(AttemptRow.state, IN_FLIGHT))
    tests = select(TestCallRow.line_id).where(
        TestCallRow.ended_at.is_(None), TestCallRow.dialled_at.is_not(None), TestCallRow.line_id.is_not(None)
    )
    line_id = union_all(of_tasks, tests).subquery().c.line_id
    rows = await session.execute(select(line_id, func.count()).group_by(line_id))
    return dict(iter(rows))


async def _count_under_way(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, int]:
    rows = await session.execute(
        select(AttemptRow.task_id, func.count())
        .where(AttemptRow.task_id.in_(ids), is_one_of(AttemptRow.state, IN_FLIGHT))
        .group_by(AttemptRow.task_id)
    )
    return dict(iter(rows))


async def _get_zones(session: AsyncSession, ids: Sequence[UUID]) -> defaultdict[UUID, list[str]]:
    rows = await session.execute(
        select(TaskZonesRow.task_id, TaskZonesRow.zones)
        .where(TaskZonesRow.task_id.in_(ids))
        .order_by(TaskZonesRow.zones)
    )
    zones: defaultdict[UUID, list[str]] = defaultdict(list)
    for task_id, names in rows:
        zones[task_id].append(names)
    return zones


async def get_priorities(session: AsyncSession, ids: Sequence[UUID]) -> defaultdict[UUID, dict[UUID, int]]:
    """Return the lines that each task may call over, with their priorities."""
    own = select(TaskLineRow.task_id, TaskLineRow.line_id, literal(ONLY_PRIORITY)).where(
        TaskLineRow.task_id.in_(ids)
    )
    of_group = (
        select(TaskRow.id, PolicyGroupLineRow.line_id, PolicyGroupLineRow.priority)
        .join(PolicyGroupLineRow, PolicyGroupLineRow.group_id == TaskRow.policy_group_id)
        .where(TaskRow.id.in_(ids), true())
    )
    priorities: defaultdict[UUID, dict[UUID, int]] = defaultdict(dict)
    for task_id, line_id, priority in await session.execute(union_all(own, of_group)):
        priorities[task_id][line_id] = priority
    return priorities
