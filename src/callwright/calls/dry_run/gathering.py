"""What a dry run has to know of a task, read in one transaction of its tenant."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.dry_run.customers import Listed, ToCall, count_open, get_listed, get_to_call
from callwright.calls.dry_run.recorded import Recorded, get_recorded
from callwright.contacts.do_not_call import Barred
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.tasks import AttemptRow, TaskRow
from callwright.dialing.attempt import IN_FLIGHT
from callwright.dialing.lifecycle import TaskState, TaskStateError
from callwright.dialing.rehearsal.rehearse import PEOPLE_AT_MOST
from callwright.lines.standing import LineFacts, get_line_facts
from callwright.tasks import reserving
from callwright.tasks.errors import TaskEmptyError
from callwright.tasks.repository import get_task_row, has_customers
from callwright.tasks.running import count_under_way_by_line, get_priorities

NAMED = 20
"""So many customers of each kind are named."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A task with everything that decides how its calls would go. ``to_call`` is a part of ``customers``.

    ``busy``: channels that other tasks use, by line. ``nodes``: calls that call nodes can take beside those.
    ``seats``: whether the task has its seats, or enough are free.
    """

    task: TaskRow
    tenant: TenantRow
    now: datetime
    customers: int
    listed: Mapping[Barred, Listed]
    to_call: Sequence[ToCall]
    recorded: Recorded
    lines: Mapping[UUID, LineFacts]
    priorities: Mapping[UUID, int]
    busy: Mapping[UUID, int]
    nodes: int
    seats: bool


async def gather(session: AsyncSession, task_id: UUID, now: datetime, *, nodes: int) -> Gathered:
    """Read what a dry run needs; ``nodes`` is how many calls the call nodes hold together.

    Raises NotFoundError, TaskEmptyError, TaskStateError where the task is over.
    """
    task = await get_task_row(session, task_id)
    if task.state == TaskState.FINISHED:
        raise TaskStateError(state=task.state, act="dry_run", possible="nothing")
    if not await has_customers(session, task_id):
        raise TaskEmptyError(name=task.name)
    tenant = (await session.scalars(select(TenantRow).where(TenantRow.id == task.tenant_id))).one()
    priorities = (await get_priorities(session, [task_id]))[task_id]
    customers = await count_open(session, task_id)
    busy = await _busy_for_others(session, task_id)
    begins = max(now, task.starts_at or now)
    return Gathered(
        task=task,
        tenant=tenant,
        now=begins,
        customers=customers,
        listed=await get_listed(session, task_id, most=NAMED),
        to_call=await get_to_call(
            session, task_id, task.tenant_id, begins, share=min(1.0, PEOPLE_AT_MOST / max(1, customers))
        ),
        recorded=await get_recorded(session, task, priorities, now),
        lines=await get_line_facts(session, priorities),
        priorities=priorities,
        busy=busy,
        nodes=nodes - sum(busy.values()),
        seats=await _has_seats(session, task, now),
    )


async def _busy_for_others(session: AsyncSession, task_id: UUID) -> dict[UUID, int]:
    own = await session.execute(
        select(AttemptRow.line_id, func.count())
        .where(AttemptRow.task_id == task_id, AttemptRow.state.in_(IN_FLIGHT))
        .group_by(AttemptRow.line_id)
    )
    busy = Counter(await count_under_way_by_line(session))
    busy.subtract(dict(iter(own)))
    return {line_id: count for line_id, count in busy.items() if count > 0}


async def _has_seats(session: AsyncSession, task: TaskRow, now: datetime) -> bool:
    held = (await reserving.get_held(session, [task.id])).get(task.id, reserving.NONE)
    free = (await reserving.get_free(session, now)).get(task.tenant_id, 0)
    return bool(held.reserved) or free >= task.seats
