"""From claimed to dialling: what the gate decided, written down for a whole batch of attempts at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.tasks import TaskRow
from callwright.dialing.attempt import AttemptState
from callwright.dialing.gate import Decision, GateRule, Verdict
from callwright.dialing.lifecycle import TaskState
from callwright.dialing.outcome import CustomerState, Whereabouts
from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.schemas import LockedAttempt
from callwright.tasks.sql import LOCK_ATTEMPTS, MARK, SET_CUSTOMERS

LISTED = frozenset({GateRule.DO_NOT_CALL, GateRule.DO_NOT_CALL_INSTALLATION})
OF_THE_MOMENT = frozenset(
    {
        GateRule.UNKNOWN_LINE,
        GateRule.LINE_RETIRED,
        GateRule.LINE_EXPIRED,
        GateRule.LINE_UNPAID,
        GateRule.LINE_OFF,
        GateRule.LINE_FAULTY,
        GateRule.LINE_BUSY,
        GateRule.NO_FREE_SEAT,
        GateRule.OUT_OF_CREDIT,
    }
)
"""Rules that the leader keeps too: it plans nobody against them, so that whoever met one is asked again soon."""
OF_THE_MOMENT_AGAIN = timedelta(seconds=5)
UNKNOWN_AGAIN = timedelta(minutes=10)
CONSENT_AGAIN = timedelta(days=1)
"""Whether somebody has agreed by now is for people to note."""
_AFTER = {
    Verdict.ALLOW: AttemptState.DIALLING,
    Verdict.DENY: AttemptState.INTERRUPTED,
    Verdict.HOLD: AttemptState.INTERRUPTED,
}


@dataclass(frozen=True, slots=True)
class Gated:
    """An attempt of which the gate has decided."""

    attempt: LockedAttempt
    decision: Decision


async def lock_attempts(session: AsyncSession, attempt_ids: Iterable[UUID]) -> dict[UUID, LockedAttempt]:
    """Return attempts as they stand, locked until the transaction ends, and their tasks with them.

    Whoever wants to stop one of the tasks waits until then.
    """
    rows = await session.execute(LOCK_ATTEMPTS, {"ids": list(attempt_ids)})
    return {row.id: LockedAttempt(**(row._asdict() | {"state": AttemptState(row.state)})) for row in rows}


async def lock_running_tasks(
    session: AsyncSession, task_ids: Iterable[UUID], *, wait: bool
) -> Mapping[UUID, TaskRow]:
    """Return those of the tasks that run, and let nobody stop them before this transaction ends.

    Without ``wait`` those are left out that somebody changes at this very moment.
    """
    rows = await session.scalars(
        select(TaskRow)
        .where(TaskRow.id.in_(set(task_ids)), TaskRow.state == TaskState.RUNNING)
        .order_by(TaskRow.id)
        .with_for_update(read=True, skip_locked=not wait)
    )
    return {row.id: row for row in rows}


async def mark_gated(session: AsyncSession, gated: Sequence[Gated], now: datetime) -> None:
    """Write down what the gate decided. Commit before the first message leaves.

    Whoever is allowed is dialling from now on. Whoever is held waits until the rule's moment, or a while where it
    names none; whoever is denied is not called in this task.
    """
    if not gated:
        return
    await session.execute(MARK, _marks(gated, now))
    stopped = [one for one in gated if one.decision.verdict is not Verdict.ALLOW]
    places = [_whereabouts(one.decision, now) for one in stopped]
    await session.execute(
        SET_CUSTOMERS,
        {
            "ids": [one.attempt.task_customer_id for one in stopped],
            "states": [place.state.value for place in places],
            "dues": [place.due_at for place in places],
        },
    )
    for tenant_id, task_id in {(one.attempt.tenant_id, one.attempt.task_id) for one in gated}:
        await tell_browsers(session, tenant_id, task_id)
    for task_id in {one.attempt.task_id for one in stopped}:
        await wake_leader(session, task_id)


async def settle(session: AsyncSession, attempt_id: UUID, node_id: UUID, decision: Decision, now: datetime) -> bool:
    """Write down why an attempt that a node has claimed is not dialled, before the gate is asked.

    Nothing happens, and ``False`` is returned, where the node does not have it any more.
    """
    held = (await lock_attempts(session, [attempt_id])).get(attempt_id)
    if held is None or held.node_id != node_id or held.state is not AttemptState.CLAIMED:
        return False
    await mark_gated(session, [Gated(held, decision)], now)
    return True


def _marks(gated: Sequence[Gated], now: datetime) -> dict[str, list[object]]:
    decisions = [one.decision for one in gated]
    states = [_AFTER[decision.verdict] for decision in decisions]
    return {
        "ids": [one.attempt.id for one in gated],
        "states": [state.value for state in states],
        "dialled": [now if state is AttemptState.DIALLING else None for state in states],
        "ended": [now if state is AttemptState.INTERRUPTED else None for state in states],
        "verdicts": [decision.verdict.value for decision in decisions],
        "rules": [decision.rule.value for decision in decisions],
        "untils": [decision.until for decision in decisions],
        "details": [json.dumps(dict(decision.detail)) for decision in decisions],
    }


def _whereabouts(decision: Decision, now: datetime) -> Whereabouts:
    if decision.verdict is Verdict.HOLD:
        again = OF_THE_MOMENT_AGAIN if decision.rule in OF_THE_MOMENT else UNKNOWN_AGAIN
        if decision.rule is GateRule.UNKNOWN_CONSENT:
            again = CONSENT_AGAIN
        return Whereabouts.waiting(decision.until or now + again)
    listed = decision.rule in LISTED
    return Whereabouts(CustomerState.DO_NOT_CALL if listed else CustomerState.DENIED)
