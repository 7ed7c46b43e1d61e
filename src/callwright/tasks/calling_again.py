"""Customers who were called put back into their task: to be called once more, as if they had not been."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, all_, and_, exists, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.dialing.lifecycle import TaskAct, TaskState, after
from callwright.dialing.outcome import CustomerState
from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.one_person import come_in
from callwright.tasks.repository import get_task_to_fill

PUT_BACK = frozenset({CustomerState.CALLED, CustomerState.DENIED, CustomerState.WITHDRAWN})
"""Who can be put back. Not those on a do-not-call list; the others are still to be called anyway."""
BACK: Mapping[str, object] = {
    "state": CustomerState.UNCALLED,
    "due_at": None,
    "taken_out_by": None,
    "due_before": None,
    "taken_out_why": None,
}
"""How the row of somebody stands who was put back."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """How many customers are to be called again, and how many of those asked for can't or need not be."""

    put_back: int
    left_out: int


async def call_again_those(session: AsyncSession, task_id: UUID, ids: Collection[UUID]) -> PutBack:
    """Put these customers of the task back. Raises NotFoundError, TaskStateError for a finished task."""
    return await _put_back(session, task_id, TaskCustomerRow.id.in_(set(ids)), asked=len(set(ids)))


async def call_again_after(session: AsyncSession, task_id: UUID, phone_state: str) -> PutBack:
    """Put back all whose latest dialling ended in ``phone_state``, but for those who were taken out.

    Raises NotFoundError, TaskStateError.
    """
    later = aliased(AttemptRow)
    # Only what was dialled has a phone state.
    latest = ~exists().where(
        later.task_customer_id == AttemptRow.task_customer_id,
        later.number > AttemptRow.number,
        later.phone_state.is_not(None),
    )
    ended_so = select(AttemptRow.task_customer_id).where(
        AttemptRow.task_id == task_id, AttemptRow.phone_state == phone_state, latest
    )
    row = TaskCustomerRow
    which = and_(row.id.in_(ended_so), row.taken_out_by.is_(None), row.taken_out_why.is_(None))
    return await _put_back(session, task_id, which)


async def put_back(session: AsyncSession, task_id: UUID, ids: Collection[UUID]) -> int:
    """Put entries back that somebody holds; return how many are to be called.

    Raises NotFoundError, and TaskStateError for a finished task.
    """
    return (await _put_back(session, task_id, TaskCustomerRow.id.in_(ids), asked=len(ids))).put_back


async def _put_back(
    session: AsyncSession, task_id: UUID, which: ColumnElement[bool], *, asked: int | None = None
) -> PutBack:
    task = await get_task_to_fill(session, task_id)
    after(TaskState(task.state), TaskAct.ADD_CUSTOMERS)
    meant = (TaskCustomerRow.task_id == task_id, which)
    if asked is None:
        asked = await session.scalar(select(func.count()).select_from(TaskCustomerRow).where(*meant)) or 0

    async def bring(but: Collection[UUID]) -> Collection[UUID]:
        moved = await session.scalars(
            update(TaskCustomerRow)
            .where(
                *meant,
                TaskCustomerRow.state.in_(PUT_BACK),
                TaskCustomerRow.id != all_(literal(list(but), ARRAY(Uuid))),
            )
            .values(BACK)
            .returning(TaskCustomerRow.id)
            .execution_options(synchronize_session=False)
        )
        return moved.all()

    came, _ = await come_in(session, task_id, bring)
    if came:
        await wake_leader(session, task_id)
        await tell_browsers(session, task.tenant_id, task_id)
    return PutBack(put_back=len(came), left_out=asked - len(came))
