"""From dialling to ended: how a batch of attempts ended, and what that means for their customers and seats."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.tasks import TaskRow
from callwright.dialing.attempt import AttemptState, move
from callwright.dialing.outcome import EndedDialling, Whereabouts, customer_after
from callwright.tasks.dialling import lock_attempts
from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.redialling import redial_from_json
from callwright.tasks.reserving import free_seats
from callwright.tasks.schemas import AttemptOutcome, LockedAttempt
from callwright.tasks.sql import END, END_CUSTOMERS, OUTCOMES


async def end_attempts(session: AsyncSession, outcomes: Sequence[AttemptOutcome]) -> dict[UUID, LockedAttempt]:
    """Write down how attempts ended; return those of which that was not known before, as they stood.

    Attempts that are gone, as their task was deleted, are left out. Raises AttemptTransitionError for one that was
    never dialled.
    """
    locked = await lock_attempts(session, [outcome.attempt_id for outcome in outcomes])
    open_ones = {key: one for key, one in locked.items() if one.state is not AttemptState.ENDED}
    news = [outcome for outcome in outcomes if outcome.attempt_id in open_ones]
    if not news:
        return {}
    for outcome in news:
        _check(open_ones[outcome.attempt_id])
    await session.execute(END, _ends(news))
    await _move_customers(session, open_ones, news)
    await free_seats(session, open_ones)
    for tenant_id, task_id in {(one.tenant_id, one.task_id) for one in open_ones.values()}:
        await wake_leader(session, task_id)
        await tell_browsers(session, tenant_id, task_id)
    return open_ones


def _check(attempt: LockedAttempt) -> None:
    # Without a dialling there is nothing to end: interrupted before it, and its customer called again since.
    state = AttemptState.CLAIMED if attempt.dialled_at is None else attempt.state
    move(state, AttemptState.ENDED)


def _ends(outcomes: Sequence[AttemptOutcome]) -> dict[str, list[object]]:
    return {
        "ids": [outcome.attempt_id for outcome in outcomes],
        "ended": [outcome.ended_at for outcome in outcomes],
        "states": [outcome.phone_state for outcome in outcomes],
        "codes": [outcome.sip_code for outcome in outcomes],
        "reasons": [outcome.sip_reason for outcome in outcomes],
    }


async def _move_customers(
    session: AsyncSession, attempts: Mapping[UUID, LockedAttempt], outcomes: Sequence[AttemptOutcome]
) -> None:
    # One whom a dead node may have dialled was closed as called, and stays so whatever the late result says.
    moving = [one for one in outcomes if attempts[one.attempt_id].state is not AttemptState.INTERRUPTED]
    places = dict(zip([one.attempt_id for one in moving], await _places(session, attempts, moving), strict=True))
    moved = [places.get(one.attempt_id) for one in outcomes]
    await session.execute(
        END_CUSTOMERS,
        {
            "ids": [attempts[one.attempt_id].task_customer_id for one in outcomes],
            "states": [None if place is None else place.state.value for place in moved],
            "dues": [None if place is None else place.due_at for place in moved],
            "phone_states": [one.phone_state for one in outcomes],
            "grades": [one.grade for one in outcomes],
            "talk_ms": [one.talk_ms for one in outcomes],
            "dialled": [one.dialled_at for one in outcomes],
        },
    )


async def _places(
    session: AsyncSession, attempts: Mapping[UUID, LockedAttempt], outcomes: Sequence[AttemptOutcome]
) -> list[Whereabouts]:
    task_ids = {attempts[one.attempt_id].task_id for one in outcomes}
    rows = await session.execute(select(TaskRow.id, TaskRow.redial).where(TaskRow.id.in_(task_ids)))
    rules = {task_id: redial_from_json(kept) for task_id, kept in rows}
    counts = await _count_outcomes(session, [attempts[one.attempt_id].task_customer_id for one in outcomes])
    return [
        customer_after(
            EndedDialling(
                one.phone_state,
                one.ended_at,
                rang=one.rang,
                never_again=one.never_again,
                outcomes=counts[attempts[one.attempt_id].task_customer_id],
            ),
            rules[attempts[one.attempt_id].task_id],
        )
        for one in outcomes
    ]


async def _count_outcomes(session: AsyncSession, customers: Sequence[UUID]) -> Mapping[UUID, Mapping[str, int]]:
    counts: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    for customer, phone_state, count in await session.execute(OUTCOMES, {"customers": list(customers)}):
        counts[customer][phone_state] = count
    return counts
