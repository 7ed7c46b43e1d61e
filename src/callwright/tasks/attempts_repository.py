"""Queries about attempts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.do_not_call import barred_among, is_listed
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.nodes import NodeRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow, TaskRow
from callwright.dialing.attempt import AttemptState, before
from callwright.dialing.lifecycle import TaskState
from callwright.dialing.outcome import FAULTS_IN_A_ROW, LINE_FAULT, CustomerState
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.tasks.schemas import CarriedAttempt, ClaimedAttempt, PlannedStart


async def plan(session: AsyncSession, start: PlannedStart, now: datetime) -> int:
    """Plan attempts for the next customers of a running task; return how many there are.

    Those among them whose number is on the do-not-call list are set aside for good.
    """
    running = (
        select(TaskRow.id)
        .where(TaskRow.id == start.task_id, TaskRow.state == TaskState.RUNNING)
        .with_for_update(read=True)
    )
    if await session.scalar(running) is None:
        return 0
    earlier = (
        select(func.coalesce(func.max(AttemptRow.number), 0))
        .where(AttemptRow.task_customer_id == TaskCustomerRow.id)
        .scalar_subquery()
    )
    chosen = await session.execute(
        select(TaskCustomerRow.id, earlier, is_listed(TaskCustomerRow.customer_id))
        .where(TaskCustomerRow.task_id == start.task_id, TaskCustomerRow.state == CustomerState.UNCALLED)
        .order_by(TaskCustomerRow.position)
        .limit(start.calls)
        .with_for_update(of=TaskCustomerRow, skip_locked=True)
    )
    customers = chosen.all()
    if asked_not_to_be_called := [customer_id for customer_id, _, listed in customers if listed]:
        await set_customers(session, asked_not_to_be_called, CustomerState.DO_NOT_CALL)
    rows = [
        _planned(start, customer_id, number + 1, now) for customer_id, number, listed in customers if not listed
    ]
    if rows:
        await set_customers(session, [row["task_customer_id"] for row in rows], CustomerState.CALLING)
        await session.execute(insert(AttemptRow), rows)
    return len(rows)


async def claim(session: AsyncSession, node_id: UUID, limit: int, now: datetime) -> list[ClaimedAttempt]:
    """Take up to ``limit`` planned attempts, the oldest first, that nobody else is taking."""
    due = await session.scalars(
        select(AttemptRow.id)
        .where(AttemptRow.state == AttemptState.PLANNED)
        .order_by(AttemptRow.planned_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = due.all()
    if not ids:
        return []
    await session.execute(
        update(AttemptRow)
        .where(AttemptRow.id.in_(ids))
        .values(state=AttemptState.CLAIMED, node_id=node_id, claimed_at=now)
        .execution_options(synchronize_session=False)
    )
    return await _claimed(session, ids)


async def get_for_change(session: AsyncSession, attempt_id: UUID) -> AttemptRow:
    """Return the attempt, locked until the transaction ends. Raises NotFoundError."""
    attempt = await session.scalar(
        select(AttemptRow)
        .where(AttemptRow.id == attempt_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if attempt is None:
        raise NotFoundError(thing="attempt", key=attempt_id)
    return attempt


async def get_carried(session: AsyncSession, node_id: UUID) -> list[CarriedAttempt]:
    """Return the attempts that the node has claimed and not ended."""
    carried = select(AttemptRow.id, AttemptRow.dialled_at.is_not(None)).where(
        AttemptRow.node_id == node_id, AttemptRow.state.in_(_CARRIED)
    )
    return [CarriedAttempt(attempt_id, dialled) for attempt_id, dialled in await session.execute(carried)]


async def is_running(session: AsyncSession, task_id: UUID) -> bool:
    """Say whether the task runs, and let nobody stop it before this transaction ends."""
    state = select(TaskRow.state).where(TaskRow.id == task_id).with_for_update(read=True)
    return await session.scalar(state) == TaskState.RUNNING


async def is_on_do_not_call_list(session: AsyncSession, task_customer_id: UUID) -> bool:
    """Say whether the customer's number may not be called, by either list (in the tenant's transaction)."""
    phone = await session.scalar(
        select(CustomerRow.phone)
        .join(TaskCustomerRow, TaskCustomerRow.customer_id == CustomerRow.id)
        .where(TaskCustomerRow.id == task_customer_id)
    )
    return phone is None or bool(await barred_among(session, [phone]))


async def set_customers(session: AsyncSession, task_customer_ids: Sequence[UUID], state: CustomerState) -> None:
    """Say where customers stand in their task."""
    await session.execute(
        update(TaskCustomerRow)
        .where(TaskCustomerRow.id.in_(task_customer_ids))
        .values(state=state)
        .execution_options(synchronize_session=False)
    )


async def put_last(session: AsyncSession, task_id: UUID, task_customer_id: UUID) -> None:
    """Let a customer wait again, behind everybody else."""
    last = select(func.max(TaskCustomerRow.position)).where(TaskCustomerRow.task_id == task_id).scalar_subquery()
    await session.execute(
        update(TaskCustomerRow)
        .where(TaskCustomerRow.id == task_customer_id)
        .values(state=CustomerState.UNCALLED, position=last + 1)
        .execution_options(synchronize_session=False)
    )


async def count_line_faults(session: AsyncSession, task_customer_id: UUID) -> int:
    """Return how many diallings of this customer failed in the line."""
    faults = select(func.count()).where(
        AttemptRow.task_customer_id == task_customer_id, AttemptRow.phone_state == LINE_FAULT
    )
    return await session.scalar(faults) or 0


async def get_latest_phone_states(session: AsyncSession, line_id: UUID) -> list[str]:
    """Return how the latest diallings over the line ended, the latest first."""
    # Ids sort by the time of planning, so that the primary key is walked backwards: no index of its own.
    latest = (
        select(AttemptRow.phone_state)
        .where(AttemptRow.line_id == line_id, AttemptRow.phone_state.is_not(None))
        .order_by(AttemptRow.id.desc())
        .limit(FAULTS_IN_A_ROW)
    )
    return [state for state in await session.scalars(latest) if state is not None]


async def withdraw_planned(session: AsyncSession, task_id: UUID, now: datetime) -> None:
    """Take back what no node has claimed; the customers wait again."""
    withdrawn = await session.scalars(
        update(AttemptRow)
        .where(AttemptRow.task_id == task_id, AttemptRow.state == AttemptState.PLANNED)
        .values(state=AttemptState.INTERRUPTED, ended_at=now)
        .returning(AttemptRow.task_customer_id)
    )
    await set_customers(session, withdrawn.all(), CustomerState.UNCALLED)


async def interrupt_what_ended_nodes_left(session: AsyncSession, now: datetime) -> list[AttemptRow]:
    """Mark what nodes that are gone had under way as interrupted; return it as it was left."""
    ended = select(NodeRow.id).where(NodeRow.ended_at.is_not(None))
    rows = await session.scalars(
        update(AttemptRow)
        .where(AttemptRow.node_id.in_(ended), AttemptRow.state.in_(_CARRIED))
        .values(state=AttemptState.INTERRUPTED, ended_at=now)
        .returning(AttemptRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return list(rows)


_CARRIED = before(AttemptState.INTERRUPTED) - {AttemptState.PLANNED}


def _planned(start: PlannedStart, task_customer_id: UUID, number: int, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "tenant_id": start.tenant_id,
        "task_id": start.task_id,
        "line_id": start.line_id,
        "task_customer_id": task_customer_id,
        "number": number,
        "state": AttemptState.PLANNED,
        "planned_at": now,
    }


async def _claimed(session: AsyncSession, ids: Sequence[UUID]) -> list[ClaimedAttempt]:
    rows = await session.execute(
        select(
            AttemptRow.id,
            AttemptRow.tenant_id,
            AttemptRow.task_id,
            AttemptRow.task_customer_id,
            TaskCustomerRow.customer_id,
            TaskRow.script_version_id,
            AttemptRow.line_id,
            CustomerRow.phone,
            TaskCustomerRow.variables,
        )
        .select_from(AttemptRow)
        .join(TaskCustomerRow, TaskCustomerRow.id == AttemptRow.task_customer_id)
        .join(TaskRow, TaskRow.id == AttemptRow.task_id)
        .join(CustomerRow, CustomerRow.id == TaskCustomerRow.customer_id)
        .where(AttemptRow.id.in_(ids))
        .order_by(AttemptRow.planned_at)
    )
    return [ClaimedAttempt(*row) for row in rows]
