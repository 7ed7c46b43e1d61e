"""Why a customer of a task was called, or was not: every attempt with what the gate said of it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.customers import get_customer
from callwright.calls.schemas import AttemptView, GateWord, TaskCustomerView
from callwright.contacts.consent import ConsentNote, get_notes
from callwright.contacts.reaching import seen_by
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.lines import LineRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.kit.errors import NotFoundError
from callwright.tasks.schemas import LineRef
from callwright.tasks.service import get_task

MOST_ATTEMPTS = 200
"""The latest so many are told; a number that is held again and again has more."""


async def get_history(
    session: AsyncSession, task_id: UUID, task_customer_id: UUID, *, scope: UUID | None
) -> tuple[TaskCustomerView, list[AttemptView], list[ConsentNote]]:
    """Return a customer of the task, the attempts at calling them, and what was noted of their consent.

    The latest first. Raises NotFoundError, also where it is beyond ``scope``.
    """
    await get_task(session, task_id)
    in_task = (
        select(TaskCustomerRow.id)
        .join(CustomerRow, CustomerRow.id == TaskCustomerRow.customer_id)
        .where(TaskCustomerRow.id == task_customer_id, TaskCustomerRow.task_id == task_id)
    )
    if scope is not None:
        in_task = in_task.where(seen_by(scope))
    if await session.scalar(in_task) is None:
        raise NotFoundError(thing="customer", key=task_customer_id)
    customer = await get_customer(session, task_customer_id)
    rows = await session.execute(_attempts(task_customer_id))
    return customer, [_view(*row) for row in rows], await get_notes(session, customer.customer_id)


def _attempts(task_customer_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(AttemptRow, LineRow.name, CallRow.id)
        .join(LineRow, LineRow.id == AttemptRow.line_id)
        .outerjoin(CallRow, CallRow.attempt_id == AttemptRow.id)
        .where(AttemptRow.task_customer_id == task_customer_id)
        .order_by(AttemptRow.number.desc())
        .limit(MOST_ATTEMPTS)
    )


def _view(row: AttemptRow, line_name: str, call_id: UUID | None) -> AttemptView:
    said = row.gate_verdict
    return AttemptView(
        id=row.id,
        number=row.number,
        state=row.state,
        line=LineRef(row.line_id, line_name),
        region=row.region,
        planned_at=row.planned_at,
        claimed_at=row.claimed_at,
        dialled_at=row.dialled_at,
        connected_at=row.connected_at,
        ended_at=row.ended_at,
        gate=None if said is None else GateWord(said, row.gate_rule, row.gate_until, row.gate_detail),
        phone_state=row.phone_state,
        sip_code=row.sip_code,
        sip_reason=row.sip_reason,
        call_id=call_id,
    )
