"""Call tasks: making them, starting and stopping, how they get on."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.calling_hours import hours_of
from callwright.accounts.service import get_tenant
from callwright.calls.hours import get_hours
from callwright.calls.progress import get_progress
from callwright.dialing.concurrency import get_multi_range
from callwright.lines.groups import list_groups
from callwright.messaging.hanging_up import choose_message, get_chosen_message
from callwright.pushing.choosing import choose_pushers, get_task_push
from callwright.pushing.schemas import TaskPush
from callwright.seats.service import total_seats
from callwright.tasks import service as tasks
from callwright.tasks.arms import get_arms, get_arms_of
from callwright.tasks.reserving import get_free
from callwright.tasks.versions import play_version
from callwright.web import present
from callwright.web.access import Asking, TaskChanger, TaskReader
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import Page
from callwright.web.schemas.by_hour import HourOfLine, TaskHours
from callwright.web.schemas.keys import IdempotencyKey
from callwright.web.schemas.tasks import (
    CallsRange,
    NewTask,
    Progress,
    Task,
    TaskChoices,
    TaskStateName,
    TaskSummary,
    VersionPlayed,
)

router = APIRouter(prefix="/tasks", tags=["tasks"])


@router.get("")
async def list_tasks(
    asking: TaskReader,
    state: TaskStateName | None = None,
    name: Annotated[str | None, Query(max_length=200, description="Part of the name.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[TaskSummary]:
    """Call tasks, the newest first."""
    async with asking.transaction() as session:
        found = await tasks.list_tasks(session, state=state, name=name, after=after_id(after), limit=limit + 1)
        shown, cursor = page(found, limit, lambda view: view.id)
        arms = await get_arms_of(session, [view.id for view in shown])
    return Page(items=[present.task_summary(view, arms[view.id]) for view in shown], next=cursor)


@router.post("", status_code=201)
async def create_task(body: NewTask, asking: TaskChanger, idempotency_key: IdempotencyKey = None) -> Task:
    """Make a task that plays the script's published version."""
    async with asking.transaction() as session:
        tenant = await get_tenant(session, asking.who.tenant_id)
        made = await tasks.create_task(session, body.draft(), tenant=tenant, now=asking.now, key=idempotency_key)
        if (wish := body.hang_up_message) is not None:
            await choose_message(session, made.id, template_id=wish.template_id, grades=wish.grades, now=asking.now)
        if body.push is not None:
            wanted = TaskPush(body.push.how, body.push.assigns, body.push.pushers)
            await choose_pushers(session, made.id, wanted)
        return await _whole(session, asking, made.id)


@router.get("/choices")
async def get_task_choices(
    asking: TaskChanger, seats: Annotated[int, Query(ge=1, le=10_000, description="AI seats of the task.")] = 1
) -> TaskChoices:
    """What can be chosen for a new task: seats, calls at once, hours, policy groups."""
    async with asking.transaction() as session:
        tenant = await get_tenant(session, asking.who.tenant_id)
        groups = await list_groups(session)
        free = (await get_free(session, asking.now)).get(tenant.id, 0)
        total = await total_seats(session, asking.now)
    multi = get_multi_range(seats)
    return TaskChoices(
        seats_total=total,
        seats_free=max(0, free),
        multi=CallsRange(lowest=multi[0], highest=multi[-1]) if multi else None,
        adaptive_most=seats * tenant.ceiling_per_seat,
        calling_hours=hours_of(tenant),
        time_zone=tenant.time_zone,
        policy_groups=[present.group_choice(group) for group in groups],
    )


@router.get("/{task_id}")
async def get_task(task_id: UUID, asking: TaskReader) -> Task:
    """A task with its script's columns and its progress."""
    async with asking.transaction() as session:
        return await _whole(session, asking, task_id)


@router.post("/{task_id}/start")
async def start_task(task_id: UUID, asking: TaskChanger) -> Task:
    """Begin calling."""
    async with asking.transaction() as session:
        await tasks.start_task(session, task_id, now=asking.now)
        return await _whole(session, asking, task_id)


@router.post("/{task_id}/pause")
async def pause_task(task_id: UUID, asking: TaskChanger) -> Task:
    """Dial nobody further; calls under way go on."""
    async with asking.transaction() as session:
        await tasks.pause_task(session, task_id, now=asking.now)
        return await _whole(session, asking, task_id)


@router.post("/{task_id}/resume")
async def resume_task(task_id: UUID, asking: TaskChanger) -> Task:
    """Go on calling."""
    async with asking.transaction() as session:
        await tasks.resume_task(session, task_id)
        return await _whole(session, asking, task_id)


@router.post("/{task_id}/finish")
async def finish_task(task_id: UUID, asking: TaskChanger) -> Task:
    """End the task for good; calls under way go on."""
    async with asking.transaction() as session:
        await tasks.finish_task(session, task_id, now=asking.now)
        return await _whole(session, asking, task_id)


@router.put("/{task_id}/script-version")
async def play_script_version(task_id: UUID, body: VersionPlayed, asking: TaskChanger) -> Task:
    """Play another published version of the script from the next call on; those under way keep theirs."""
    async with asking.transaction() as session:
        await play_version(session, task_id, body.version)
        return await _whole(session, asking, task_id)


@router.get("/{task_id}/progress")
async def get_task_progress(task_id: UUID, asking: TaskReader) -> Progress:
    """How a task gets on, with the calls under way."""
    async with asking.transaction() as session:
        return present.progress(await get_progress(session, task_id, now=asking.now), asking)


@router.get("/{task_id}/hours")
async def get_task_hours(task_id: UUID, asking: TaskReader) -> TaskHours:
    """How a task's latest 100,000 calls went, by the hour of the company's day and by line."""
    async with asking.transaction() as session:
        zone = (await get_tenant(session, asking.who.tenant_id)).time_zone
        found = await get_hours(session, task_id, zone=zone)
    return TaskHours(time_zone=zone, hours=[HourOfLine.model_validate(one) for one in found])


async def _whole(session: AsyncSession, asking: Asking, task_id: UUID) -> Task:
    return present.task(
        await tasks.get_task(session, task_id),
        await get_arms(session, task_id),
        await tasks.variables_of(session, task_id),
        await tasks.grades_of(session, task_id),
        await get_progress(session, task_id, now=asking.now),
        await get_chosen_message(session, task_id),
        await get_task_push(session, task_id),
        asking,
    )
