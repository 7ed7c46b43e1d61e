"""Whom a task tells of customers: chosen with the task."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.roles import Role
from callwright.chats.service import chats_of
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.pushing import TaskPusherRow, TaskPushRow
from callwright.pushing.errors import AssignsAllError, OtherPushError, PusherError, PushGradeError
from callwright.pushing.schemas import How, TaskPush
from callwright.tasks.service import grades_of

WHERE = "push"


async def choose_pushers(session: AsyncSession, task_id: UUID, wanted: TaskPush) -> None:
    """Have a task tell people of customers by their grade; again is the same.

    Raises AssignsAllError, PushGradeError, PusherError, OtherPushError.
    """
    if wanted.assigns and wanted.how is How.ALL:
        raise AssignsAllError(where=f"{WHERE}.assigns")
    known = await grades_of(session, task_id)
    for grade in wanted.pushers:
        if grade not in known:
            raise PushGradeError(grade=grade, known=", ".join(known), where=f"{WHERE}.pushers")
    pushers = {grade: list(dict.fromkeys(of)) for grade, of in wanted.pushers.items() if of}
    present = await get_task_push(session, task_id)
    if present is not None:
        if present != TaskPush(wanted.how, wanted.assigns, pushers):
            raise OtherPushError
        return
    await _check(session, pushers, assigns=wanted.assigns)
    session.add(TaskPushRow(task_id=task_id, how=wanted.how, assigns=wanted.assigns))
    session.add_all(
        TaskPusherRow(task_id=task_id, grade=grade, user_id=user_id, place=place)
        for grade, of in pushers.items()
        for place, user_id in enumerate(of)
    )
    await session.flush()


async def get_task_push(session: AsyncSession, task_id: UUID) -> TaskPush | None:
    """Return whom a task tells of customers; nothing where it tells nobody."""
    row = await session.scalar(select(TaskPushRow).where(TaskPushRow.task_id == task_id))
    if row is None:
        return None
    pusher = TaskPusherRow
    found = await session.execute(
        select(pusher.grade, pusher.user_id).where(pusher.task_id == task_id).order_by(pusher.grade, pusher.place)
    )
    pushers: dict[str, list[UUID]] = {}
    for grade, user_id in found:
        pushers.setdefault(grade, []).append(user_id)
    return TaskPush(How(row.how), row.assigns, pushers)


async def _check(session: AsyncSession, pushers: Mapping[str, Sequence[UUID]], *, assigns: bool) -> None:
    wanted = {user_id for of in pushers.values() for user_id in of}
    people = await session.scalars(select(UserRow).where(UserRow.id.in_(wanted)))
    roles = {person.id: person.role for person in people}
    bound = await chats_of(session, wanted)
    for user_id in sorted(wanted):
        if user_id not in roles:
            raise PusherError(user_id=user_id, why="is nobody of the company", where=f"{WHERE}.pushers")
        if user_id not in bound:
            raise PusherError(user_id=user_id, why="has no chat bound", where=f"{WHERE}.pushers")
        if assigns and roles[user_id] == Role.INSPECTOR:
            raise PusherError(user_id=user_id, why="can't have customers", where=f"{WHERE}.pushers")
