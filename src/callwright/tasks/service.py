"""Call tasks: making them, listing them, and what a person may do with one."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.calling_hours import hours_of, hours_to_json
from callwright.crowds.errors import CrowdNeededError
from callwright.crowds.service import has_passed
from callwright.db.conflicts import refusing
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.lines import LineRow
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.db.tables.tasks import TaskLineRow, TaskRow
from callwright.dialing.lifecycle import TaskAct, TaskReason, TaskState, after
from callwright.dialing.window import Closed, Open, Timetable, narrowed, opening, zone_named
from callwright.dialogue.graph import Variable
from callwright.lines.groups import lines_of_group
from callwright.lines.service import get_line_to_choose
from callwright.scripts.service import get_graph
from callwright.scripts.speaking import have_spoken
from callwright.seats.service import total_seats
from callwright.tasks import repository
from callwright.tasks.arms import add_arms, get_arms, get_versions_of
from callwright.tasks.attempts import withdraw_planned
from callwright.tasks.drafts import StartMode, TaskDraft, check, concurrency_of, seats_of
from callwright.tasks.errors import LineKindError, TaskEmptyError, TaskKeyError, TaskNameTakenError
from callwright.tasks.news import tell_of_state, wake_leader
from callwright.tasks.redialling import redial_to_json
from callwright.tasks.reserving import let_go
from callwright.tasks.schemas import TaskView


async def create_task(
    session: AsyncSession, draft: TaskDraft, *, tenant: TenantRow, now: datetime, key: UUID | None = None
) -> TaskView:
    """Make a task that plays the script's published version, as a draft (in the tenant's transaction).

    What was asked for before under the same key is that task. Raises what ``drafts`` and ``get_versions_of`` raise,
    TaskNameTakenError, TaskKeyError, LineKindError, HoursNeverMeetError, and NotFoundError for what it names.
    """
    name = check(draft)
    digest = hashlib.sha256(to_json(replace(draft, name=name))).hexdigest()
    if key is not None and (known := await _made_before(session, key, digest)):
        return known
    versions = await get_versions_of(session, draft)
    lines = await _get_lines(session, draft)
    seats = seats_of(draft, await total_seats(session, now))
    chosen = concurrency_of(
        draft, seats, highest_ceiling=tenant.ceiling_per_seat, channels=sum(line.channels for line in lines)
    )
    table = narrowed(hours_of(tenant), draft.calling_hours)
    task = TaskRow(
        name=name,
        key=key,
        key_digest=None if key is None else digest,
        script_version_id=versions[0].id,
        outbound=draft.outbound.value,
        policy_group_id=draft.policy_group_id,
        seats=seats,
        mode=draft.mode.value,
        concurrency=chosen.most,
        lost_limit_percent=draft.lost_limit_percent,
        hold_s=draft.hold_s,
        start_mode=draft.start_mode.value,
        starts_at=_starts_at(draft, table, tenant, now),
        calling_hours=None if draft.calling_hours is None else hours_to_json(draft.calling_hours),
        redial=redial_to_json(draft.redial),
        purpose=draft.purpose.value,
        scramble=draft.scramble,
        needs_crowd=draft.needs_crowd,
        state=TaskState.DRAFT,
        state_reason="",
    )
    session.add(task)
    with refusing("uq_tasks_tenant_id_name", TaskNameTakenError(name=name)):
        await session.flush()
    await _complete(session, task, draft, versions)
    return await repository.get_task_view(session, task.id)


async def _complete(
    session: AsyncSession, task: TaskRow, draft: TaskDraft, versions: Sequence[ScriptVersionRow]
) -> None:
    session.add_all(TaskLineRow(task_id=task.id, line_id=line_id) for line_id in dict.fromkeys(draft.line_ids))
    await add_arms(session, task.id, draft.arms, versions)
    await session.flush()
    if task.starts_at is not None:  # nobody is there when it does
        await _have_spoken(session, task)


async def _made_before(session: AsyncSession, key: UUID, digest: str) -> TaskView | None:
    """Return what was made under the key. Raises TaskKeyError where something else was asked for."""
    known = await repository.get_task_of_key(session, key)
    if known is None:
        return None
    if known.key_digest not in (None, digest):
        raise TaskKeyError(key=key, name=known.name)
    return await repository.get_task_view(session, known.id)


async def get_task(session: AsyncSession, task_id: UUID) -> TaskView:
    """Return a task with its counts. Raises NotFoundError."""
    return await repository.get_task_view(session, task_id)


async def list_tasks(
    session: AsyncSession,
    *,
    state: str | None = None,
    name: str | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[TaskView]:
    """Return tasks, newest first: those in ``state``, with ``name`` in their name, older than ``after``."""
    return await repository.get_newest_task_views(session, state=state, name=name, after=after, limit=limit)


async def variables_of(session: AsyncSession, task_id: UUID) -> list[Variable]:
    """Return what the task's script must know of each customer. Raises NotFoundError."""
    task = await repository.get_task_row(session, task_id)
    return list((await get_graph(session, task.script_version_id)).variables)


async def grades_of(session: AsyncSession, task_id: UUID) -> list[str]:
    """Return the intention grades of the task's script, best first. Raises NotFoundError."""
    task = await repository.get_task_row(session, task_id)
    return list((await get_graph(session, task.script_version_id)).grades.names)


