"""The customers in a task, each with the latest call."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, any_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import ScalarSelect

from callwright.calls.schemas import CustomerFilter, TaskCustomerView
from callwright.contacts.found import first_of
from callwright.contacts.reaching import reach_of
from callwright.contacts.tagging import find_among
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
    row = TaskCustomerRow
    rows = select(row.id).where(*_narrowed(task_id, wanted))
    if after is not None:
        rows = rows.where(row.position > after)
    reach = await reach_of(session, scope)
    if reach is not None:
        rows = rows.where(reach.among(row.customer_id))
    found = await find_among(session, text=wanted.text, tag=wanted.tag, within=task_id)
    ids = await first_of(session, rows, [row.position], customer_id=row.customer_id, found=found, limit=limit)
    page = _with_latest_call().where(row.id == any_(literal(list(ids), ARRAY(Uuid)))).order_by(row.position)
    return [TaskCustomerView(*one) for one in await session.execute(page)]


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
    """Return the conditions that hold for the entries of the task that are wanted.

    They are for all of them at once with ``whole``, else for a part of them in their order.
    """
    customer_id = TaskCustomerRow.customer_id
    found = await find_among(session, text=wanted.text, tag=wanted.tag, within=task_id)
    met = [one.among(customer_id) if whole else one.one_by_one(customer_id) for one in found]
    return [*_narrowed(task_id, wanted), *met]


def _narrowed(task_id: UUID, wanted: CustomerFilter) -> list[ColumnElement[bool]]:
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
    return conditions
