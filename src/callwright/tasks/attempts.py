"""What the leader and the call nodes do with attempts; ``dialing.attempt`` says what may follow what."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.tasks import AttemptRow, TaskRow
from callwright.dialing.attempt import AttemptState, AttemptTransitionError, move
from callwright.dialing.lifecycle import TaskReason, TaskState
from callwright.dialing.outcome import (
    LINE_FAULT,
    CustomerState,
    customer_after,
    customer_after_interruption,
    line_is_down,
)
from callwright.tasks import attempts_repository as queries
from callwright.tasks import repository
from callwright.tasks.errors import AttemptWithdrawnError
from callwright.tasks.news import tell_browsers, wake_leader, wake_nodes
from callwright.tasks.schemas import (
    AttemptOutcome,
    CarriedAttempt,
    ClaimedAttempt,
    InterruptedAttempt,
    PlannedStart,
)

log = structlog.get_logger(__name__)


async def plan_attempts(session: AsyncSession, starts: Iterable[PlannedStart], now: datetime) -> int:
    """Plan the calls that tasks may start now, their customers being called from now on; return how many."""
    planned = 0
    for start in starts:
        count = await queries.plan(session, start, now)
        if count:
            await tell_browsers(session, start.tenant_id, start.task_id)
        planned += count
    if planned:
        await wake_nodes(session)
    return planned


async def claim_attempts(
    session: AsyncSession, node_id: UUID, *, limit: int, now: datetime
) -> list[ClaimedAttempt]:
    """Give the node up to ``limit`` planned attempts; no two nodes ever get the same one."""
    return await queries.claim(session, node_id, limit, now)


async def mark_dialling(session: AsyncSession, attempt_id: UUID, node_id: UUID, now: datetime) -> AttemptRow:
    """Write down that the node is about to dial; commit before the first message leaves.

    Raises AttemptWithdrawnError where it may not: the task was stopped, the node lost the attempt, or the person
    has meanwhile asked not to be called.
    """
    attempt = await queries.get_for_change(session, attempt_id)
    if attempt.state != AttemptState.CLAIMED or attempt.node_id != node_id:
        raise AttemptWithdrawnError()
    if not await queries.is_running(session, attempt.task_id):
        raise AttemptWithdrawnError()
    if await queries.is_on_do_not_call_list(session, attempt.task_customer_id):
        raise AttemptWithdrawnError()
    attempt.state = move(AttemptState(attempt.state), AttemptState.DIALLING)
    attempt.dialled_at = now
    await tell_browsers(session, attempt.tenant_id, attempt.task_id)
    return attempt


async def mark_connected(session: AsyncSession, attempt_id: UUID, now: datetime) -> None:
    """Write down that the customer answered. Raises AttemptTransitionError where the attempt was given up."""
    attempt = await queries.get_for_change(session, attempt_id)
    attempt.state = move(AttemptState(attempt.state), AttemptState.CONNECTED)
    attempt.connected_at = now


async def give_back(session: AsyncSession, attempt_id: UUID, node_id: UUID, now: datetime) -> None:
    """Return an attempt that surely never left this node; its customer waits again.

    Nothing happens where the node does not have it any more.
    """
    attempt = await queries.get_for_change(session, attempt_id)
    if attempt.node_id != node_id or attempt.state not in (AttemptState.CLAIMED, AttemptState.DIALLING):
        return
    attempt.state = move(AttemptState(attempt.state), AttemptState.INTERRUPTED)
    attempt.dialled_at, attempt.ended_at = None, now
    await queries.set_customers(session, [attempt.task_customer_id], CustomerState.UNCALLED)
    await wake_leader(session, attempt.task_id)
    await tell_browsers(session, attempt.tenant_id, attempt.task_id)


async def get_carried(session: AsyncSession, node_id: UUID) -> Sequence[CarriedAttempt]:
    """Return what the node has under way as far as the database knows."""
    return await queries.get_carried(session, node_id)


async def give_up(session: AsyncSession, attempt_id: UUID, reason: str, now: datetime) -> None:
    """End an attempt that failed on our side, for ``reason``; its customer is not dialled again."""
    attempt = await queries.get_for_change(session, attempt_id)
    attempt.state = move(AttemptState(attempt.state), AttemptState.INTERRUPTED)
    attempt.ended_at, attempt.sip_reason = now, reason
    await queries.set_customers(session, [attempt.task_customer_id], CustomerState.CALLED)
    await wake_leader(session, attempt.task_id)
    await tell_browsers(session, attempt.tenant_id, attempt.task_id)


async def pause_for_script_fault(session: AsyncSession, task_id: UUID, now: datetime) -> None:
    """Dial nobody further with a script that can't be played. Raises NotFoundError."""
    task = await repository.get_task_for_change(session, task_id)
    await _pause(session, task, TaskReason.SCRIPT_FAULT, now)
    await tell_browsers(session, task.tenant_id, task.id)


