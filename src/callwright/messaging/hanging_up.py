"""Hang-up messages: chosen for a task, and written down when a call of it has ended with one of its grades."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.events import CallEnded
from callwright.db.outbox import Handler, StoredEvent
from callwright.db.tables.calls import CallRow
from callwright.db.tables.messaging import (
    MessageRow,
    MessageTemplateVersionRow,
    TaskMessageRow,
)
from callwright.messaging import templates
from callwright.messaging.channels import get_account
from callwright.messaging.composing import HANG_UP, Occasion, calls_with_values, composed, standing_for
from callwright.messaging.errors import (
    MessageGradeError,
    NoMessageChannelError,
    OtherMessageError,
    TemplateNotUsableError,
)
from callwright.messaging.schemas import HangUpMessage
from callwright.messaging.telling import changed, tell
from callwright.tasks.service import grades_of


async def choose_message(
    session: AsyncSession, task_id: UUID, *, template_id: UUID, grades: Sequence[str], now: datetime
) -> None:
    """Have a task send a template's approved version to those who got one of ``grades``; again is the same.

    Raises NotFoundError, TemplateNotUsableError, NoMessageChannelError, MessageGradeError, OtherMessageError.
    """
    chosen = (await templates.get_template(session, template_id)).usable
    if chosen is None:
        name = (await templates.get_template(session, template_id)).name
        raise TemplateNotUsableError(name=name, where="hang_up_message.template_id")
    known = await grades_of(session, task_id)
    for grade in grades:
        if grade not in known:
            raise MessageGradeError(grade=grade, known=", ".join(known), where="hang_up_message.grades")
    wanted = [grade for grade in known if grade in grades]
    present = await session.scalar(select(TaskMessageRow).where(TaskMessageRow.task_id == task_id))
    if present is not None:
        if (present.template_version_id, present.grades) != (chosen.id, wanted):
            raise OtherMessageError
        return
    account = await get_account(session, now)
    if account.trouble:
        raise NoMessageChannelError(trouble=account.trouble, where="hang_up_message")
    session.add(TaskMessageRow(task_id=task_id, template_version_id=chosen.id, grades=wanted))
    await session.flush()


async def get_chosen_message(session: AsyncSession, task_id: UUID) -> HangUpMessage | None:
    """Return what a task sends after its calls; nothing where it sends nothing."""
    wanted = (
        select(TaskMessageRow.template_version_id, TaskMessageRow.grades, MessageTemplateVersionRow.template_id)
        .join(MessageTemplateVersionRow, MessageTemplateVersionRow.id == TaskMessageRow.template_version_id)
        .where(TaskMessageRow.task_id == task_id)
    )
    found = (await session.execute(wanted)).one_or_none()
    if found is None:
        return None
    version_id, grades, template_id = found
    template = await templates.get_template(session, template_id)
    (version,) = [one for one in template.versions if one.id == version_id]
    return HangUpMessage(template.id, template.name, version, grades)


async def _write_messages(session: AsyncSession, events: Sequence[StoredEvent]) -> None:
    """Write down a message for each call that has earned one, whether it may leave or not."""
    ended = {event.data.call_id: event for event in events if isinstance(event.data, CallEnded)}
    of_calls = await _earned(session, ended)
    if not of_calls:
        return
    standing = await standing_for(session, of_calls)
    rows = [composed(one, HANG_UP, standing, ended[one.call.id].at) for one in of_calls]
    row = MessageRow
    entered = insert(row).values(rows).on_conflict_do_nothing(index_elements=["call_id", "purpose"])
    news = [changed(one) for one in await session.scalars(entered.returning(row))]
    await tell(session, news)


HANG_UP_MESSAGES = Handler("hang-up-messages", (CallEnded,), _write_messages)


async def _earned(session: AsyncSession, ended: Mapping[UUID, StoredEvent]) -> list[Occasion]:
    """Return those of the calls whose task has a message for their grade; none whose process died."""
    row, version = TaskMessageRow, MessageTemplateVersionRow
    told = {call_id: event.data for call_id, event in ended.items() if isinstance(event.data, CallEnded)}
    chosen = select(row.task_id, row.grades, version).join(version, version.id == row.template_version_id)
    tasks = {one.task_id for one in told.values()}
    found = await session.execute(chosen.where(row.task_id.in_(tasks)))
    by_task = {task_id: (grades, version) for task_id, grades, version in found}
    earning = [
        call_id
        for call_id, one in told.items()
        if one.task_id in by_task and one.grade in by_task[one.task_id][0] and not one.interrupted
    ]
    calls = calls_with_values(session, CallRow.id.in_(earning))
    return [Occasion(call, by_task[call.task_id][1], values) async for call, values in calls]
