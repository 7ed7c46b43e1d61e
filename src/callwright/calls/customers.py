"""The customers in a task, each with the latest call."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import ScalarSelect

from callwright.calls.schemas import TaskCustomerView
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.kit.errors import NotFoundError
from callwright.tasks.service import get_task


async def list_customers(
    session: AsyncSession,
    task_id: UUID,
    *,
    state: str | None = None,
    text: str | None = None,
    after: int | None = None,
    limit: int = 50,
) -> list[TaskCustomerView]:
    """Return the task's customers in calling order, those behind the position ``after``. Raises NotFoundError."""
    await get_task(session, task_id)
    query = (
        _with_latest_call()
        .where(TaskCustomerRow.task_id == task_id, *_conditions(state, text, after))
        .order_by(TaskCustomerRow.position)
        .limit(limit)
    )
    rows = await session.execute(query)
    return [TaskCustomerView(*row) for row in rows]


async def count_customers(
    session: AsyncSession, task_id: UUID, *, state: str | None = None, text: str | None = None
) -> int:
    """Return how many customers :func:`list_customers` would return at most."""
    query = (
        select(func.count())
        .select_from(TaskCustomerRow)
        .join(CustomerRow, CustomerRow.id == TaskCustomerRow.customer_id)
        .where(TaskCustomerRow.task_id == task_id, *_conditions(state, text, None))
    )
    return await session.scalar(query) or 0


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
        _latest(CallRow.phone_state),
        _latest(CallRow.grade),
        _latest(CallRow.id),
    ).join(CustomerRow, CustomerRow.id == TaskCustomerRow.customer_id)


def _latest(column: Any) -> ScalarSelect[Any]:
    # By the attempt, which has an index; a customer has few attempts in a task.
    return (
        select(column)
        .select_from(CallRow)
        .join(AttemptRow, AttemptRow.id == CallRow.attempt_id)
        .where(AttemptRow.task_customer_id == TaskCustomerRow.id, CallRow.ended_at.is_not(None))
        .order_by(CallRow.id.desc())
        .limit(1)
        .correlate(TaskCustomerRow)
        .scalar_subquery()
    )


def _conditions(state: str | None, text: str | None, after: int | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if state is not None:
        conditions.append(TaskCustomerRow.state == state)
    if after is not None:
        conditions.append(TaskCustomerRow.position > after)
    if text:
        in_name = CustomerRow.name.icontains(text, autoescape=True)
        conditions.append(or_(in_name, CustomerRow.phone.contains(text, autoescape=True)))
    return conditions