async def start_task(session: AsyncSession, task_id: UUID, *, now: datetime) -> TaskView:
    """Begin calling. Raises NotFoundError, TaskStateError, TaskEmptyError, CrowdNeededError."""
    task = await repository.get_task_for_change(session, task_id)
    state = after(TaskState(task.state), TaskAct.START)
    if not await repository.has_customers(session, task_id):
        raise TaskEmptyError(name=task.name)
    await _check_crowd(session, task)
    task.started_at = now
    task.starts_at = None
    await _have_spoken(session, task)
    return await _enter(session, task, state)


async def pause_task(session: AsyncSession, task_id: UUID, *, now: datetime) -> TaskView:
    """Dial nobody further; calls under way go on. Raises NotFoundError, TaskStateError."""
    task = await repository.get_task_for_change(session, task_id)
    state = after(TaskState(task.state), TaskAct.PAUSE)
    await _stop_dialling(session, task_id, now)
    return await _enter(session, task, state)


async def resume_task(session: AsyncSession, task_id: UUID) -> TaskView:
    """Go on calling. Raises NotFoundError, TaskStateError."""
    task = await repository.get_task_for_change(session, task_id)
    state = after(TaskState(task.state), TaskAct.RESUME)
    return await _enter(session, task, state)


async def finish_task(session: AsyncSession, task_id: UUID, *, now: datetime) -> TaskView:
    """End the task for good; calls under way go on. Raises NotFoundError, TaskStateError."""
    task = await repository.get_task_for_change(session, task_id)
    state = after(TaskState(task.state), TaskAct.FINISH)
    await _stop_dialling(session, task_id, now)
    task.finished_at = now
    return await _enter(session, task, state)


async def finish_tasks_with_nobody_left(session: AsyncSession, now: datetime) -> int:
    """Finish, across tenants, the running tasks whose customers have all been called; return how many."""
    finished = await repository.finish_tasks_with_nobody_left(session, TaskReason.ALL_CALLED, now)
    await let_go(session, [task.id for task in finished])
    await tell_of_state(session, finished)
    return len(finished)


async def pause_because(session: AsyncSession, task_id: UUID, reason: TaskReason, now: datetime) -> None:
    """Dial nobody further with a script that can't be played, and say why. Raises NotFoundError."""
    task = await repository.get_task_for_change(session, task_id)
    if task.state != TaskState.RUNNING:
        return
    task.state, task.state_reason = TaskState.PAUSED, reason
    task.waiting_reason, task.waiting_until, task.waiting_detail = "", None, {}
    await _stop_dialling(session, task_id, now)
    await tell_of_state(session, [task])


async def start_automatic_tasks(session: AsyncSession, now: datetime) -> int:
    """Start, across tenants, the automatic tasks whose hour has come and that have customers; return how many."""
    started = await repository.start_automatic_tasks(session, now)
    await tell_of_state(session, started)
    return len(started)


async def _check_crowd(session: AsyncSession, task: TaskRow) -> None:
    """Make sure that whatever the task plays has passed."""
    if not task.needs_crowd:
        return
    view = await repository.get_task_view(session, task.id)
    arms = [(arm.script_version_id, arm.script) for arm in await get_arms(session, task.id)]
    for version_id, script in arms or [(task.script_version_id, view.script)]:
        if not await has_passed(session, version_id):
            raise CrowdNeededError(name=task.name, script=script.name, version=script.version, script_id=script.id)


async def _have_spoken(session: AsyncSession, task: TaskRow) -> None:
    """Have the prompts of whatever the task plays spoken, should they be forgotten since it was published."""
    versions = [arm.script_version_id for arm in await get_arms(session, task.id)]
    for version_id in versions or [task.script_version_id]:
        await have_spoken(session, version_id)


async def _stop_dialling(session: AsyncSession, task_id: UUID, now: datetime) -> None:
    await withdraw_planned(session, task_id, now)
    await let_go(session, [task_id])


async def _enter(session: AsyncSession, task: TaskRow, state: TaskState) -> TaskView:
    task.state, task.state_reason = state, ""
    task.waiting_reason, task.waiting_until, task.waiting_detail = "", None, {}
    await session.flush()
    await wake_leader(session, task.id)
    await tell_of_state(session, [task])
    return await repository.get_task_view(session, task.id)


async def _get_lines(session: AsyncSession, draft: TaskDraft) -> list[LineRow]:
    """Return the lines that the task would call over, each of the kind that its outbound way asks for."""
    if draft.policy_group_id is not None:
        return await lines_of_group(session, draft.policy_group_id)
    ids = sorted(set(draft.line_ids), key=str)
    lines = [await get_line_to_choose(session, line_id, where="line_ids") for line_id in ids]
    for line in lines:
        if line.kind != draft.outbound:
            raise LineKindError(name=line.name, kind=line.kind, outbound=draft.outbound.value, where="line_ids")
    return lines


def _starts_at(draft: TaskDraft, table: Timetable, tenant: TenantRow, now: datetime) -> datetime | None:
    """Return when an automatic task starts: as the calling hours next open, never at this very moment.

    Hours that never close open anew with each day.
    """
    if draft.start_mode is StartMode.MANUAL:
        return None
    standing = opening(table, (tenant.time_zone,), now)
    if isinstance(standing, Open):
        standing = opening(table, (tenant.time_zone,), standing.until)
    if isinstance(standing, Closed):
        return standing.opens_at
    local = now.astimezone(zone_named(tenant.time_zone))
    return datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
