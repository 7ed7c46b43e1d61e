"""The customers in a task, each with the latest call."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import ScalarSelect

from callwright.calls.schemas import CustomerFilter, TaskCustomerView
from callwright.contacts.reaching import reach_of
from callwright.contacts.tagging import among_found
from callwright.db.pages import found_first
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.kit.errors import NotFoundError
from callwright.tasks.repository import IN_TASK
from callwright.tasks.service import get_task


async def list_customers(
    session: AsyncSession,
    task_id: UUID,
    wanted: CustomerFilter,
    *,
    scope: UUID | None = None,
    after: int | None = None,
    limit: int = 50,
) -> list[TaskCustomerView]:
    """Return the task's customers in calling order, those behind the position ``after``. Raises NotFoundError.

    With a person's ``scope`` only those who are theirs or in the public pool.
    """
    await get_task(session, task_id)
    page = select(TaskCustomerRow.id).where(*await matching(session, task_id, wanted))
    page = page.order_by(TaskCustomerRow.position).limit(limit)
    if after is not None:
        page = page.where(TaskCustomerRow.position > after)
    reach = await reach_of(session, scope)
    if reach is not None:
        page = page.where(reach.among(TaskCustomerRow.customer_id))
    found = found_first(page)
    query = _with_latest_call().join(found, found.c.id == TaskCustomerRow.id).order_by(TaskCustomerRow.position)
    return [TaskCustomerView(*row) for row in await session.execute(query)]


async def count_customers(session: AsyncSession, task_id: UUID, wanted: CustomerFilter) -> int:
    """Return how many customers :func:`list_customers` would return at most."""
    conditions = await matching(session, task_id, wanted, whole=True)
    return await session.scalar(select(func.count()).select_from(TaskCustomerRow).where(*conditions)) or 0


async def get_customer(session: AsyncSession, task_customer_id: UUID) -> TaskCustomerView:
    """Return one customer of a task. Raises NotFoundError."""
    row = (await session.execute(_with_latest_call().where(TaskCustomerRow.id == task_customer_id))).one_or_none()
    if row is None:
        raise NotFoundError(thing="customer", key=task_customer_id)
    return TaskCustomerView(*row)


def _with_latest_call() -> Select[*tuple[Any, ...]]:
    return select(
        TaskCustomerRow.id,
        TaskCustomerRow.customer_id,
        CustomerRow.name,
        CustomerRow.phone,
        CustomerRow.consent,
        TaskCustomerRow.variables,
        TaskCustomerRow.position,
        TaskCustomerRow.state,
        TaskCustomerRow.due_at,
        select(func.count())
        .where(AttemptRow.task_customer_id == TaskCustomerRow.id, AttemptRow.dialled_at.is_not(None))
        .scalar_subquery(),
        TaskCustomerRow.last_phone_state,
        TaskCustomerRow.last_grade,
        TaskCustomerRow.last_called_at,
        TaskCustomerRow.taken_out_why,
        _latest_call(),
    ).join(CustomerRow, CustomerRow.id == TaskCustomerRow.customer_id)


def _latest_call() -> ScalarSelect[UUID]:
    # By the attempt, which has an index; a customer has few attempts in a task.
    return (
        select(CallRow.id)
        .select_from(CallRow)
        .join(AttemptRow, AttemptRow.id == CallRow.attempt_id)
        .where(AttemptRow.task_customer_id == TaskCustomerRow.id, CallRow.phone_state.is_not(None))
        .order_by(CallRow.id.desc())
        .limit(1)
        .correlate(TaskCustomerRow)
        .scalar_subquery()
    )


async def matching(
    session: AsyncSession, task_id: UUID, wanted: CustomerFilter, *, whole: bool = False
) -> list[ColumnElement[bool]]:
    """Return the conditions that hold for the entries of the task that are wanted: ``whole`` where all are read."""
    row = TaskCustomerRow
    conditions = [row.task_id == task_id]
    conditions += [
        column == value
        for column, value in (
            (row.state, wanted.state),
            (row.last_phone_state, wanted.phone_state),
            (row.last_grade, wanted.grade),
        )
        if value is not None
    ]
    if wanted.state is None:
        conditions.append(IN_TASK)
    if wanted.min_talk_ms is not None:
        conditions.append(row.last_talk_ms >= wanted.min_talk_ms)
    if wanted.max_talk_ms is not None:
        conditions.append(row.last_talk_ms <= wanted.max_talk_ms)
    return conditions + await among_found(
        session, row.customer_id, text=wanted.text, tag=wanted.tag, task_id=task_id, whole=whole
    )