async def end_attempt(
    session: AsyncSession, attempt_id: UUID, outcome: AttemptOutcome, ended_at: datetime
) -> AttemptRow | None:
    """Write down how an attempt ended; ``None`` where that had been written before.

    A customer whom a faulty line never reached waits again behind the others; a line that fails again and again
    pauses the task.
    """
    attempt = await queries.get_for_change(session, attempt_id)
    state = AttemptState(attempt.state)
    if state is AttemptState.ENDED:
        return None
    if attempt.dialled_at is None:
        raise AttemptTransitionError(state=state.value, to=AttemptState.ENDED.value)
    attempt.state = move(state, AttemptState.ENDED)
    attempt.ended_at = ended_at
    attempt.phone_state, attempt.sip_code = outcome.phone_state, outcome.sip_code
    attempt.sip_reason = outcome.sip_reason
    await session.flush()
    if outcome.phone_state == LINE_FAULT:
        await _after_line_fault(session, attempt, outcome, ended_at)
    else:
        await queries.set_customers(session, [attempt.task_customer_id], CustomerState.CALLED)
    await wake_leader(session, attempt.task_id)
    await tell_browsers(session, attempt.tenant_id, attempt.task_id)
    return attempt


async def interrupt_orphans(session: AsyncSession, now: datetime) -> list[InterruptedAttempt]:
    """Give up what nodes that are gone had under way. Whoever may have been dialled is not dialled again."""
    rows = await queries.interrupt_what_ended_nodes_left(session, now)
    for dialled in (False, True):
        customers = [row.task_customer_id for row in rows if (row.dialled_at is not None) is dialled]
        await queries.set_customers(session, customers, customer_after_interruption(dialled=dialled))
    left = [InterruptedAttempt(row.id, row.tenant_id, row.task_id, row.dialled_at is not None) for row in rows]
    for tenant_id, task_id in {(attempt.tenant_id, attempt.task_id) for attempt in left}:
        await tell_browsers(session, tenant_id, task_id)
    return left


async def _after_line_fault(
    session: AsyncSession, attempt: AttemptRow, outcome: AttemptOutcome, now: datetime
) -> None:
    # Held for the positions, of which no two customers may have the same.
    task = await repository.get_task_for_change(session, attempt.task_id)
    latest = await queries.get_latest_phone_states(session, attempt.line_id)
    faults = await queries.count_line_faults(session, attempt.task_customer_id)
    after = customer_after(outcome.phone_state, rang=outcome.rang, faults=faults, latest=latest)
    if after is CustomerState.UNCALLED:
        await queries.put_last(session, attempt.task_id, attempt.task_customer_id)
    else:
        await queries.set_customers(session, [attempt.task_customer_id], after)
    if line_is_down(latest):
        await _pause(session, task, TaskReason.LINE_FAULT, now)


async def _pause(session: AsyncSession, task: TaskRow, reason: TaskReason, now: datetime) -> None:
    if task.state != TaskState.RUNNING:
        return
    log.warning("task paused", task=str(task.id), line=str(task.line_id), reason=reason)
    task.state, task.state_reason = TaskState.PAUSED, reason
    await queries.withdraw_planned(session, task.id, now)
