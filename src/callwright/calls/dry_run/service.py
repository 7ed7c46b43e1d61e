"""Asking for a dry run, looking at how it gets on, and calling it off."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.dry_run.customers import count_open
from callwright.calls.dry_run.keeping import from_json, to_json
from callwright.calls.dry_run.schemas import DryRun
from callwright.db.jobs import enqueue
from callwright.db.tables.dry_runs import DryRunRow
from callwright.dialing.lifecycle import TaskState, TaskStateError
from callwright.kit.errors import ConflictError, NotFoundError
from callwright.tasks.errors import TaskEmptyError
from callwright.tasks.repository import get_task_for_change, get_task_row, has_customers

JOB = "dry_run"
AT_ONCE = 50_000
"""A task of more customers than these is tried by a job worker; with fewer the answer takes a few seconds."""
UNDER_WAY = ("waiting", "running")


class DryRunOverError(ConflictError):
    """The dry run is {state}; only one that is under way can be called off."""

    code = "dry-run-over"


@dataclass(frozen=True, slots=True)
class DryRunView:
    """A dry run: ``answer`` once it is done."""

    row: DryRunRow
    answer: DryRun | None


async def ask(session: AsyncSession, task_id: UUID, *, now: datetime) -> bool:
    """Ask a job worker for a dry run of a large task; return whether one was asked.

    One that is under way already stays as it is. Raises NotFoundError, TaskEmptyError, and TaskStateError where the
    task is over.
    """
    task = await get_task_for_change(session, task_id)
    if task.state == TaskState.FINISHED:
        raise TaskStateError(state=task.state, act="dry_run", possible="nothing")
    if not await has_customers(session, task_id):
        raise TaskEmptyError(name=task.name)
    row = await _newest(session, task_id)
    if row is not None and row.state in UNDER_WAY:
        return True
    if await count_open(session, task_id) <= AT_ONCE:
        return False
    row = await _begin(session, task_id, now)
    await enqueue(session, JOB, row.id)
    return True


async def keep(session: AsyncSession, task_id: UUID, told: DryRun, *, now: datetime) -> None:
    """Keep an answer in place of the task's earlier ones."""
    await finish(session, (await _begin(session, task_id, now)).id, told)


async def get(session: AsyncSession, task_id: UUID) -> DryRunView:
    """Return the newest dry run of a task. Raises NotFoundError where the task is not there, or never had one."""
    await get_task_row(session, task_id)
    row = await _newest(session, task_id)
    if row is None:
        raise NotFoundError(thing="dry run of task", key=task_id)
    return DryRunView(row, None if row.result is None else await from_json(session, row.result))


async def call_off(session: AsyncSession, task_id: UUID) -> DryRunView:
    """Let the task's dry run be made no further. Raises NotFoundError, DryRunOverError."""
    view = await get(session, task_id)
    if not await _move(session, view.row.id, state="cancelled"):
        raise DryRunOverError(state=view.row.state)
    await session.refresh(view.row)
    return view


async def tell_progress(session: AsyncSession, key: UUID, progress: float) -> bool:
    """Note how much is done, 0 to 1; return whether it is to go on."""
    return await _move(session, key, state="running", progress=progress)


async def finish(session: AsyncSession, key: UUID, told: DryRun) -> bool:
    """Keep the answer, unless the dry run was called off meanwhile; return whether it was kept."""
    return await _move(session, key, state="done", progress=1.0, result=to_json(told))


async def fail(session: AsyncSession, key: UUID, why: str) -> None:
    """Note that it can't be made, and why: a stable code."""
    await _move(session, key, state="failed", failure=why)


async def _begin(session: AsyncSession, task_id: UUID, now: datetime) -> DryRunRow:
    await session.execute(delete(DryRunRow).where(DryRunRow.task_id == task_id))
    row = DryRunRow(task_id=task_id, asked_at=now)
    session.add(row)
    await session.flush()
    return row


async def _newest(session: AsyncSession, task_id: UUID) -> DryRunRow | None:
    found = select(DryRunRow).where(DryRunRow.task_id == task_id).order_by(DryRunRow.id.desc()).limit(1)
    return (await session.scalars(found)).one_or_none()


async def _move(session: AsyncSession, key: UUID, **values: object) -> bool:
    moving = update(DryRunRow).where(DryRunRow.id == key, DryRunRow.state.in_(UNDER_WAY)).values(**values)
    return await session.scalar(moving.returning(DryRunRow.id)) is not None
