"""Queries about tasks and the customers in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import ScalarSelect

from callwright.crowds.repository import has_passed
from callwright.db.locks import Lock, take
from callwright.db.tables.lines import LineRow, PolicyGroupRow
from callwright.db.tables.scripts import ScriptRow, ScriptVersionRow
from callwright.db.tables.tasks import AttemptRow, TaskArmRow, TaskCustomerRow, TaskLineRow, TaskRow
from callwright.db.written_out import is_one_of
from callwright.dialing.attempt import IN_FLIGHT
from callwright.dialing.lifecycle import TaskState
from callwright.dialing.outcome import DONE, STILL_TO_CALL, CustomerState
from callwright.kit.errors import NotFoundError
from callwright.tasks.schemas import LineRef, ScriptRef, TaskView, Wait
from callwright.tasks.tallies import Tally, tally_of_row

IN_TASK = TaskCustomerRow.state != CustomerState.WITHDRAWN


async def get_task_of_key(session: AsyncSession, key: UUID) -> TaskRow | None:
    """Return what was made under a key, under which nobody else makes one until the transaction ends."""
    await take(session, Lock.TASK_KEY, key)
    return await session.scalar(select(TaskRow).where(TaskRow.key == key))


async def get_task_for_change(session: AsyncSession, task_id: UUID) -> TaskRow:
    """Return the task, locked until the transaction ends. Raises NotFoundError."""
    # FOR NO KEY UPDATE: rows that merely refer to the task are entered meanwhile.
    query = select(TaskRow).where(TaskRow.id == task_id).with_for_update(key_share=True)
    task = await session.scalar(query.execution_options(populate_existing=True))
    if task is None:
        raise NotFoundError(thing="task", key=task_id)
    return task


async def get_task_to_fill(session: AsyncSession, task_id: UUID) -> TaskRow:
    """Return the task, which nobody stops or else fills before the transaction ends. Raises NotFoundError."""
    await take(session, Lock.FILL, task_id)
    # Shared with the leader and the call nodes: a long import into a task that runs holds up no calls.
    query = select(TaskRow).where(TaskRow.id == task_id).with_for_update(read=True)
    task = await session.scalar(query.execution_options(populate_existing=True))
    if task is None:
        raise NotFoundError(thing="task", key=task_id)
    return task


async def get_task_row(session: AsyncSession, task_id: UUID) -> TaskRow:
    """Return the task. Raises NotFoundError."""
    task = await session.get(TaskRow, task_id)
    if task is None:
        raise NotFoundError(thing="task", key=task_id)
    return task


async def get_task_view(session: AsyncSession, task_id: UUID) -> TaskView:
    """Return the task with its counts. Raises NotFoundError."""
    row = (await session.execute(_views().where(TaskRow.id == task_id))).one_or_none()
    if row is None:
        raise NotFoundError(thing="task", key=task_id)
    return _view(*row)


async def get_newest_task_views(
    session: AsyncSession, *, state: str | None, name: str | None, after: UUID | None, limit: int
) -> list[TaskView]:
    """Return tasks with their counts, newest first, those older than ``after``."""
    query = _views().order_by(TaskRow.id.desc()).limit(limit)
    if state is not None:
        query = query.where(TaskRow.state == state)
    if name:
        query = query.where(TaskRow.name.icontains(name, autoescape=True))
    if after is not None:
        query = query.where(TaskRow.id < after)
    return [_view(*row) for row in await session.execute(query)]


async def has_customers(session: AsyncSession, task_id: UUID) -> bool:
    """Say whether anybody is in the task."""
    return bool(await session.scalar(select(exists().where(TaskCustomerRow.task_id == task_id, IN_TASK))))


async def get_end(session: AsyncSession, task_id: UUID) -> int:
    """Return the place behind everybody in the task, so that no two of them get the same."""
    furthest = select(func.max(TaskCustomerRow.position)).where(TaskCustomerRow.task_id == task_id)
    last = await session.scalar(furthest)
    return 0 if last is None else last + 1


async def finish_tasks_with_nobody_left(session: AsyncSession, reason: str, now: datetime) -> list[TaskRow]:
    """Finish the running tasks in which nobody waits and nothing is under way; return them."""
    # State by state, as each has an index of its own, in which those who were called are not passed over.
    waiting = [
        exists().where(TaskCustomerRow.task_id == TaskRow.id, is_one_of(TaskCustomerRow.state, [state]))
        for state in sorted(STILL_TO_CALL)
    ]
    under_way = exists().where(AttemptRow.task_id == TaskRow.id, is_one_of(AttemptRow.state, IN_FLIGHT))
    over = (TaskRow.state == TaskState.RUNNING, *(~some for some in waiting), ~under_way)
    # Locked first and asked again, as customers may be imported at this very moment.
    locked = await session.scalars(select(TaskRow.id).where(*over).with_for_update(skip_locked=True))
    ids = locked.all()
    if not ids:
        return []
    finished = await session.scalars(
        update(TaskRow)
        .where(TaskRow.id.in_(ids), *over)
        .values(
            state=TaskState.FINISHED,
            state_reason=reason,
            finished_at=now,
            waiting_reason="",
            waiting_until=None,
            waiting_detail={},
        )
        .returning(TaskRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return list(finished)


async def start_automatic_tasks(session: AsyncSession, now: datetime) -> list[TaskRow]:
    """Start the drafts that start by themselves and whose moment has come; return them.

    Left alone are those that nobody is in, and those whose script has yet to pass before a crowd.
    """
    customers = exists().where(TaskCustomerRow.task_id == TaskRow.id, IN_TASK)
    untried = exists().where(TaskArmRow.task_id == TaskRow.id, ~has_passed(TaskArmRow.script_version_id))
    tried = or_(~TaskRow.needs_crowd, and_(has_passed(TaskRow.script_version_id), ~untried))
    due = select(TaskRow.id).where(TaskRow.state == TaskState.DRAFT, TaskRow.starts_at <= now, customers, tried)
    started = await session.scalars(
        update(TaskRow)
        # The leader waits for nobody: one that is being filled starts right after that.
        .where(TaskRow.id.in_(due.with_for_update(skip_locked=True)))
        .values(state=TaskState.RUNNING, started_at=now, starts_at=None)
        .returning(TaskRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return list(started)


def _views() -> Select[TaskRow, UUID, str, int, str | None, list[list[str]], int, int, int, int, int]:
    return (
        select(
            TaskRow,
            ScriptRow.id,
            ScriptRow.name,
            ScriptVersionRow.number,
            PolicyGroupRow.name,
            _lines(),
            tally_of_row(Tally.CUSTOMERS),
            tally_of_row(Tally.CUSTOMERS, *sorted(DONE)),
            tally_of_row(Tally.CUSTOMERS, CustomerState.CALLED),
            tally_of_row(Tally.ENDED),
            tally_of_row(Tally.ENDED, "connected"),
        )
        .select_from(TaskRow)
        .join(ScriptVersionRow, ScriptVersionRow.id == TaskRow.script_version_id)
        .join(ScriptRow, ScriptRow.id == ScriptVersionRow.script_id)
        .outerjoin(PolicyGroupRow, PolicyGroupRow.id == TaskRow.policy_group_id)
    )


def _lines() -> ScalarSelect[list[list[str]]]:
    """Return the lines of a task as ``[[id, name], ...]``."""
    pair = func.jsonb_build_array(LineRow.id, LineRow.name)
    return (
        select(func.coalesce(func.jsonb_agg(aggregate_order_by(pair, LineRow.name)), text("'[]'::jsonb")))
        .select_from(TaskLineRow)
        .join(LineRow, LineRow.id == TaskLineRow.line_id)
        .where(TaskLineRow.task_id == TaskRow.id)
        .scalar_subquery()
    )


def _view(  # noqa: PLR0913 - the columns of one query
    task: TaskRow,
    script_id: UUID,
    script_name: str,
    version: int,
    group_name: str | None,
    lines: list[list[str]],
    customers: int,
    done: int,
    called: int,
    calls: int,
    connected: int,
) -> TaskView:
    group = task.policy_group_id
    return TaskView(
        id=task.id,
        tenant_id=task.tenant_id,
        name=task.name,
        state=task.state,
        state_reason=task.state_reason,
        script=ScriptRef(script_id, script_name, version),
        script_version_id=task.script_version_id,
        outbound=task.outbound,
        lines=[LineRef(UUID(line_id), name) for line_id, name in lines],
        policy_group=None if group is None else LineRef(group, group_name or ""),
        seats=task.seats,
        mode=task.mode,
        concurrency=task.concurrency,
        lost_limit_percent=task.lost_limit_percent,
        hold_s=task.hold_s,
        start_mode=task.start_mode,
        starts_at=task.starts_at,
        calling_hours=task.calling_hours,
        redial=task.redial,
        purpose=task.purpose,
        scramble=task.scramble,
        needs_crowd=task.needs_crowd,
        waiting=Wait(task.waiting_reason, task.waiting_until, task.waiting_detail),
        created_at=task.created_at,
        started_at=task.started_at,
        finished_at=task.finished_at,
        customers=customers,
        done=done,
        called=called,
        calls=calls,
        connected=connected,
    )
